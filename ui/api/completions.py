"""`POST /v1/chat/completions`: the archive as a model that any OpenAI client can talk to.

What clients ask of a model for themselves (the title of a conversation, tags, next questions, searches) is answered
from the conversation, since no document holds the answer. Open WebUI sends the conversation between two tags and names
the field of the JSON that it wants; LibreChat sends its first turn and wants the title alone.
"""

import json
import time
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answer import Answer, finished
from assistant.assistant import Assistant
from assistant.errors import HemerotecaError
from assistant.incoming import LONGEST_QUESTION
from assistant.portrait import subjects_of
from assistant.questions.history import Exchange
from index.document import Document
from index.language import detect_question_language
from ui.api.catalogue import MODEL, known_model
from ui.api.conversation import Ending, Sent, annotations_of, conversation, pieces, tokens_of
from ui.api.errors import RESPONSES, ApiRoute, Archive, error_body, status_of
from ui.api.messages import ChatRequest, Completion
from ui.steps import stepping

_BEGIN, _END = "<chat_history>", "</chat_history>"
_ROLES = {"USER": "user", "User": "user", "ASSISTANT": "assistant", "AI": "assistant"}
_LONGEST_TITLE = 60  # characters
_MOST_TAGS = 3
_NEAREST = 3

Turns = list[Exchange]


def errand(archive: Assistant, text: str) -> str | None:
    """What answers a client's own request; None for a message that is a person's."""
    before, begun, rest = text.partition(_BEGIN)
    inside, ended, after = rest.rpartition(_END)
    if begun and ended:
        key = next((key for key in _ANSWERS if f'"{key}":' in before + after), None)
        turns = list(_turns(inside))
        return (
            None
            if key is None or not turns
            else json.dumps({key: _ANSWERS[key](archive, turns)}, ensure_ascii=False)
        )
    before, begun, rest = text.partition("\nUser: ")
    if not begun or "\nAI: " not in rest or "title" not in before:
        return None
    return _title(archive, list(_turns(f"User: {rest}")))


def _turns(written: str) -> Iterator[Exchange]:
    """The turns of a conversation that is written down, each message behind its role."""
    messages: list[tuple[str, str]] = []
    for line in written.strip().splitlines():
        role, _, words = line.partition(": ")
        if role in _ROLES:
            messages.append((_ROLES[role], words))
        elif messages:
            messages[-1] = (messages[-1][0], f"{messages[-1][1]}\n{line}")
    for (role, words), (follows, answer) in zip(messages, [*messages[1:], ("", "")], strict=True):
        if role == "user":
            yield Exchange(words.strip(), answer if follows == "assistant" else "")


def _title(_: Assistant, turns: Turns) -> str:
    """The first question, as a kept conversation is called, cut between words."""
    question = " ".join(turns[0].question.split())
    if len(question) <= _LONGEST_TITLE:
        return question
    return f"{question[:_LONGEST_TITLE].rpartition(' ')[0] or question[:_LONGEST_TITLE]}…"


def _tags(_: Assistant, turns: Turns) -> list[str]:
    text = "\n".join(f"{turn.question}\n{turn.answer}" for turn in turns)
    return [subject.name for subject in subjects_of([Document("", "", "", text, "")], _MOST_TAGS)]


def _follow_ups(archive: Assistant, turns: Turns) -> list[str]:
    """Questions about the passages nearest to the last one, which the archive can answer."""
    questions = [turn.question for turn in turns]
    quotes = [
        (hit.document, hit.focus) for hit in archive.search(questions[-1][:LONGEST_QUESTION], limit=_NEAREST)
    ]
    return list(archive.next_questions(quotes, questions, detect_question_language(questions[-1])))


def _queries(_: Assistant, turns: Turns) -> list[str]:
    return [turns[-1].question]


def _completion(_: Assistant, turns: Turns) -> str:
    """Nothing: what somebody is about to ask is not ours to guess."""
    return ""


_ANSWERS: Mapping[str, Callable[[Assistant, Turns], Any]] = {
    "title": _title,
    "tags": _tags,
    "follow_ups": _follow_ups,
    "queries": _queries,
    "text": _completion,
}


STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)


