"""`POST /v1/chat/completions`: the archive as a model that any OpenAI client can talk to."""

import json
import time
import uuid
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answer import Answer, AnswerSentence, Event, Finished, Retrieved, Verified, finished
from assistant.assistant import Assistant
from assistant.errors import HemerotecaError
from assistant.incoming import check_history
from assistant.layout import join_sentences, opening, piece
from assistant.questions.exchange import Exchange
from assistant.questions.followups import standalone_question
from ui.api.annotations import annotations_of
from ui.api.archive import Archive
from ui.api.catalogue import MODEL, known_model
from ui.api.errors import RESPONSES, ApiRoute, RequestFailed, error_body, status_of
from ui.api.messages import ChatRequest, Completion, Message
from ui.steps import stepping

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)


@router.post("/chat/completions", response_model=Completion, responses=_STREAM)
def complete(archive: Archive, request: Request, asked: ChatRequest) -> Response:
    """Answer the last message; those before it are the conversation that it may lean on.

    The message's `annotations` are its citations, and the field `hemeroteca` is the whole cited answer. With
    `stream`, both come in the last chunk.
    """
    known_model(asked.model, MODEL)
    question, history = conversation(asked.messages)
    wanted = asked.hemeroteca.wanted()
    events = archive.stream(question, wanted=wanted, history=history)
    reply = _Reply(archive, str(request.base_url), question)
    if not asked.stream:
        return JSONResponse(reply.whole(finished(events)))
    # What goes wrong before the first event is still told by the status.
    first = next(events)
    usage = asked.stream_options is not None and asked.stream_options.include_usage
    lines = stepping(_server_sent(reply.chunks(first, events, usage)))
    return StreamingResponse(lines, media_type="text/event-stream", headers={"cache-control": "no-cache"})


def conversation(messages: Sequence[Message]) -> tuple[str, list[Exchange]]:
    """The question that the messages end with, and the turns before it, each standing alone.

    System messages are left out: what an answer may say is settled by its evidence. Raises RequestFailed
    if the last message is not the user's, QuestionRefused for a conversation that is too long.
    """
    if messages[-1].role != "user":
        raise RequestFailed(400, "The last message must be the user's: it is the question.", param="messages")
    exchanges = list(_exchanges(messages[:-1]))
    check_history(exchanges)
    turns: list[Exchange] = []
    for exchange in exchanges:
        turns.append(replace(exchange, question=standalone_question(exchange.question, turns)))
    return messages[-1].text(), turns


def _exchanges(messages: Sequence[Message]) -> Iterator[Exchange]:
    """What the user said last before each of the assistant's messages, with that message."""
    asked: str | None = None
    for message in messages:
        if message.role == "user":
            asked = message.text()
        elif message.role == "assistant" and asked is not None:
            yield Exchange(asked, message.text())
            asked = None


@dataclass(frozen=True, slots=True)
class _Reply:
    """One reply in OpenAI's form, whole or in chunks; `base` is this server's address."""

    archive: Assistant
    base: str
    question: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> dict[str, Any]:
        message = {
            "role": "assistant",
            "content": answer.text,
            "refusal": None,
            "annotations": annotations_of(answer, self.base),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": self._usage(answer),
            "hemeroteca": answer.to_dict(),
        }

    def chunks(self, first: Event, rest: Iterator[Event], with_usage: bool) -> Iterator[dict[str, Any]]:
        """A chunk for each sentence as it is proved, then one with citations, then the usage if asked for."""
        yield self._chunk({"role": "assistant", "content": ""})
        # The pieces are those of the whole text, so that citations stand at the same places.
        caution: tuple[AnswerSentence, ...] = ()
        lines = False
        told: list[AnswerSentence] = []
        for event in chain([first], rest):
            if isinstance(event, Retrieved):
                caution, lines = opening(event.caution), event.lines
            elif isinstance(event, Verified):
                for sentence in (*(() if told else caution), event.sentence):
                    yield self._chunk({"content": piece(sentence, told[-1] if told else None, lines=lines)})
                    told.append(sentence)
            elif isinstance(event, Finished):
                if not told:
                    yield self._chunk({"content": event.answer.text})
                # A second look may have struck what was sent already.
                sent = (
                    replace(event.answer, sentences=tuple(told), text=join_sentences(told, lines=lines))
                    if told
                    else event.answer
                )
                yield from self._ending(event.answer, sent, with_usage)

    def _ending(self, answer: Answer, sent: Answer, with_usage: bool) -> Iterator[dict[str, Any]]:
        """The last chunks, the annotations as they stand in what was `sent`."""
        closing = self._chunk({"annotations": annotations_of(sent, self.base)}, "stop")
        yield {**closing, "hemeroteca": answer.to_dict()}
        if with_usage:
            yield {**self._head("chat.completion.chunk"), "choices": [], "usage": self._usage(answer)}

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}

    def _usage(self, answer: Answer) -> dict[str, int]:
        """Tokens of the question and of the answer, as the embedding model counts them."""
        asked, written = self.archive.retriever().embedder.count_tokens([self.question, answer.text])
        return {"prompt_tokens": asked, "completion_tokens": written, "total_tokens": asked + written}


def _server_sent(chunks: Iterator[dict[str, Any]]) -> Generator[str, None, None]:
    """The chunks as server-sent events; a failure on the way is told as one, in OpenAI's shape."""
    try:
        for chunk in chunks:
            yield _event(chunk)
    except HemerotecaError as error:
        yield _event(error_body(status_of(error), str(error)))
    yield "data: [DONE]\n\n"


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
