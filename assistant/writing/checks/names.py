"""Names of a sentence that stand nowhere in its evidence."""

import re
from calendar import day_name, month_name
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.extraction.names import find_names
from assistant.writing.checks.proof import Proof, Similarity
from index.document import Span
from index.terms import fold, stem, words

_CAPITALISED = re.compile(r"(?:[^\W\d_a-z]\.\s?)+|[^\W\d_][\w’'-]*")
# English writes these with a capital; they are dates, not names.
_CALENDAR = frozenset(fold(name) for name in (*month_name, *day_name) if name)
_ALIASES = (
    (re.compile(r"\bEE\.?\s?UU\.?|\bEUA\b"), "Estados Unidos"),
    (re.compile(r"\bU\.\s?S\.(?:\s?A\.)?|\bUSA?\b"), "United States"),
)
_DEMONYM = re.compile(r"(?:an|ian|ean|ese|ish)s?$")
_OPENING = re.compile(r"(?:^|[.!?…:]\s+|[\"“«¿¡—(\n-]\s*)$")
# What follows a verb, and not a name, that begins a sentence: "Demandan que", "Exigen a los".
_COMPLEMENT = re.compile(
    r"\s+(?:que|el|la|los|las|un|una|al?|con|en|por|para|sus?|the|an?|that|to|in|of|for)\b"
)
# Endings of words that are no names, for the first word of a sentence; the second kind needs a complement.
_COMMON = {
    "es": re.compile(
        r"(?:ó|ron|ban|ían|rán|ndo|mente|[ai]d[oa]s?|ci[oó]n(?:es)?|dad(?:es)?|mientos?"
        r"|^(?:Dijo|Dice|Hizo|Exige|Pide|Señala|Afirma|Anuncia|Informa|Sostiene|Advierte))$"
    ),
    "en": re.compile(r"(?:ed|ing|ly|tions?|ments?|it(?:y|ies))$"),
}
_OFTEN_COMMON = {"es": re.compile(r"(?:[aeo]s|[aei]r|[ae]n|[aeáé])$"), "en": re.compile(r"s$")}
_SAME_ROOT = 5
_COGNATE = 0.75
# One letter more or less in ten; "Fernando" and "Fernanda" differ by more.
_LONG, _SLIP = 8, 0.92
# Cosine by multilingual-e5-small of a name and its translation: .91 and more for 13 of 15 pairs read, and at
# most .90 for 18 pairs of different names of one kind.
_TRANSLATION = 0.91


@dataclass(frozen=True, slots=True)
class _Known:
    """The folded words of the proofs and the initials of their names; the same of other languages' proofs."""

    words: frozenset[str]
    initials: frozenset[str]
    foreign_words: frozenset[str]
    foreign_names: tuple[str, ...]


def missing_name(
    claim: str, language: str, proofs: Sequence[Proof], similarity: Similarity | None = None
) -> str | None:
    """The first name of `claim` with a word that stands in no proof, nor in its context.

    A name may be translated where the proof is in another language: `similarity` tells.
    """
    known = _known(language, proofs)
    text = _spelled_out(claim)
    for span in find_names(text):
        name = _without_opening(text, span, language, known)
        if name and not (_stands(name, known) or _is_translated(name, known, similarity)):
            return name
    return None


def _known(language: str, proofs: Sequence[Proof]) -> _Known:
    texts = [(proof, _spelled_out(f"{proof.quote}\n{proof.context}")) for proof in proofs]
    names = [(proof, span.of(text)) for proof, text in texts for span in find_names(text)]
    return _Known(
        frozenset(word for _, text in texts for word in words(text)),
        frozenset(_initials(name) for _, name in names if len(_capitalised(name)) > 1),
        frozenset(word for proof, text in texts if proof.language != language for word in words(text)),
        tuple(dict.fromkeys(name for proof, name in names if proof.language != language)),
    )


def _without_opening(text: str, span: Span, language: str, known: _Known) -> str:
    """The name at `span` without a first word that has its capital only from beginning the sentence."""
    name = span.of(text)
    if _OPENING.search(text, 0, span.start) is None:
        return name
    first, _, rest = name.partition(" ")
    return rest if _may_be_common(text, Span(span.start, span.start + len(first)), language, known) else name


def _may_be_common(text: str, span: Span, language: str, known: _Known) -> bool:
    """Whether the word that begins a sentence looks like one that is no name."""
    word = span.of(text)
    if language not in _COMMON or _COMMON[language].search(word):
        return True
    if stem(fold(word), language) in {stem(other, language) for other in known.words}:
        return True
    governs = _COMPLEMENT.match(text, span.end) is not None
    return governs and _OFTEN_COMMON[language].search(word) is not None


def _stands(name: str, known: _Known) -> bool:
    """Whether a name, its initials, or each of its words is known."""
    initials = _initials(name)
    if fold(name) in known.initials or (len(initials) > 1 and initials in known.words):
        return True
    return all(_is_known(word, known) for word in _capitalised(name))


def _is_translated(name: str, known: _Known, similarity: Similarity | None) -> bool:
    if similarity is None:
        return False
    return any(similarity(name, other) >= _TRANSLATION for other in known.foreign_names)


def _capitalised(name: str) -> list[str]:
    """The words of a name that tell: without particles, and without the calendar's."""
    found = (re.sub(r"['’]s?$", "", word) for word in _CAPITALISED.findall(name))
    return [word for word in found if word and word[0].isupper() and fold(word) not in _CALENDAR]


def _is_known(word: str, known: _Known) -> bool:
    if all(part in known.words for part in words(word)):
        return True
    word = fold(word)
    candidates = known.words if _DEMONYM.search(word) else known.foreign_words
    return any(_are_cognate(word, other) for other in candidates) or any(
        _is_slip(word, other) for other in known.words
    )


def _are_cognate(word: str, other: str) -> bool:
    """Whether two words look like one name: Mexican and México."""
    if word[:_SAME_ROOT] == other[:_SAME_ROOT] and len(word) >= _SAME_ROOT:
        return True
    return word[:1] == other[:1] and SequenceMatcher(None, word, other).ratio() >= _COGNATE


def _is_slip(word: str, other: str) -> bool:
    """Whether a long word is another but for a letter: news has misprints, and models mend them."""
    if min(len(word), len(other)) < _LONG or word[0] != other[0]:
        return False
    return SequenceMatcher(None, word, other).ratio() >= _SLIP


def _initials(name: str) -> str:
    return "".join(word[0] for word in _capitalised(name)).casefold()


def _spelled_out(text: str) -> str:
    for pattern, name in _ALIASES:
        text = pattern.sub(name, text)
    return text