@router.post("/chat/completions", response_model=Completion, responses=STREAM)
def complete(archive: Archive, request: Request, chat: ChatRequest) -> Response:
    """Answer the last message; those before it are the conversation that it may lean on.

    The message's `annotations` are its citations, and the field `hemeroteca` is the whole cited answer. With
    `stream`, both come in the last chunk. What a client asks for itself, such as a title, is answered from the
    conversation.
    """
    known_model(chat.model, MODEL)
    sent = conversation(chat.messages, "messages")
    reply = _Reply(archive, str(request.base_url), sent, _is_json(chat))
    usage = chat.stream_options is not None and chat.stream_options.include_usage
    if (reply_text := errand(archive, sent.question)) is not None:
        return (
            _streamed(reply.errand_chunks(reply_text, usage))
            if chat.stream
            else JSONResponse(reply.errand(reply_text))
        )
    events = archive.stream(sent.question, wanted=chat.hemeroteca.wanted(), history=sent.history)
    if not chat.stream:
        return JSONResponse(reply.whole(finished(events)))
    # What goes wrong before the first event is still told by the status.
    first = next(events)
    return _streamed(reply.chunks(pieces(chain([first], events)), usage))


def _is_json(chat: ChatRequest) -> bool:
    return chat.response_format is not None and chat.response_format.type == "json_object"


@dataclass(frozen=True, slots=True)
class _Reply:
    """One reply in OpenAI's form, whole or in chunks; `base` is this server's address."""

    archive: Assistant
    base: str
    sent: Sent
    is_json: bool
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> dict[str, Any]:
        content = answer.text + self.sent.note(answer.language)
        return {**self._whole(self._said(answer, content)), "hemeroteca": answer.to_dict()}

    def errand(self, text: str) -> dict[str, Any]:
        """What a client has asked for itself."""
        return {**self._whole({"content": text, "annotations": []}), "hemeroteca": None}

    def _said(self, answer: Answer, content: str) -> dict[str, Any]:
        if self.is_json:
            return {"content": _json(answer.to_dict()), "annotations": []}
        return {"content": content, "annotations": annotations_of(answer, self.base)}

    def _whole(self, said: dict[str, Any]) -> dict[str, Any]:
        message = {"role": "assistant", "refusal": None, **said}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        usage = self._usage(said["content"])
        return {**self._head("chat.completion"), "choices": [choice], "usage": usage}

    def chunks(self, parts: Iterator[str | Ending], with_usage: bool) -> Iterator[dict[str, Any]]:
        """A chunk for each sentence as it is proved, then one with citations, then the usage if asked for."""
        yield self._chunk({"role": "assistant", "content": ""})
        for piece in parts:
            if isinstance(piece, Ending):
                yield from self._ending(piece, with_usage)
            elif not self.is_json:
                yield self._chunk({"content": piece})

    def errand_chunks(self, text: str, with_usage: bool) -> Iterator[dict[str, Any]]:
        yield self._chunk({"role": "assistant", "content": text})
        yield self._chunk({}, "stop")
        if with_usage:
            yield self._counted(text)

    def _ending(self, ending: Ending, with_usage: bool) -> Iterator[dict[str, Any]]:
        answer = ending.answer
        note = self.sent.note(answer.language)
        said = self._said(answer if self.is_json else ending.sent, ending.sent.text + note)
        if rest := said["content"] if self.is_json else note:
            yield self._chunk({"content": rest})
        closing = self._chunk({"annotations": said["annotations"]}, "stop")
        yield {**closing, "hemeroteca": answer.to_dict()}
        if with_usage:
            yield self._counted(said["content"])

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def _counted(self, content: str) -> dict[str, Any]:
        return {**self._head("chat.completion.chunk"), "choices": [], "usage": self._usage(content)}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}

    def _usage(self, content: str) -> dict[str, int]:
        tokens_in, tokens_out = tokens_of(self.archive, self.sent.question, content)
        return {
            "prompt_tokens": tokens_in,
            "completion_tokens": tokens_out,
            "total_tokens": tokens_in + tokens_out,
        }


def _streamed(chunks: Iterator[dict[str, Any]]) -> Response:
    lines = stepping(_server_sent(chunks))
    return StreamingResponse(lines, media_type="text/event-stream", headers={"cache-control": "no-cache"})


def _server_sent(chunks: Iterator[dict[str, Any]]) -> Generator[str, None, None]:
    """The chunks as server-sent events; a failure on the way is told as one, in OpenAI's shape."""
    try:
        for chunk in chunks:
            yield f"data: {_json(chunk)}\n\n"
    except HemerotecaError as error:
        yield f"data: {_json(error_body(status_of(error), str(error)))}\n\n"
    yield "data: [DONE]\n\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
