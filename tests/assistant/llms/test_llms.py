"""Which engine the settings mean, where its text goes, and what a model is opened with."""

import asyncio
import sys
from pathlib import Path

import pytest
from llama_index.core.llms import LLM, ChatMessage

from assistant.errors import EngineFailed, SettingsError
from assistant.llms import local
from assistant.llms.calls import read
from assistant.llms.choice import EngineChoice, choose_engine, open_llm
from assistant.settings import Settings
from tests.model_server import ModelServer, says, stalls_after


async def read_all(llm: LLM) -> None:
    async for _ in await llm.astream_chat([ChatMessage(role="user", content="hola")]):
        pass


@pytest.fixture
def no_local_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)


@pytest.mark.usefixtures("no_local_model")
def test_without_key_or_server_answers_are_extracted() -> None:
    assert choose_engine(Settings()) == EngineChoice("extractive")


def test_a_key_chooses_openai_and_says_where_the_text_goes() -> None:
    choice = choose_engine(Settings(api_key="sk-1", model="gpt-5-mini"))
    assert (choice.name, choice.model, choice.destination) == ("openai", "gpt-5-mini", "api.openai.com")


def test_the_usual_variables_of_openai_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://user:pass@models.example.org:8443/v1")
    assert choose_engine(Settings()).destination == "models.example.org:8443"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434/v1",
        "http://127.0.0.1:8000/v1",
        "http://[::1]:1234/v1",
        "http://a.localhost/v1",
    ],
)
def test_a_server_on_this_machine_needs_no_key_and_is_no_destination(url: str) -> None:
    choice = choose_engine(Settings(base_url=url))
    assert choice.name == "openai" and choice.destination is None


@pytest.mark.parametrize("url", ["https://localhost.example.org/v1", "http://192.168.1.7:8000/v1"])
def test_another_machine_is_a_destination_even_in_the_same_network(url: str) -> None:
    assert choose_engine(Settings(base_url=url)).destination


def test_extraction_can_be_demanded_although_there_is_a_key() -> None:
    choice = choose_engine(Settings(engine="extractive", api_key="sk-1"))
    assert choice == EngineChoice("extractive") and open_llm(Settings(), choice) is None


def test_openai_without_key_or_server_is_refused_with_what_to_set() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        choose_engine(Settings(engine="openai"))


@pytest.mark.usefixtures("no_local_model")
def test_a_local_engine_that_is_not_installed_is_refused_with_the_command() -> None:
    with pytest.raises(SettingsError, match=r"pip install 'hemeroteca\[local\]'"):
        choose_engine(Settings(engine="local"))


@pytest.mark.parametrize("url", ["localhost:11434", "ftp://host/v1", "http:///v1"])
def test_a_url_that_is_not_whole_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="HEMEROTECA_BASE_URL"):
        choose_engine(Settings(base_url=url))


@pytest.mark.parametrize(
    ("model", "temperature"),
    [
        ("gpt-5-mini", 1.0),
        ("o4-mini", 1.0),
        ("gpt-6-astra", 1.0),
        ("openai/gpt-5-nano", 1.0),
        ("gpt-4o-mini", 0.0),
        ("qwen2.5:7b", 0.0),
    ],
)
def test_models_that_reason_are_asked_at_the_only_temperature_they_take(
    model: str, temperature: float
) -> None:
    with ModelServer(says("ok")) as server:
        settings = Settings(base_url=server.url, model=model)
        llm = open_llm(settings, choose_engine(settings))
        assert llm is not None
        asyncio.run(read_all(llm))
        assert server.requests[0]["temperature"] == temperature
        assert server.requests[0]["model"] == model
        assert server.requests[0]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize("model", ["gpt-5-mini", "gpt-4o-mini", "a-model-of-next-year"])
def test_any_model_of_openai_opens_known_or_not(model: str) -> None:
    settings = Settings(api_key="sk-1", model=model)
    llm = open_llm(settings, choose_engine(settings))
    assert llm is not None and llm.metadata.is_chat_model


def test_the_parts_of_a_model_are_joined_only_if_they_are_the_published_file(tmp_path: Path) -> None:
    parts = [tmp_path / "1.bin", tmp_path / "2.bin"]
    for part, content in zip(parts, (b"one ", b"two"), strict=True):
        part.write_bytes(content)
    target = tmp_path / "cache" / "model.gguf"
    with pytest.raises(EngineFailed, match="damaged"):
        local.join(parts, target, "0" * 64)
    assert list(target.parent.iterdir()) == []
    local.join(parts, target, "8ab63e29a4ba14e4e1688f9c15e5af90895421358c945b0431f85d66977bd3d2")
    assert target.read_bytes() == b"one two"


def test_a_model_that_cannot_chat_is_refused_by_name() -> None:
    settings = Settings(api_key="sk-1", model="gpt-5.2-pro")
    with pytest.raises(SettingsError, match="HEMEROTECA_MODEL"):
        open_llm(settings, choose_engine(settings))


def test_neither_settings_nor_model_show_the_key() -> None:
    settings = Settings(api_key="sk-very-secret", model="gpt-5-mini")
    llm = open_llm(settings, choose_engine(settings))
    assert llm is not None
    for shown in (repr(settings), repr(llm), str(llm.to_dict()), str(llm.to_payload())):
        assert "sk-very-secret" not in shown


def test_a_model_reads_what_it_is_given_and_is_let_go_at_its_first_word() -> None:
    messages = [ChatMessage(role="system", content="Las reglas.")]
    with ModelServer(stalls_after("Bien")) as server:
        settings = Settings(base_url=server.url, api_key="sk-1", model="m")
        llm = open_llm(settings, choose_engine(settings))
        assert llm is not None
        read(llm, messages, deadline=20)
        assert server.requests[0]["messages"] == [{"role": "system", "content": "Las reglas."}]
        assert server.abandoned.wait(10)
