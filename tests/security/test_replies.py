"""A model server that lies or breaks: whatever it sends, the answer comes, by extraction, and says why."""

import json
from collections.abc import Callable

import pytest

from assistant import Answer, Assistant, Settings
from tests.conftest import SEED
from tests.model_server import Exchange, ModelServer, says

QUESTION = "¿Quién es el canciller de México?"
DEEP = 10_000
NESTED = "[" * DEEP + "]" * DEEP


def event(data: str) -> Callable[[Exchange], None]:
    """A stream of one event."""

    def behave(exchange: Exchange) -> None:
        exchange.start_stream()
        exchange.send_event(data)
        exchange.end_stream()

    return behave


def delta(value: str) -> Callable[[Exchange], None]:
    """A stream whose one event has this JSON where the text should be."""
    return event(f'{{"id": "1", "choices": [{{"index": 0, "delta": {{"content": {value}}}}}]}}')


UNUSABLE = {
    "half a surrogate pair": says("El canciller es \ud800 Juan Ramón de la Fuente [1]."),
    "NUL": says("El canciller es \0 Juan Ramón de la Fuente [1]."),
    "nested JSON": event(NESTED),
    "nested JSON for text": delta(NESTED),
    "a number for text": delta("1"),
    "an object for text": delta('{"text": "a"}'),
    "nested brackets": says(NESTED),
    "no JSON": event("nothing"),
    "a list": event("[]"),
    "null": event("null"),
}
# Text, if no sentence that a person would write.
STRANGE = {
    "nested parentheses": says("(" * DEEP + "El canciller" + ")" * DEEP),
    "nested quotes": says("«" * DEEP + "El canciller" + "»" * DEEP),
    "spaces": says("El canciller" + " " * 200_000 + "es"),
    "markers": says("[1]" * 20_000),
    "an open thought": says("<think>" + " <think>" * 20_000),
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(documents=SEED, index=tmp_path_factory.mktemp("index"))
    with Assistant(settings) as assistant:
        assistant.sync()
    return settings


def asked(settings: Settings, reply: Callable[[Exchange], None]) -> Answer:
    """The answer where a model server replies so."""
    with ModelServer(reply) as server:
        changed = settings.model_copy(update={"base_url": server.url, "model": "test-model", "deadline": 30})
        with Assistant(changed) as assistant:
            answer = assistant.ask(QUESTION)
        assert server.requests
    assert all(citation.verified for citation in answer.citations)
    json.dumps(answer.to_dict(), ensure_ascii=False).encode()
    return answer


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_reply_that_cannot_be_used_is_a_failed_reply_and_extraction_answers(
    indexed: Settings, name: str
) -> None:
    answer = asked(indexed, UNUSABLE[name])
    assert "Juan Ramón de la Fuente" in answer.text
    assert answer.engine == "extractive"


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_reply_ends_in_an_answer(indexed: Settings, name: str) -> None:
    assert asked(indexed, STRANGE[name]).text
