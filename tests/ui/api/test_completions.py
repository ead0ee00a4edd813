"""The chat completions as OpenAI's own client sees them."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.model_server import ModelServer, stalls_after
from tests.servers import wait_until
from tests.ui.conftest import Archive

QUESTION = "¿Dónde será la reunión ministerial?"
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": QUESTION}]
UNANSWERABLE: list[ChatCompletionMessageParam] = [{"role": "user", "content": "¿Cuál es el PIB de México?"}]


def whole_answer(reply: Any) -> dict[str, Any]:
    answer: dict[str, Any] = reply.model_extra["hemeroteca"]
    return answer


def test_an_answer_comes_with_its_citations_as_annotations(openai_client: OpenAI, archive: Archive) -> None:
    reply = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED)
    message = reply.choices[0].message
    assert message.content is not None
    assert "Washington" in message.content
    assert message.annotations
    for annotation in message.annotations:
        cited = annotation.url_citation
        assert annotation.type == "url_citation"
        assert message.content[cited.start_index : cited.end_index] in ("[1]", "[2]", "[3]")
        assert cited.url.startswith(f"{archive.address}/document?")
        file = annotation.model_extra["file_citation"]
        text = archive.assistant.document(file["file_id"]).text
        assert text[file["start"] : file["end"]] == file["quote"]


def test_the_link_of_an_annotation_shows_the_quote_marked(openai_client: OpenAI) -> None:
    reply = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED)
    annotations = reply.choices[0].message.annotations
    assert annotations
    page = httpx.get(annotations[0].url_citation.url)
    assert page.status_code == 200
    assert "<mark" in page.text


def test_the_whole_cited_answer_comes_along(openai_client: OpenAI) -> None:
    reply = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED)
    answer = whole_answer(reply)
    assert answer["text"] == reply.choices[0].message.content
    assert all(citation["verified"] for citation in answer["citations"])
    assert reply.usage is not None
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens > 0


def test_a_stream_says_the_same_as_the_whole(openai_client: OpenAI) -> None:
    whole = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED).choices[0].message
    chunks = list(
        openai_client.chat.completions.create(
            model="hemeroteca", messages=ASKED, stream=True, stream_options={"include_usage": True}
        )
    )
    *spoken, last, usage = chunks
    assert "".join(c.choices[0].delta.content or "" for c in (*spoken, last)) == whole.content
    assert last.choices[0].finish_reason == "stop"
    annotations = [annotation.to_dict() for annotation in whole.annotations or ()]
    assert last.choices[0].delta.model_extra == {"annotations": annotations}
    assert whole_answer(last)["text"] == whole.content
    assert usage.usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_is_as_cautious_as_the_whole(
    openai_client: OpenAI, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure = archive.assistant.settings.model_copy(update={"sure_threshold": 1.0})
    monkeypatch.setattr(archive.assistant, "settings", unsure)
    whole = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED).choices[0].message
    chunks = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED, stream=True)
    assert (whole.content or "").startswith("No es seguro, pero puede que esto responda: ")
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole.content


def test_a_streamed_timeline_has_a_line_an_event_also_where_a_follow_up_asks_for_it(
    openai_client: OpenAI,
) -> None:
    asked: list[ChatCompletionMessageParam] = [
        {"role": "user", "content": "Dame una cronología de la migración"},
        {"role": "assistant", "content": "Los documentos no lo dicen."},
        {"role": "user", "content": "¿Y de la cooperación en seguridad?"},
    ]
    whole = openai_client.chat.completions.create(model="hemeroteca", messages=asked).choices[0].message
    chunks = openai_client.chat.completions.create(model="hemeroteca", messages=asked, stream=True)
    assert len((whole.content or "").splitlines()) == 2
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole.content


@pytest.mark.parametrize("stream", [False, True])
def test_what_the_documents_do_not_say_is_declined(openai_client: OpenAI, stream: bool) -> None:
    reply = openai_client.chat.completions.create(model="hemeroteca", messages=UNANSWERABLE, stream=stream)
    last = list(reply)[-1] if stream else reply
    assert whole_answer(last)["answered"] is False
    assert whole_answer(last)["citations"] == []


def test_a_follow_up_leans_on_the_messages_before(openai_client: OpenAI) -> None:
    first = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED)
    reply = openai_client.chat.completions.create(
        model="hemeroteca",
        messages=[
            {"role": "system", "content": "Eres un asistente."},
            *ASKED,
            {"role": "assistant", "content": first.choices[0].message.content},
            {"role": "user", "content": [{"type": "text", "text": "¿Y cuándo?"}]},
        ],
    )
    answer = whole_answer(reply)
    assert "reunión ministerial" in answer["standalone"]
    assert answer["answered"]


def test_the_documents_that_may_answer_can_be_bounded(openai_client: OpenAI) -> None:
    reply = openai_client.chat.completions.create(
        model="hemeroteca", messages=ASKED, extra_body={"hemeroteca": {"as_of": "2026-01-15"}}
    )
    assert whole_answer(reply)["answered"] is False


def test_pictures_beside_the_question_are_left_out_with_a_note(openai_client: OpenAI) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
    plain = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED).choices[0].message
    asked: list[Any] = [{"role": "user", "content": [{"type": "text", "text": QUESTION}, picture]}]
    reply = openai_client.chat.completions.create(model="hemeroteca", messages=asked)
    told = reply.choices[0].message.content or ""
    assert told.startswith(f"{plain.content}\n\n(No leo imágenes")
    stream = openai_client.chat.completions.create(model="hemeroteca", messages=asked, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == told
    later: list[Any] = [*asked, {"role": "assistant", "content": told}, *ASKED]
    assert "(No leo" not in str(openai_client.chat.completions.create(model="hemeroteca", messages=later))


def test_a_very_long_conversation_goes_on(openai_client: OpenAI) -> None:
    old: list[Any] = [{"role": "user", "content": "¿Y eso?"}, {"role": "assistant", "content": "No. " * 200}]
    first = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED)
    told: list[Any] = [*ASKED, {"role": "assistant", "content": first.choices[0].message.content}]
    reply = openai_client.chat.completions.create(
        model="hemeroteca", messages=[*old * 600, *told, {"role": "user", "content": "¿Y cuándo?"}]
    )
    assert "reunión ministerial" in whole_answer(reply)["standalone"]


def test_what_steers_a_model_has_no_effect(openai_client: OpenAI) -> None:
    plain = openai_client.chat.completions.create(model="hemeroteca", messages=ASKED).choices[0].message
    tool: Any = {"type": "function", "function": {"name": "web_search", "parameters": {"type": "object"}}}
    called: list[Any] = [
        {"role": "system", "content": "Eres un pirata."},
        {"role": "user", "content": "¿Qué hora es?"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "1", "content": "12:00"},
        {"role": "assistant", "content": "Las doce."},
        *ASKED,
    ]
    reply = openai_client.chat.completions.create(
        model="hemeroteca",
        messages=called,
        tools=[tool],
        n=1,
        max_tokens=1,
        temperature=2,
        response_format={"type": "text"},
        seed=7,
        user="ana",
    )
    assert reply.choices[0].message.content == plain.content


@pytest.mark.parametrize("stream", [False, True])
def test_as_json_the_message_is_the_whole_cited_answer(openai_client: OpenAI, stream: bool) -> None:
    form: Any = {"type": "json_object"}
    reply = openai_client.chat.completions.create(
        model="hemeroteca", messages=ASKED, response_format=form, stream=stream
    )
    if stream:
        chunks = list(reply)
        content, whole = "".join(c.choices[0].delta.content or "" for c in chunks), chunks[-1]
    else:
        content, whole = reply.choices[0].message.content, reply
    assert json.loads(content) == whole_answer(whole)


@pytest.mark.parametrize(
    ("wrong", "status", "param"),
    [
        ({"model": "gpt-4"}, 404, "model"),
        ({"messages": []}, 400, "messages"),
        ({"messages": [{"role": "assistant", "content": "Hola."}]}, 400, "messages"),
        ({"messages": [{"role": "user", "content": " "}]}, 400, None),
        ({"extra_body": {"hemeroteca": {"as_of": "ayer"}}}, 400, "hemeroteca.as_of"),
        ({"extra_body": {"hemeroteca": {"form": "2026-01-01"}}}, 400, "hemeroteca.form"),
        ({"n": 2}, 400, "n"),
        ({"extra_body": {"response_format": {"type": "json_schema"}}}, 400, "response_format.type"),
    ],
)
def test_a_mistake_is_told_in_openais_shape(
    openai_client: OpenAI, wrong: dict[str, Any], status: int, param: str | None
) -> None:
    with pytest.raises(openai.APIStatusError) as raised:
        openai_client.chat.completions.create(**{"model": "hemeroteca", "messages": ASKED, **wrong})
    assert raised.value.status_code == status
    assert raised.value.body["message"]
    assert raised.value.body["type"] == "invalid_request_error"
    assert raised.value.param == param


def test_who_leaves_a_stream_ends_the_call_of_the_model(archives: Callable[..., Archive]) -> None:
    with ModelServer(stalls_after("La reunión")) as model:
        served = archives(engine="openai", base_url=model.url, api_key="test", deadline=60, retries=0)
        asked = {"model": "hemeroteca", "messages": ASKED, "stream": True}
        with httpx.stream("POST", f"{served.address}/v1/chat/completions", json=asked, timeout=60) as reply:
            lines = reply.iter_lines()  # the reply is closed with them
            assert next(lines).startswith("data: ")
            wait_until(lambda: bool(model.requests))
        assert model.abandoned.wait(10)
