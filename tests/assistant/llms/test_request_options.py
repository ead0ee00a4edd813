"""Fields of a request that a server may not know."""

from time import monotonic

import pytest

from assistant.errors import EngineFailed, SettingsError
from assistant.llms.choice import EngineChoice, RequestOptions, open_llm, options_of
from assistant.llms.record import Calls
from assistant.settings import Settings, load_settings
from assistant.write.plan import Plan, plan
from assistant.write.prompts import Asking
from tests.model_server import Behaviour, Exchange, ModelServer, fails, says

SERVER = EngineChoice("openai", "m", reads_passages=True)
PLANNED = '{"question": "¿Y?", "searches": []}'


def knows_no(*fields: str) -> Behaviour:
    """Takes a request without these fields only."""

    def behave(exchange: Exchange) -> None:
        asked = exchange.server.owner.requests[-1]
        (fails(400, message="unknown field") if asked.keys() & set(fields) else says(PLANNED))(exchange)

    return behave


def planned(server: ModelServer, options: RequestOptions) -> Plan | None:
    settings = Settings(base_url=server.url, model="m")
    llm = open_llm(settings, SERVER)
    assert llm is not None
    return plan(Asking("¿Y?", "es"), Calls(llm, monotonic() + 20, 0, options=options))


def options(**given: object) -> RequestOptions:
    return options_of(Settings(base_url="http://localhost:1/v1", model="m", **given), SERVER)  # type: ignore[arg-type]


def test_what_the_settings_say_reaches_any_server() -> None:
    given = options(reasoning_effort="high", model_options={"top_p": 0.5}, reply_tokens=700)
    with ModelServer(says(PLANNED)) as server:
        assert planned(server, given) == Plan("¿Y?")
        (request,) = server.requests
    assert (request["reasoning_effort"], request["top_p"], request["max_tokens"]) == ("high", 0.5, 700)
    assert request["response_format"]["type"] == "json_schema"


def test_structured_output_is_asked_for_until_it_is_refused_once() -> None:
    given = options(reasoning_effort="low")
    with ModelServer(knows_no("response_format")) as server:
        assert planned(server, given) == planned(server, given) == Plan("¿Y?")
        assert ["response_format" in request for request in server.requests] == [True, False, False]
        assert all("reasoning_effort" in request for request in server.requests)


def test_a_server_that_knows_no_option_is_asked_without_any() -> None:
    given = options(reasoning_effort="low")
    with ModelServer(knows_no("response_format", "reasoning_effort")) as server:
        assert planned(server, given) == planned(server, given) == Plan("¿Y?")
        assert len(server.requests) == 4


def test_a_request_that_is_refused_in_any_form_fails_and_gives_nothing_up() -> None:
    given = options(reasoning_effort="low")
    with ModelServer(fails(400)) as server:
        with pytest.raises(EngineFailed, match="400"):
            planned(server, given)
        with pytest.raises(EngineFailed, match="400"):
            planned(server, given)
        assert "reasoning_effort" in server.requests[3]


def test_openais_own_models_that_think_are_told_to_think_little() -> None:
    choice = EngineChoice("openai", "gpt-5-mini")
    assert options_of(Settings(), choice).common == {
        "max_completion_tokens": 4000,
        "reasoning_effort": "low",
    }
    assert not options_of(Settings(), EngineChoice("local", "m")).common


def test_what_belongs_to_the_protocol_is_no_option() -> None:
    with pytest.raises(SettingsError, match="messages cannot be set here"):
        load_settings(model_options={"messages": []})
