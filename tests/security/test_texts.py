"""What comes in is text, of bounded length: refused with a code whichever way it comes, and never repeated."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from assistant import Assistant
from assistant.errors import QuestionRefused
from assistant.incoming import LONGEST_HISTORY, MOST_TURNS, recent
from assistant.questions.history import Exchange
from tests.ui.conftest import serving

HALF = "¿Quién es \ud800 el canciller?"
NUL = "¿Quién es \0 el canciller?"
ASKED = "¿Quién es el canciller?"
USER = {"role": "user", "content": ASKED}
# Every route that takes text in a body, and a body that holds a text in each of its places.
BODIES = [
    ("/api/ask", lambda text: {"question": text}),
    ("/api/ask", lambda text: {"question": ASKED, "documents": [text]}),
    ("/api/ask", lambda text: {"question": ASKED, "language": text}),
    ("/api/ask", lambda text: {"question": ASKED, text: 1}),
    ("/api/ask", lambda text: {"question": "¿Y cuándo?", "history": [{"question": text}]}),
    ("/api/ask", lambda text: {"question": "¿Y cuándo?", "history": [{"question": ASKED, "answer": text}]}),
    ("/api/ask", lambda text: {"question": "¿Y?", "history": [{"question": ASKED, "documents": [text]}]}),
    ("/v1/chat/completions", lambda text: {"model": text, "messages": [USER]}),
    ("/v1/chat/completions", lambda text: {"model": "hemeroteca", "messages": [{**USER, "content": text}]}),
    (
        "/v1/chat/completions",
        lambda text: {
            "model": "hemeroteca",
            "messages": [{"role": "user", "content": [{"type": "text", "text": text}]}],
        },
    ),
    (
        "/v1/chat/completions",
        lambda text: {
            "model": "hemeroteca",
            "messages": [USER, {"role": "assistant", "content": text}, {**USER, "content": "¿Y cuándo?"}],
        },
    ),
    (
        "/v1/chat/completions",
        lambda text: {"model": "hemeroteca", "messages": [USER], "hemeroteca": {"documents": [text]}},
    ),
    ("/v1/responses", lambda text: {"model": "hemeroteca", "input": text}),
    ("/v1/responses", lambda text: {"model": "hemeroteca", "input": [{**USER, "content": text}]}),
    ("/v1/embeddings", lambda text: {"model": "hemeroteca-embedding", "input": text}),
    ("/v1/embeddings", lambda text: {"model": "hemeroteca-embedding", "input": [text]}),
    ("/mcp", lambda text: tool("ask", question=text)),
    ("/mcp", lambda text: tool("search", words=text)),
    ("/mcp", lambda text: tool("timeline", topic=text)),
]


def tool(name: str, **arguments: str) -> dict[str, Any]:
    """A call of a tool of the MCP server."""
    call = {"name": name, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Plain HTTP to the shipped documents."""
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    with (
        serving(tmp_path_factory) as serve,
        httpx.Client(base_url=serve().address, timeout=60, headers=headers) as opened,
    ):
        yield opened


def refusal(reply: httpx.Response) -> str:
    """The code of a refusal, whatever protocol it is told in."""
    # MCP answers as a stream of events, of which the last has data.
    events = [line.removeprefix("data: ") for line in reply.text.splitlines() if line.startswith("data: {")]
    told: dict[str, Any] = json.loads(events[-1] if events else reply.text)
    if "result" in told:
        assert told["result"]["isError"]
        return str(told["result"]["content"][0]["text"])
    assert reply.status_code in (400, 404, 422)
    return str(told["error"]["code"])


@pytest.mark.parametrize("text", [HALF, NUL], ids=["half a pair", "NUL"])
@pytest.mark.parametrize(("route", "body"), BODIES)
def test_what_is_no_text_is_refused_with_a_code_and_is_in_no_log(
    client: httpx.Client, caplog: pytest.LogCaptureFixture, route: str, body: Any, text: str
) -> None:
    with caplog.at_level(logging.DEBUG, "uvicorn"):
        reply = client.post(route, content=json.dumps(body(text)).encode())
    assert refusal(reply)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("text", [HALF, NUL], ids=["half a pair", "NUL"])
def test_a_reason_for_feedback_that_is_no_text_is_refused_with_a_code(
    client: httpx.Client, text: str
) -> None:
    body = json.dumps({"verdict": "bad", "reason": text}).encode()
    reply = client.put("/conversations/00000000/1/feedback", content=body)
    assert refusal(reply) == "invalid_value"


@pytest.mark.parametrize("query", ["q=%00", "q=a&document=%00", "q=%ED%A0%80%00"])
def test_what_is_no_text_is_refused_in_an_address_too(client: httpx.Client, query: str) -> None:
    assert refusal(client.get(f"/api/search?{query}")) == "invalid_value"


def history(turns: int, characters: int) -> list[Exchange]:
    return [Exchange(ASKED, " " * characters)] * turns


@pytest.mark.parametrize("turns", [history(MOST_TURNS + 1, 0), history(3, LONGEST_HISTORY // 3)])
def test_a_conversation_that_is_too_long_is_refused_before_it_is_read(
    client: httpx.Client, seed_assistant: Assistant, turns: list[Exchange]
) -> None:
    with pytest.raises(QuestionRefused) as refused:
        list(seed_assistant.stream("¿Y cuándo?", history=turns))
    assert refused.value.code == "history_too_long"
    sent = [{"question": turn.question, "answer": turn.answer} for turn in turns]
    reply = client.post("/api/ask", content=json.dumps({"question": "¿Y cuándo?", "history": sent}).encode())
    assert refusal(reply) in ("history_too_long", "invalid_value")


@pytest.mark.parametrize(
    ("route", "field"), [("/v1/chat/completions", "messages"), ("/v1/responses", "input")]
)
def test_more_messages_than_any_conversation_has_are_refused(
    client: httpx.Client, route: str, field: str
) -> None:
    body = json.dumps({"model": "hemeroteca", field: [USER] * 10_001}).encode()
    assert refusal(client.post(route, content=body)) == "invalid_value"


def test_a_conversation_that_is_kept_can_be_as_long_as_it_likes() -> None:
    kept = recent([Exchange(str(n), "a" * (LONGEST_HISTORY // 10)) for n in range(2 * MOST_TURNS)])
    assert [turn.question for turn in kept] == [str(n) for n in range(2 * MOST_TURNS - 9, 2 * MOST_TURNS)]
