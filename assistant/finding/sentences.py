"""A sentence of a candidate chunk, which may become evidence."""

from dataclasses import dataclass

from index.document import Document, Span
from index.text.structure import asks, is_label


def is_asking(text: str, speaker: str) -> bool:
    """Whether a sentence asks, or is said by somebody who is there to ask, rather than answers."""
    return "?" in text or asks(speaker)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a candidate chunk; `previous` is the one before it, itself where it is the first.

    `similarity` is its cosine with the question, `chunk_score` its chunk's score.
    """

    document: Document
    span: Span
    previous: Span
    similarity: float
    chunk_score: float

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)

    @property
    def speaker(self) -> str:
        """The label of whoever says it, in a transcript; else empty."""
        return self.document.speaker_of(self.span.start)

    @property
    def is_label(self) -> bool:
        """Whether it is nothing but the label that opens a speaker's turn."""
        return is_label(self.text, self.speaker)

    @property
    def asks(self) -> bool:
        return is_asking(self.text, self.speaker)
