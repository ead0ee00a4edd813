"""What a page does with a kept conversation outside Gradio: judging an answer, taking a conversation home."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import ConfigDict, Field

from assistant.answer_json import answer_from_dict
from assistant.days.calendar_file import calendar_of_answer
from assistant.errors import UnknownConversation
from assistant.people.conversations import Verdict, conversation_markdown
from ui.access.visitor import visitor_of
from ui.api.errors import ApiRoute
from ui.api.models import Incoming
from ui.conversations import Conversations
from ui.documents import safe_name

if TYPE_CHECKING:
    from assistant import Assistant

LONGEST_REASON = 1000  # characters
Number = Annotated[int, Path(ge=1, le=1_000_000)]


class Judgement(Incoming):
    """What a reader thought of an answer."""

    model_config = ConfigDict(extra="forbid")
    verdict: Verdict
    reason: str = Field("", max_length=LONGEST_REASON)


def conversation_routes(assistant: "Assistant", conversations: Conversations) -> APIRouter:
    """The routes below `/conversations/<id>`, for the user whose conversation it is."""
    router = APIRouter(prefix="/conversations/{id}", route_class=ApiRoute)

    @router.put("/{number}/feedback")
    def judge(request: Request, id: str, number: Number, given: Judgement) -> Response:
        own = conversations.of(visitor_of(request).user)
        try:
            own.judge(id, number, given.verdict, given.reason.strip())
        except UnknownConversation as error:
            return PlainTextResponse(str(error), 404)
        return Response(status_code=204)

    @router.get("/export")
    def export(request: Request, id: str) -> Response:
        kept, user = assistant.conversations, visitor_of(request).user
        try:
            title = kept.title(id, user)
            told = conversation_markdown(title, kept.turns(id, user))
        except UnknownConversation as error:
            return PlainTextResponse(str(error), 404)
        return _download(told.encode(), "text/markdown", f"{title}.md")

    @router.get("/{number}/calendar")
    def calendar(request: Request, id: str, number: Number) -> Response:
        try:
            turns = assistant.conversations.turns(id, visitor_of(request).user)
        except UnknownConversation as error:
            return PlainTextResponse(str(error), 404)
        found = next((turn for turn in turns if turn.number == number), None)
        if found is None:
            return PlainTextResponse(f"The conversation {id} has no turn {number}.", 404)
        answer = answer_from_dict(found.answer, assistant.find_document)
        events = calendar_of_answer(answer.dates, answer.citations, date.today())
        return _download(events, "text/calendar", f"{found.question}.ics")

    return router


def _download(content: bytes, kind: str, name: str) -> Response:
    safe = quote(safe_name(name.replace("/", "-").replace("\\", "-")))
    disposition = f"attachment; filename*=UTF-8''{safe}"
    return Response(content, media_type=kind, headers={"content-disposition": disposition})
