"""The whole stored document on a page of its own, with the quotes of an answer marked and what it says as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.errors import UnknownDocument
from assistant.portrait import DocumentPortrait
from index.dates import format_date
from index.document import Document, Span
from index.errors import UnreadableDocument
from index.text.structure import speaker_name
from ui.addresses import page_address, parse_quotes, reader_address, web_address
from ui.desk import Desk
from ui.drawing import Pen
from ui.page_pictures import PagePictures, has_pictures, quotes_on
from ui.passages import Mark, segments
from ui.texts import preferred_language

if TYPE_CHECKING:
    from assistant import Assistant

Quotes = Annotated[list[str] | None, Query()]
_KEPT = "private, max-age=600"  # a picture's address names its quotes, but not the file's version
_PORTRAITS_AT_ONCE = 2
_LONGEST_LINE = 80  # characters of a turn's beginning


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that is told as `told`: its words, and how often the same words stand before them."""

    told: str
    words: str
    nth: int


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


def draw_portrait(pen: Pen, portrait: DocumentPortrait) -> str:
    """What a document says as a whole, each sentence, day and speaker with its place in the text."""
    text, language = portrait.document.text, pen.texts.language
    return pen.draw(
        "portrait",
        language=portrait.document.language,
        gist=[_place(text, span) for span in portrait.gist],
        dates=[
            _place(text, day.span, format_date(day.interval, day.grain, language)) for day in portrait.dates
        ],
        speakers=[
            _place(text, _beginning(text, turn), speaker_name(name)) for name, turn in portrait.speakers
        ],
        questions=portrait.questions,
    )


def _place(text: str, span: Span, told: str = "") -> Place:
    words = span.of(text)
    return Place(told or words, words, text.count(words, 0, span.start))


def _beginning(text: str, turn: Span) -> Span:
    end = text.find("\n", turn.start, turn.end)
    return Span(turn.start, min(turn.end if end < 0 else end, turn.start + _LONGEST_LINE))


def document_routes(assistant: "Assistant", desks: Mapping[str, Desk]) -> APIRouter:
    """The routes below `/document`, over the desks of each language: the text, what it says, its pages as pictures."""
    router = APIRouter(prefix="/document")
    pictures = PagePictures(assistant.settings.documents)
    portraying, trying = CapacityLimiter(_PORTRAITS_AT_ONCE), CapacityLimiter(1)

    @router.get("")
    def document(id: str, lang: str = "", quote: Quotes = None, page: int = 0) -> HTMLResponse:
        desk = desks[preferred_language(lang, "")]
        try:
            found = assistant.document(id)
        except UnknownDocument:
            return HTMLResponse(desk.pen.draw("unknown"), 404)
        marks = parse_quotes(quote or (), len(found.text))
        return HTMLResponse(draw_document(desk.pen, found, marks, page))

    @router.get("/portrait")
    async def portrait(id: str, lang: str = "") -> Response:
        # With a limit of its own, so that long documents keep no other request waiting.
        drawn = await to_thread.run_sync(assistant.document_portrait, id, limiter=portraying)
        if drawn is None:
            return PlainTextResponse("There is no such document.", 404)
        return HTMLResponse(draw_portrait(desks[preferred_language(lang, "")].pen, drawn))

    @router.get("/questions")
    async def questions(id: str, lang: str = "") -> HTMLResponse:
        sure = await to_thread.run_sync(assistant.sure_questions, id, limiter=trying)
        return HTMLResponse(desks[preferred_language(lang, "")].pen.draw("answered", questions=sure))

    @router.get("/page")
    def picture(id: str, number: int, quote: Quotes = None) -> Response:
        try:
            found = assistant.document(id)
            if not has_pictures(found):
                return PlainTextResponse("That document has no pages that can be drawn.", 404)
            drawn = pictures.draw(found, number, parse_quotes(quote or (), len(found.text)))
        except (UnknownDocument, UnreadableDocument) as error:
            return PlainTextResponse(str(error), 404)
        return Response(drawn, media_type="image/png", headers={"cache-control": _KEPT})

    return router
