"""The reader's routes: a stored document with quotes marked, and the pages of a PDF as pictures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.errors import UnknownDocument
from index.errors import UnreadableDocument
from ui.addresses import parse_quotes
from ui.desk import Desk
from ui.page_pictures import PagePictures, has_pictures
from ui.reader import draw_document
from ui.texts import preferred_language

if TYPE_CHECKING:
    from assistant import Assistant

Quotes = Annotated[list[str] | None, Query()]
_KEPT = "private, max-age=600"  # a picture's address names its quotes, but not the file's version


def document_routes(assistant: "Assistant", desks: Mapping[str, Desk]) -> APIRouter:
    """The routes below `/document`, over the desks of each language."""
    router = APIRouter(prefix="/document")
    pictures = PagePictures(assistant.settings.documents)

    @router.get("")
    def document(id: str, lang: str = "", quote: Quotes = None, page: int = 0) -> HTMLResponse:
        desk = desks[preferred_language(lang, "")]
        try:
            found = assistant.document(id)
        except UnknownDocument:
            return HTMLResponse(desk.pen.draw("unknown"), 404)
        marks = parse_quotes(quote or (), len(found.text))
        return HTMLResponse(draw_document(desk.pen, found, marks, page))

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
