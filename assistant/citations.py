"""Markers in written sentences, and whether a sentence is supported by what it cites. Pure functions."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Evidence
from assistant.checks.names import missing_name
from assistant.checks.negation import contradicts
from assistant.checks.numbers import missing_number
from assistant.checks.overlap import overlap
from assistant.checks.quotations import missing_quotation
from index.documents import Span

Similarity = Callable[[str, str], float]
"""Cosine of two texts, -1 to 1."""

# How much text in front of a quote may name what the quote speaks of ("Nació en 1867").
_CONTEXT_CHARACTERS = 300
_MARKER = re.compile(r"\s*[\[【]\s*\^?\d[\d\s,;^–-]*[\]】]")
_ATTRIBUTION = re.compile(
    r"^\W*(?:según|de acuerdo con|conforme a|according to|segundo|selon)\b[^,:]{0,120}[,:]",
    re.IGNORECASE,
)
_ENOUGH_SHARED = 0.5
_SOME_SHARED = 0.25
_NEAR = 0.86


class Reason(StrEnum):
    """Why a sentence is not supported; each has a phrase `dropped_<reason>`."""

    NO_CITATION = "no_citation"
    QUOTATION = "quotation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    MEANING = "meaning"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What judging found. `detail` is the word, number or name that the evidence lacks."""

    reason: Reason | None = None
    detail: str = ""

    @property
    def supported(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as written, apart from its markers."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a sentence rests on: exact words, and the surroundings that may only name things."""

    quote: str
    language: str
    date: datetime.date | None = None
    context: str = ""


def split_markers(sentence: str) -> Marked:
    """The words of a sentence and the numbers of its markers: [1], [1, 2], [1][3], [1-3]; each once."""
    numbers = [number for marker in _MARKER.findall(sentence) for number in _numbers_of(marker)]
    return Marked(_MARKER.sub("", sentence).strip(), tuple(dict.fromkeys(numbers)))


def _numbers_of(marker: str) -> list[int]:
    numbers: list[int] = []
    for first, last in re.findall(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?", marker):
        numbers += range(int(first), min(int(last or first), int(first) + 20) + 1)
    return numbers


def proof_of(evidence: Evidence) -> Proof:
    """The proof that an evidence sentence gives, in its surroundings."""
    document, span = evidence.document, evidence.span
    before = Span(max(document.body, span.start - _CONTEXT_CHARACTERS), span.start).of(document.text)
    return Proof(evidence.quote, document.language, document.date, f"{document.title}\n{before}")


def judge(
    sentence: str, proofs: Sequence[Proof], language: str, *, similarity: Similarity | None = None
) -> Verdict:
    """Whether `sentence`, in `language` and without markers, is supported by `proofs` together.

    Its quotations, numbers, dates and names must stand in the quotes, nothing may be denied that they say or
    said that they deny, and its words must be theirs or, by `similarity`, near them. A name may also stand
    just before the quote or in the title.
    """
    if not proofs:
        return Verdict(Reason.NO_CITATION)
    quotes = [proof.quote for proof in proofs]
    told = proofs[0].language
    if quotation := missing_quotation(sentence, [*quotes, *(proof.context for proof in proofs)]):
        return Verdict(Reason.QUOTATION, quotation)
    if number := missing_number(_ATTRIBUTION.sub("", sentence), [*quotes, *_years(proofs)], language, told):
        return Verdict(Reason.NUMBER, number)
    if name := missing_name(sentence, [*quotes, *(proof.context for proof in proofs)], language, told):
        return Verdict(Reason.NAME, name)
    if contradicts(sentence, " ".join(quotes), language, told):
        return Verdict(Reason.NEGATION)
    return Verdict() if _is_near(sentence, quotes, language, told, similarity) else Verdict(Reason.MEANING)


def _years(proofs: Sequence[Proof]) -> list[str]:
    return [str(proof.date.year) for proof in proofs if proof.date is not None]


def _is_near(
    sentence: str, quotes: Sequence[str], language: str, told: str, similarity: Similarity | None
) -> bool:
    claim = _ATTRIBUTION.sub("", sentence)
    shared = overlap(claim, quotes, language, told)
    if language == told and shared >= _ENOUGH_SHARED:
        return True
    if similarity is None:
        return language != told and shared >= _SOME_SHARED
    return shared >= _SOME_SHARED / 2 and similarity(claim, " ".join(quotes)) >= _NEAR
