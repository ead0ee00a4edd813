"""Evidence for a question that one sentence cannot answer: spread over the documents that speak of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Evidence
from assistant.finding.passages import is_asking
from index.language.mentions import find_names
from index.language.terms import stop_words, words

_MOST = 6
_MOST_OF_ONE_DOCUMENT = 3
# How far, in cosine, a sentence may fall behind the nearest one and still be on the subject.
_NEAR = 0.05
# The same for one that says the subject's name.
_NAMED = 0.1
# Characters before a quote that may name what it speaks of.
_LEAD_IN = 300
# Words of so few letters are mostly particles.
_SHORT = 3


def spread(evidence: Sequence[Evidence], subject: str, language: str) -> tuple[Evidence, ...]:
    """The best sentences, few of each document where several speak of the subject; numbered anew from 1."""
    about = rather_told([item for item in evidence if speaks_of(item, subject, language)])
    best = max((item.similarity for item in about), default=0.0)
    near = [item for item in about if item.similarity >= best - (_NAMED if says(item, subject) else _NEAR)]
    several = len({item.document.id for item in near}) > 1
    taken: Counter[str] = Counter()
    chosen: list[Evidence] = []
    for item in near:
        if len(chosen) == _MOST or (several and taken[item.document.id] == _MOST_OF_ONE_DOCUMENT):
            continue
        taken[item.document.id] += 1
        chosen.append(replace(item, number=len(chosen) + 1))
    return tuple(chosen)


def rather_told(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The quotes that tell something rather than ask for it; all of them if each one asks."""
    told = [i for i in evidence if not is_asking(i.quote, i.document.speaker_of(i.span.start))]
    return told or evidence


def speaks_of(item: Evidence, subject: str, language: str) -> bool:
    """Whether a quote, what leads up to it or its title says the subject's name.

    In another language that is not looked for: the name may be written otherwise.
    """
    document = item.document
    lead_in = document.text[max(0, item.span.start - _LEAD_IN) : item.span.start]
    around = f"{document.title} {lead_in} {item.quote}"
    return document.language != language or _is_in(subject, around, document.language)


def says(item: Evidence, subject: str) -> bool:
    """Whether a quote itself says the subject's name."""
    return _is_in(subject, item.quote, item.document.language)


def _is_in(subject: str, text: str, language: str) -> bool:
    """Whether a word of the subject's names, or of all of it if it has none, stands in a text.

    A name of short words alone (“el PRI”) is looked for by those, and so is “el gas”.
    """
    telling = telling_words(words_of_names(subject) or words(subject), language)
    return not telling or not telling.isdisjoint(form for word in words(text) for form in _forms(word))


def words_of_names(subject: str) -> list[str]:
    """The words of the names that a subject has."""
    return words(" ".join(name.of(subject) for name in find_names(subject)))


def telling_words(known: Sequence[str], language: str) -> set[str]:
    """The longer of some words; of short ones alone (“T-MEC”) those that are no stop words."""
    return {word for word in known if len(word) > _SHORT} or set(known) - stop_words(language)


def _forms(word: str) -> tuple[str, ...]:
    """A word and what may be its singular and plural; stems would take a greeting (“saludo”) for health (“salud”)."""
    return word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es")
