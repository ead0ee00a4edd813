"""The whole stored document on a page of its own, with the quotes of an answer marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.document import Document, Span
from ui.addresses import page_address, reader_address, web_address
from ui.drawing import Pen
from ui.page_pictures import has_pictures, quotes_on
from ui.passages import Mark, segments


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a document as it is shown beside the text, and the ways to the pages next to it.

    `quote_at` is about how far down the page the first quote on it stands, 0 to 1.
    """

    number: int
    last: int
    picture: str
    before: str | None
    after: str | None
    quote_at: float = 0.0


@dataclass(frozen=True, slots=True)
class QuoteLink:
    """A quote to go to: its marker, its place on this page of the reader, and the page it stands on."""

    marker: int
    address: str
    page: int | None


def draw_document(pen: Pen, document: Document, marks: Sequence[Mark], page: int = 0) -> str:
    """The document as an HTML page; the quote cited by marker N carries the id `quote-N`.

    `page` is the page of a PDF to show as a picture; 0 shows that of the first quote.
    """
    prose = Span(document.body, len(document.text))
    language = pen.texts.language
    return pen.draw(
        "document",
        document=document,
        url=web_address(document.url),
        header=document.text[: document.body].strip(),
        segments=segments(document.text, prose, marks),
        quotes=quote_links(document, marks, language),
        view=page_view(document, marks, page, language) if has_pictures(document) else None,
    )


def quote_links(document: Document, marks: Sequence[Mark], language: str) -> tuple[QuoteLink, ...]:
    """A link for each marker, in their order."""
    first = {mark.marker: mark for mark in sorted(marks, key=lambda mark: -mark.span.start) if mark.marker}
    return tuple(
        QuoteLink(
            marker,
            f"{reader_address(document.id, language, marks).removeprefix('../')}#quote-{marker}",
            document.page_of(first[marker].span.start),
        )
        for marker in sorted(first)
    )


def page_view(document: Document, marks: Sequence[Mark], number: int, language: str) -> PageView:
    """The page of that number, or where there is none the one of the first quote, or the first."""
    numbers = sorted({page.number for page in document.pages})
    if number not in numbers:
        quoted = (document.page_of(mark.span.start) for mark in marks)
        number = next((page for page in quoted if page is not None), numbers[0])
    place = numbers.index(number)

    def turned(to: int) -> str | None:
        if not 0 <= to < len(numbers):
            return None
        return f"{reader_address(document.id, language, marks).removeprefix('../')}&page={numbers[to]}"

    picture = page_address(document.id, number, marks)
    at = next((quote.place for quote in quotes_on(document, number, marks)), 0.0)
    return PageView(number, numbers[-1], picture, turned(place - 1), turned(place + 1), round(at, 3))
