"""`POST /v1/responses`: the archive as the Responses API has it."""

import json
import time
import uuid
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answer import finished
from assistant.assistant import Assistant
from assistant.errors import HemerotecaError
from ui.api.catalogue import MODEL, known_model
from ui.api.completions import STREAM
from ui.api.conversation import Ending, Sent, conversation, flat_annotations_of, pieces, tokens_of
from ui.api.errors import RESPONSES, ApiRoute, Archive, status_of
from ui.api.messages import ResponseObject, ResponsesRequest
from ui.steps import stepping

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)
_PLACE = {"output_index": 0, "content_index": 0}


@router.post("/responses", response_model=ResponseObject, responses=STREAM)
def respond(archive: Archive, request: Request, asked: ResponsesRequest) -> Response:
    """Answer the last message of the input; those before it are the conversation that it may lean on.

    The text's `annotations` are its citations, two for each marker, and the field `hemeroteca` is the whole cited
    answer. With `stream`, sentences come as they are proved.
    """
    known_model(asked.model, MODEL)
    sent = conversation(asked.messages(), "input")
    is_json = asked.text is not None and asked.text.format is not None and asked.text.format.type != "text"
    reply = _Reply(archive, str(request.base_url), sent, is_json)
    events = archive.stream(sent.question, wanted=asked.hemeroteca.wanted(), history=sent.history)
    if not asked.stream:
        answer = finished(events)
        return JSONResponse(reply.completed(Ending(answer, answer)))
    # What goes wrong before the first event is still told by the status.
    first = next(events)
    lines = stepping(_server_sent(reply.events(pieces(chain([first], events)))))
    return StreamingResponse(lines, media_type="text/event-stream", headers={"cache-control": "no-cache"})


@dataclass(frozen=True, slots=True)
class _Reply:
    """One reply, whole or as events; `base` is this server's address."""

    archive: Assistant
    base: str
    sent: Sent
    is_json: bool
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    created: int = field(default_factory=lambda: int(time.time()))

    def completed(self, ending: Ending) -> dict[str, Any]:
        part = self._part(ending)
        tokens_in, tokens_out = tokens_of(self.archive, self.sent.question, part["text"])
        usage = {
            "input_tokens": tokens_in,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": tokens_out,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": tokens_in + tokens_out,
        }
        response = self._response("completed", [self._message("completed", [part])], usage)
        return {**response, "hemeroteca": ending.answer.to_dict()}

    def events(self, parts: Iterator[str | Ending]) -> Iterator[dict[str, Any]]:
        """What the Responses API tells of an answer on its way, in its order."""
        place = {"item_id": f"msg_{self.id}", **_PLACE}
        begun = self._response("in_progress", [], None)
        yield {"type": "response.created", "response": begun}
        yield {"type": "response.in_progress", "response": begun}
        yield {
            "type": "response.output_item.added",
            "output_index": 0,
            "item": self._message("in_progress", []),
        }
        yield {"type": "response.content_part.added", **place, "part": _text("", [])}
        for piece in parts:
            if isinstance(piece, Ending):
                yield from self._ending(piece, place)
            elif not self.is_json:
                yield {"type": "response.output_text.delta", **place, "delta": piece, "logprobs": []}

    def _ending(self, ending: Ending, place: dict[str, Any]) -> Iterator[dict[str, Any]]:
        part = self._part(ending)
        if rest := part["text"] if self.is_json else self.sent.note(ending.answer.language):
            yield {"type": "response.output_text.delta", **place, "delta": rest, "logprobs": []}
        for number, annotation in enumerate(part["annotations"]):
            kind = "response.output_text.annotation.added"
            yield {"type": kind, **place, "annotation_index": number, "annotation": annotation}
        yield {"type": "response.output_text.done", **place, "text": part["text"], "logprobs": []}
        yield {"type": "response.content_part.done", **place, "part": part}
        done = self._message("completed", [part])
        yield {"type": "response.output_item.done", "output_index": 0, "item": done}
        yield {"type": "response.completed", "response": self.completed(ending)}

    def _part(self, ending: Ending) -> dict[str, Any]:
        if self.is_json:
            return _text(_json(ending.answer.to_dict()), [])
        text = ending.sent.text + self.sent.note(ending.answer.language)
        return _text(text, flat_annotations_of(ending.sent, self.base))

    def _message(self, status: str, content: list[dict[str, Any]]) -> dict[str, Any]:
        kind = {"type": "message", "role": "assistant"}
        return {"id": f"msg_{self.id}", **kind, "status": status, "content": content}

    def _response(
        self, status: str, output: list[dict[str, Any]], usage: dict[str, Any] | None
    ) -> dict[str, Any]:
        return {
            "id": f"resp_{self.id}",
            "object": "response",
            "created_at": self.created,
            "status": status,
            "model": MODEL,
            "output": output,
            "usage": usage,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "metadata": {},
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "store": False,
            "text": {"format": {"type": "json_object" if self.is_json else "text"}},
            "tool_choice": "none",
            "tools": [],
        }


def _text(text: str, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}


def _server_sent(events: Iterator[dict[str, Any]]) -> Generator[str, None, None]:
    """The events as they are sent, numbered; a failure on the way is the last of them."""
    numbers = count()
    try:
        for event in events:
            yield _event(event, next(numbers))
    except HemerotecaError as error:
        failure = {"type": "error", "code": str(status_of(error)), "message": str(error), "param": None}
        yield _event(failure, next(numbers))


def _event(event: dict[str, Any], number: int) -> str:
    return f"event: {event['type']}\ndata: {_json({**event, 'sequence_number': number})}\n\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
