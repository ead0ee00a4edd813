"""The whole stored document on a page of its own, with the quotes of an answer marked."""

from collections.abc import Sequence

from index.documents import Document, Span
from ui.addresses import web_address
from ui.drawing import Pen
from ui.passages import Mark, segments


def draw_document(pen: Pen, document: Document, marks: Sequence[Mark]) -> str:
    """The document as an HTML page; the quote cited by marker N carries the id `quote-N`."""
    prose = Span(document.body, len(document.text))
    return pen.draw(
        "document",
        document=document,
        url=web_address(document.url),
        header=document.text[: document.body].strip(),
        segments=segments(document.text, prose, marks),
        quotes=sorted({mark.marker for mark in marks if mark.marker}),
    )
