"""The Responses API as OpenAI's own client sees it."""

import json
from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.ui.conftest import Archive

QUESTION = "¿Dónde será la reunión ministerial?"


def test_an_answer_comes_with_its_citations_as_annotations(openai_client: OpenAI, archive: Archive) -> None:
    reply = openai_client.responses.create(model="hemeroteca", input=QUESTION, instructions="Sé breve.")
    assert reply.status == "completed"
    assert "Washington" in reply.output_text
    [message] = reply.output
    assert message.type == "message"
    [part] = message.content
    assert part.type == "output_text"
    links = [each for each in part.annotations if each.type == "url_citation"]
    files = [each for each in part.annotations if each.type == "file_citation"]
    assert len(links) == len(files) > 0
    for link, file in zip(links, files, strict=True):
        assert part.text[link.start_index : link.end_index].startswith("[")
        assert file.index == link.start_index
        assert link.url.startswith(f"{archive.address}/document?")
        cited: Any = file.model_extra
        text = archive.assistant.document(file.file_id).text
        assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert reply.usage is not None and reply.usage.total_tokens > 0
    assert reply.model_extra is not None and reply.model_extra["hemeroteca"]["text"] == reply.output_text


def test_a_stream_says_the_same_as_the_whole(openai_client: OpenAI) -> None:
    whole = openai_client.responses.create(model="hemeroteca", input=QUESTION)
    with openai_client.responses.stream(model="hemeroteca", input=QUESTION) as stream:
        events = list(stream)
        final = stream.get_final_response()
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[0].type == "response.created" and events[-1].type == "response.completed"
    told = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert told == final.output_text == whole.output_text
    added = [event.annotation for event in events if event.type == "response.output_text.annotation.added"]
    assert len(added) == len(whole.output[0].content[0].annotations)  # type: ignore[union-attr]


def test_a_follow_up_leans_on_what_the_client_sends_back(openai_client: OpenAI) -> None:
    first = openai_client.responses.create(model="hemeroteca", input=QUESTION)
    sent: list[Any] = [
        {"role": "developer", "content": "Eres un asistente."},
        {"role": "user", "content": [{"type": "input_text", "text": QUESTION}]},
        *(item.model_dump() for item in first.output),
        {"type": "reasoning", "id": "1", "summary": []},
        {"type": "function_call_output", "call_id": "1", "output": "nada"},
        {
            "role": "user",
            "content": [
                {"type": "input_text", "text": "¿Y cuándo?"},
                {"type": "input_image", "image_url": "data:,", "detail": "auto"},
            ],
        },
    ]
    reply = openai_client.responses.create(model="hemeroteca", input=sent)
    answer: Any = reply.model_extra
    assert "reunión ministerial" in answer["hemeroteca"]["standalone"]
    assert "(No leo imágenes" in reply.output_text


def test_as_json_the_text_is_the_whole_cited_answer(openai_client: OpenAI) -> None:
    reply = openai_client.responses.create(
        model="hemeroteca", input=QUESTION, text={"format": {"type": "json_object"}}
    )
    answer: Any = reply.model_extra
    assert json.loads(reply.output_text) == answer["hemeroteca"]


@pytest.mark.parametrize(
    ("wrong", "status", "param"),
    [
        ({"model": "gpt-4"}, 404, "model"),
        ({"input": []}, 400, "input"),
        ({"input": [{"role": "assistant", "content": "Hola."}]}, 400, "input"),
        ({"previous_response_id": "resp_1"}, 400, "previous_response_id"),
        ({"input": " "}, 400, None),
    ],
)
def test_a_mistake_is_told_in_openais_shape(
    openai_client: OpenAI, wrong: dict[str, Any], status: int, param: str | None
) -> None:
    with pytest.raises(openai.APIStatusError) as raised:
        openai_client.responses.create(**{"model": "hemeroteca", "input": QUESTION, **wrong})
    assert raised.value.status_code == status
    assert raised.value.param == param or str(raised.value.param).startswith(str(param))
