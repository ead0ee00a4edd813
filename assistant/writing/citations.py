"""Markers in written sentences, and whether a sentence is supported by what it cites. Pure functions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.writing.checks.bare import unproved_answer
from assistant.writing.checks.bounds import unbounded_number
from assistant.writing.checks.dates import missing_date, without_dates
from assistant.writing.checks.echo import echoed_word
from assistant.writing.checks.literal import word_of_its_own
from assistant.writing.checks.names import missing_name
from assistant.writing.checks.negation import contradicts
from assistant.writing.checks.numbers import missing_number
from assistant.writing.checks.order import is_in_order
from assistant.writing.checks.overlap import adds_unsaid, overlap
from assistant.writing.checks.proof import Proof, Similarity
from assistant.writing.checks.quotations import missing_quotation
from assistant.writing.checks.reason import reason_of_its_own

_MARKER = re.compile(r"(?<!\s)\s*+[\[【]\s*+\^?\d[\d\s,;^–-]*+[\]】]")
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
    BOUND = "bound"
    DATE = "date"
    NAME = "name"
    ECHO = "echo"
    BARE = "bare"
    LITERAL = "literal"
    ORDER = "order"
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


def split_markers(sentence: str) -> Marked:
    """The words of a sentence and the numbers of its markers: [1], [1, 2], [1][3], [1-3]; each once."""
    numbers = [number for marker in _MARKER.findall(sentence) for number in _numbers_of(marker)]
    return Marked(_MARKER.sub("", sentence).strip(), tuple(dict.fromkeys(numbers)))


def _numbers_of(marker: str) -> list[int]:
    numbers: list[int] = []
    for first, last in re.findall(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?", marker):
        numbers += range(int(first), min(int(last or first), int(first) + 20) + 1)
    return numbers


def judge(
    sentence: str,
    language: str,
    proofs: Sequence[Proof],
    *,
    question: str = "",
    similarity: Similarity | None = None,
    literal: bool = False,
) -> Verdict:
    """Whether `sentence`, in `language` and without markers, is supported by `proofs` together.

    Its quotations, dates, numbers and names must stand in the quotes, nothing may be denied that they say or
    said that they deny, and half of its words must be theirs or, across languages, near them by `similarity`.
    A name, and a word that the sentence repeats from `question`, may also stand just before the quote or in
    the title. A bare answer must be what a quote plainly answers `question` with. If `literal`, every word
    that says something must be the evidence's, verbs in their very form, all in the order of a quote.
    """
    if not proofs:
        return Verdict(Reason.NO_CITATION)
    checks = _checks(sentence, language, proofs, question, similarity, literal)
    return next((Verdict(reason, lacks) for reason, lacks in checks if lacks is not None), Verdict())


def _checks(
    sentence: str,
    language: str,
    proofs: Sequence[Proof],
    question: str,
    similarity: Similarity | None,
    literal: bool,
) -> Iterator[tuple[Reason, str | None]]:
    """Each check as it is made: its reason, and what the evidence lacks; None if the sentence passes."""
    attribution, claim = _attribution_and_claim(sentence)
    yield Reason.QUOTATION, missing_quotation(sentence, proofs)
    yield Reason.DATE, missing_date(attribution, language, proofs, published=True)
    yield Reason.DATE, missing_date(claim, language, proofs)
    undated = without_dates(claim, language)
    yield Reason.NUMBER, missing_number(undated, language, proofs)
    yield Reason.BOUND, unbounded_number(undated, language, proofs)
    yield Reason.NAME, missing_name(sentence, language, proofs, similarity)
    yield Reason.ECHO, echoed_word(claim, language, question, proofs)
    yield Reason.BARE, unproved_answer(claim, language, question, proofs)
    if literal:
        yield Reason.LITERAL, word_of_its_own(claim, language, proofs)
        yield Reason.LITERAL, reason_of_its_own(claim, proofs)
    yield Reason.NEGATION, "" if contradicts(claim, language, proofs) else None
    if literal:
        yield Reason.ORDER, None if is_in_order(claim, language, proofs) else ""
    yield Reason.MEANING, "" if adds_unsaid(claim, language, question, proofs) else None
    yield Reason.MEANING, None if _is_near(claim, language, proofs, similarity) else ""


def _attribution_and_claim(sentence: str) -> tuple[str, str]:
    """ "Según la nota del 3 de mayo," and the rest: only the former may date the document."""
    match = _ATTRIBUTION.match(sentence)
    end = match.end() if match else 0
    return sentence[:end], sentence[end:]


def _is_near(claim: str, language: str, proofs: Sequence[Proof], similarity: Similarity | None) -> bool:
    shared = overlap(claim, language, proofs)
    translated = all(proof.language != language for proof in proofs)
    if shared >= _ENOUGH_SHARED or not translated:
        return shared >= _ENOUGH_SHARED
    if similarity is None:
        return shared >= _SOME_SHARED
    return similarity(claim, " ".join(proof.quote for proof in proofs)) >= _NEAR
