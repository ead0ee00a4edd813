"""What Open WebUI and LibreChat ask a model for themselves, in the form in which they ask it."""

import json
from typing import Any

import httpx
import pytest

from ui.api.completions import errand

QUESTION = "¿Dónde será la reunión ministerial?"
ANSWER = (
    "La Segunda Reunión Ministerial de Seguridad será en Washington [1]. "
    "El canciller Juan Ramón de la Fuente irá [2]."
)
# Both templates say far more than this; what is kept is their frame.
OPEN_WEBUI = """### Task:
Do something for the chat history, in 3-5 words.
### Guidelines:
- Your entire response must consist solely of the JSON object.
### Output:
JSON format: { "%s": "your concise title here" }
### Chat History:
<chat_history>
USER: %s
ASSISTANT: %s
</chat_history>"""
LIBRECHAT = """Provide a concise, 5-word-or-less title for the conversation. Only return the title itself.

Conversation:
User: %s
AI: %s"""


def asked(client: httpx.Client, text: str, **options: object) -> dict[str, Any]:
    sent = {"model": "hemeroteca", "messages": [{"role": "user", "content": text}], **options}
    reply: dict[str, Any] = client.post("/v1/chat/completions", json=sent).raise_for_status().json()
    return reply


def of_open_webui(client: httpx.Client, key: str, question: str = QUESTION, **options: object) -> Any:
    reply = asked(client, OPEN_WEBUI % (key, question, ANSWER), **options)
    assert reply["hemeroteca"] is None
    return json.loads(reply["choices"][0]["message"]["content"])


def test_a_title_is_the_first_question(client: httpx.Client) -> None:
    assert of_open_webui(client, "title", stream=False, max_completion_tokens=1000) == {"title": QUESTION}
    long = of_open_webui(
        client, "title", "¿Qué acordaron los gobiernos sobre la seguridad en la frontera norte?"
    )
    assert long == {"title": "¿Qué acordaron los gobiernos sobre la seguridad en la…"}


def test_tags_are_what_the_conversation_names(client: httpx.Client) -> None:
    tags = of_open_webui(client, "tags")["tags"]
    assert "Juan Ramón de la Fuente" in tags
    assert len(tags) <= 3


def test_next_questions_are_about_what_the_answer_names_and_can_be_answered(client: httpx.Client) -> None:
    questions = of_open_webui(client, "follow_ups")["follow_ups"]
    assert questions
    for question in questions:
        assert asked(client, question)["hemeroteca"]["answered"]


def test_a_search_is_the_question_itself(client: httpx.Client) -> None:
    assert of_open_webui(client, "queries") == {"queries": [QUESTION]}


def test_a_streamed_title_comes_as_chunks(client: httpx.Client) -> None:
    sent = {
        "model": "hemeroteca",
        "messages": [{"role": "user", "content": LIBRECHAT % (QUESTION, ANSWER)}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    reply = client.post("/v1/chat/completions", json=sent).raise_for_status().text
    *lines, done = [line.removeprefix("data: ") for line in reply.splitlines() if line]
    chunks = [json.loads(line) for line in lines]
    assert done == "[DONE]"
    assert chunks[0]["choices"][0]["delta"]["content"] == QUESTION
    assert chunks[1]["choices"][0]["finish_reason"] == "stop"
    assert chunks[2]["usage"]["total_tokens"] > 0


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "¿Qué dice <chat_history>?",
        "What is the title of the report?\nUser: Ana",
        OPEN_WEBUI % ("unheard_of", QUESTION, ANSWER),
        "<chat_history>" * 1000,
    ],
)
def test_a_persons_question_is_none_of_them(text: str) -> None:
    assert errand(None, text) is None  # type: ignore[arg-type]
