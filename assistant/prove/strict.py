"""What only a small local model is held to: the words of its evidence, in their form and order.

A model of half a billion parameters that says something in its own words too often says something else: it joins what
it was asked to whatever it was shown, lets the nearest noun do what another did, and puts “because” before any fact.
Nothing of this is asked of a large model, whose paraphrases it would stop.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.prove.proof import Proof, Reason, Verdict, is_foreign, known_stems
from assistant.questions.question_parts import is_verb, spoken_words
from index.language.lists import listed_words, role_of
from index.language.mentions import find_names
from index.language.terms import fold, negations, stem, stop_words, terms, words, words_apart

# Words that begin alike are taken for one if little is left of the shorter: “Uruguay” and “uruguayo” are,
# “construcción” and “constitución” are not.
_ROOT = 5
_ENDING = 2
_SHORTEST_VERB = 5
_MANY_DID = re.compile(r"(?:a|ie|e)ron$")
# Content words of a quote that a sentence may leave out at a place, and that may part a name from an office.
_MOST_SKIPPED = 2
# Of a sentence's content words, those that the quote whose order it is held to must say itself.
_FEWEST_SAID = 0.5
_COPULA = re.compile(rf"\b(?:{'|'.join(sorted(listed_words('literal', 'copulas')))})\b", re.IGNORECASE)
_NEAR_LINK = 3  # words between a link and what it links: “debido a la sequía”
_REACH = 2  # content words that a negation reaches: “no se ha podido confirmar”


def judge_strictly(sentence: str, language: str, proofs: Sequence[Proof]) -> Verdict:
    """Whether `sentence`, whose facts were judged already, keeps to the words of `proofs`."""
    checks: tuple[tuple[Reason, Callable[[], str | None]], ...] = (
        (Reason.LITERAL, lambda: word_of_its_own(sentence, language, proofs)),
        (Reason.LITERAL, lambda: reason_of_its_own(sentence, proofs)),
        (Reason.NEGATION, lambda: "" if contradicts(sentence, language, proofs) else None),
        (Reason.ORDER, lambda: None if is_in_order(sentence, language, proofs) else ""),
    )
    failures = (
        Verdict(reason, lacks, is_left_out=True) for reason, check in checks if (lacks := check()) is not None
    )
    return next(failures, Verdict())


def word_of_its_own(claim: str, language: str, proofs: Sequence[Proof]) -> str | None:
    """The first word of `claim` that is not the evidence's; numbers aside, and words that say nothing.

    A content word must stand in a quote or its context in some form, a finite verb in the very form. Of evidence
    in another language only names and figures pass: no form or order of words is left to tell.
    """
    known = known_stems(proofs, language)
    quoted = {fold(word) for proof in proofs for word in spoken_words(proof.quote)}
    for word in spoken_words(claim):
        for root in terms(word, language):
            is_said = root.isdecimal() or _is_light(root, language) or _holds(known, root)
            if not is_said or _is_verb_in_another_form(word, quoted):
                return word
    return None


def reason_of_its_own(claim: str, proofs: Sequence[Proof]) -> str | None:
    """The first word that makes a cause or an aim of what follows, if no quote has one of its kind before the same."""
    said = words(claim)
    quotes = [words(proof.quote) for proof in proofs]
    for place, word in enumerate(said):
        kind = next((kind for kind in _linking_kinds() if word in kind), None)
        linked = next(
            (other for other in said[place + 1 :] if other not in listed_words("literal", "articles")), None
        )
        if kind and linked and not any(_links(kind, linked, quote) for quote in quotes):
            return word
    return None


def contradicts(claim: str, language: str, proofs: Sequence[Proof]) -> bool:
    """Whether a content word is denied on one side and stated on the other.

    Across languages only the presence of negations can be compared: a denial needs one in its evidence.
    """
    claimed = _polarity(claim, language)
    quoted = [_polarity(proof.quote, proof.language) for proof in proofs]
    if claimed.negations and not any(polarity.negations for polarity in quoted):
        return True
    comparable = [
        polarity for polarity, proof in zip(quoted, proofs, strict=True) if proof.language == language
    ]
    denied = frozenset[str]().union(*(polarity.denied for polarity in comparable))
    stated = frozenset[str]().union(*(polarity.stated for polarity in comparable))
    return bool(claimed.denied & (stated - denied) or (claimed.stated - claimed.denied) & (denied - stated))


def is_in_order(claim: str, language: str, proofs: Sequence[Proof]) -> bool:
    """Whether one quote says most of what `claim` says, in the same order, with little left out.

    What only the context of a quote names may come first, as that of which the quote speaks, and its other words
    anywhere but at the end: what is said last is what is told of the rest. Evidence in another language has
    another order.
    """
    if is_foreign(proofs, language):
        return True
    return any(_follows(claim, language, terms(proof.quote, language)) for proof in proofs)


def _holds(stems: Collection[str], root: str) -> bool:
    """Whether `stems` hold `root` or one like it."""
    return root in stems or any(_are_alike(root, other) for other in stems)


def _are_alike(root: str, other: str) -> bool:
    """Whether two stems are of one word, by how they begin or but for a plural that the stemmer leaves."""
    short, long = sorted((root, other), key=len)
    if long in (f"{short}s", f"{short}es"):
        return True
    return len(short) >= _ROOT and long.startswith(short[: max(_ROOT, len(short) - _ENDING)])


def _is_light(root: str, language: str) -> bool:
    """Whether a stem says nothing by itself: a meeting may take place, be held or be found somewhere."""
    return root in _light(language)


@cache
def _light(language: str) -> frozenset[str]:
    return frozenset(terms(" ".join(role_of("literal", "light").values()), language))


def _is_verb_in_another_form(word: str, quoted: set[str]) -> bool:
    folded = fold(word)
    if len(folded) < _SHORTEST_VERB or folded in quoted:
        return False
    return is_verb(word) or not quoted.isdisjoint(_in_other_number(folded))


def _in_other_number(word: str) -> Iterator[str]:
    """What a folded word is in the singular if it is a verb in the plural, and the other way round, in Spanish."""
    if word.endswith("n"):
        yield word[:-1]
        yield _MANY_DID.sub("o", word)
    elif word.endswith("o"):
        yield from (f"{word[:-1]}{ending}" for ending in ("aron", "ieron", "eron"))
    elif not word.endswith("s"):
        yield f"{word}n"


def _linking_kinds() -> tuple[frozenset[str], ...]:
    """The words that make a cause, and those that make an aim, of what follows."""
    return listed_words("literal", "causes"), listed_words("literal", "aims")


def _links(kind: frozenset[str], linked: str, quoted: Sequence[str]) -> bool:
    """Whether a quote says the word right behind one that makes a cause or an aim of it."""
    places = (place for place, word in enumerate(quoted) if word == linked)
    return any(kind & set(quoted[max(0, place - _NEAR_LINK) : place]) for place in places)


@dataclass(frozen=True, slots=True)
class _Polarity:
    """Stems that a text denies, stems that it states, and how often it denies."""

    denied: frozenset[str]
    stated: frozenset[str]
    negations: int


def _polarity(text: str, language: str) -> _Polarity:
    denying = negations(language)
    denied: set[str] = set()
    stated: set[str] = set()
    reach = count = 0
    for word in words_apart(text):
        if word in denying:
            count, reach = count + 1, _REACH
        elif word not in stop_words(language):
            (denied if reach else stated).add(stem(word, language))
            reach = max(0, reach - 1)
    return _Polarity(frozenset(denied), frozenset(stated), count)


@dataclass(frozen=True, slots=True)
class _Run:
    """Content words of a quote, from one to another, both included, that are said in a row."""

    first: int
    last: int

    def is_beside(self, other: "_Run") -> bool:
        return 0 < max(self.first, other.first) - min(self.last, other.last) <= _MOST_SKIPPED + 1


def _follows(claim: str, language: str, quoted: Sequence[str]) -> bool:
    """Whether a claim goes through a quote; “X is Y” may turn round what the quote has side by side."""
    if not _is_mostly_said(claim, language, quoted):
        return False
    if next(_runs(claim, language, quoted), None) is not None:
        return True
    return any(
        one.is_beside(other)
        for copula in _COPULA.finditer(claim)
        for one in _runs(claim[: copula.start()], language, quoted)
        for other in _runs(claim[copula.end() :], language, quoted)
    )


def _is_mostly_said(claim: str, language: str, quoted: Sequence[str]) -> bool:
    """Whether a quote says enough of a claim, its end, and all names but what comes before anything it says.

    Of “X is Y” it must say something of both.
    """
    stems = _telling_stems(claim, language)
    said = _said(stems, quoted)
    if not said or len(said) < _FEWEST_SAID * len(stems) or said[-1] != stems[-1]:
        return False
    parts = (_telling_stems(part, language) for part in _COPULA.split(claim, maxsplit=1))
    if any(part and not _said(part, quoted) for part in parts):
        return False
    beside = set(stems[stems.index(said[0]) :]) - set(said)
    named = {root for name in find_names(claim) for root in terms(name.of(claim), language)}
    return beside.isdisjoint(named)


def _runs(text: str, language: str, quoted: Sequence[str]) -> Iterator[_Run]:
    """Where a quote, given by its stems, says the content words of `text` in order."""
    said = _said(_telling_stems(text, language), quoted)
    starts = [place for place, other in enumerate(quoted) if said and _holds([other], said[0])]
    for start in starts:
        ends = {start}
        for root in said[1:]:
            ends = {
                place
                for end in ends
                for place in range(end + 1, min(len(quoted), end + 2 + _MOST_SKIPPED))
                if _holds([quoted[place]], root)
            }
        yield from (_Run(start, end) for end in ends)


def _telling_stems(text: str, language: str) -> list[str]:
    return [root for root in terms(text, language) if not _is_light(root, language)]


def _said(stems: Sequence[str], quoted: Sequence[str]) -> list[str]:
    return [root for root in stems if _holds(quoted, root)]
