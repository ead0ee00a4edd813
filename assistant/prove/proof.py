"""What a sentence rests on, and what is thought of it: proved, not proved by what it cites, or not to be shown."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Evidence
from index.document import Document, Span
from index.language.terms import terms
from index.store.blocks import place_of
from index.text.structure import speaker_name


class Reason(StrEnum):
    """Why a sentence is not proved; each has a phrase `dropped_<reason>`."""

    NO_CITATION = "no_citation"
    QUOTATION = "quotation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    LITERAL = "literal"
    ORDER = "order"
    NEGATION = "negation"
    CONTRADICTED = "contradicted"
    NOT_SAID = "not_said"
    LEANING = "leaning"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What judging led to. `detail` is the words, number or name that the evidence lacks.

    A sentence that `is_left_out` invents or contradicts; another with a reason is shown, marked as unproved.
    """

    reason: Reason | None = None
    detail: str = ""
    is_left_out: bool = False

    @property
    def is_proved(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence without its markers, the numbers of the evidence that it cited, and the verdict on it."""

    text: str
    cited: tuple[int, ...]
    verdict: Verdict


Similarity = Callable[[str, str], float]
"""Cosine of two texts, which may be of different languages, -1 to 1."""

# How much text in front of a quote may name what the quote speaks of ("Nació en 1867").
_CONTEXT_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote, its language and its document's date.

    What stands over it (`heading`: title, headings, column names, lead-in, speaker) proves as the quote does; the
    `context` before it may name things, and prove nothing else.
    """

    quote: str
    language: str
    date: datetime.date | None = None
    heading: str = ""
    context: str = ""

    @property
    def whole(self) -> str:
        """All that proves numbers and dates."""
        return f"{self.heading}\n{self.quote}"


def is_foreign(proofs: Sequence[Proof], language: str) -> bool:
    """Whether a proof is in another language than `language`: it says all in other words and another order."""
    return any(proof.language != language for proof in proofs)


def known_stems(proofs: Sequence[Proof], language: str) -> set[str]:
    """The stems, in `language`, of what stands in the quotes, over them or before them."""
    return {stem for proof in proofs for stem in terms(f"{proof.context}\n{proof.whole}", language)}


def proof_of(evidence: Evidence) -> Proof:
    """The proof that a piece of evidence gives. A file's time is no date to reckon from."""
    document, span = evidence.document, evidence.span
    before = Span(max(document.body, span.start - _CONTEXT_CHARACTERS), span.start).of(document.text)
    heading = "\n".join(filter(None, _over(document, span.start)))
    return Proof(evidence.quote, document.language, document.published, heading, before)


def _over(document: Document, offset: int) -> list[str]:
    """The title, and what the block at `offset` stands under."""
    place = place_of(document.blocks, offset)
    over = [document.title, speaker_name(document.speaker_of(offset))]
    if place is None:
        return over
    block = document.blocks[place]
    lead = "" if block.lead is None else block.lead.of(document.text)
    return [*over, *block.headings, *block.columns, lead]
