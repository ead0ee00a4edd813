"""What a follow-up question may lean on."""

from dataclasses import dataclass

from index.document import Span


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A quote of an answer before: the number it had there, where it stands, and if they are known its words, and those
    of them that answer.
    """

    marker: int
    document: str
    span: Span
    words: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that stands alone, the text of its answer, and the ids of the documents that the answer cites.

    `citations` are the quotes themselves, where they are known; so is whether it was told as `sure`.
    """

    question: str
    answer: str = ""
    documents: tuple[str, ...] = ()
    citations: tuple[CitedSpan, ...] = ()
    sure: bool | None = None
