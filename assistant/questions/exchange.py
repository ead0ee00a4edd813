"""What a follow-up question may lean on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that stands alone, the text of its answer, and the ids of the documents that the answer cites."""

    question: str
    answer: str = ""
    documents: tuple[str, ...] = ()
