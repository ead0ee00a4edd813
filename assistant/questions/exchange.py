"""What a follow-up question may lean on."""

from dataclasses import dataclass

from index.document import Span


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A quote of an answer before: the number it had there, and where it stands."""

    marker: int
    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that stands alone, the text of its answer, and the ids of the documents that the answer cites.

    `citations` are the quotes themselves, where they are known.
    """

    question: str
    answer: str = ""
    documents: tuple[str, ...] = ()
    citations: tuple[CitedSpan, ...] = ()
