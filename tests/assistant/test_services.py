"""Indexing and asking with servers instead of files."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.errors import HemerotecaError
from tests.assistant.test_seed_questions import ANSWERS, UNANSWERABLE, prove
from tests.servers import free_port

pytestmark = pytest.mark.services


def assert_answers_the_seed(assistant: Assistant) -> None:
    for question, words in ANSWERS.items():
        answer = assistant.ask(question)
        prove(answer)
        assert any(words in citation.quote for citation in answer.citations), question
    for question in UNANSWERABLE:
        assert not assistant.ask(question).answered, question


def with_servers(settings: Settings, **servers: str) -> Settings:
    return Settings(**{**settings.model_dump(), **servers})


def test_an_archive_whose_vectors_are_in_a_chroma_server_is_indexed_and_asked(
    seed: Settings, chroma_url: str
) -> None:
    with Assistant(with_servers(seed, vectors=chroma_url)) as assistant:
        report = assistant.sync()
        assert assistant.index_summary()["vectors"] == {"state": "ready", "count": report.chunks}
        assert not list(seed.index.glob("*/chroma"))
        assert_answers_the_seed(assistant)


def test_an_archive_in_postgresql_and_a_chroma_server_is_indexed_and_asked(
    seed: Settings, chroma_url: str, database_url: str
) -> None:
    with Assistant(with_servers(seed, vectors=chroma_url, store=database_url)) as assistant:
        report = assistant.sync()
        summary = assistant.index_summary()
        assert summary["vectors"] == {"state": "ready", "count": report.chunks}
        assert summary["bytes"]["store"] > 0
        assert not seed.index.exists()
        assert_answers_the_seed(assistant)
        assert assistant.sync().unchanged == report.documents


def test_two_machines_share_an_archive_in_postgresql(
    seed: Settings, tmp_path: Path, chroma_url: str, database_url: str
) -> None:
    settings = with_servers(seed, vectors=chroma_url, store=database_url)
    other = settings.model_copy(update={"index": tmp_path / "elsewhere", "documents": tmp_path / "none"})
    with Assistant(settings) as indexing, Assistant(other) as asking:
        indexing.sync()
        assert_answers_the_seed(asking)
        (seed.documents / "new.txt").write_text("El alcalde Benito Robles inauguró el mercado.", "utf-8")
        indexing.sync()
        answer = asking.ask("¿Quién inauguró el mercado?")
        assert any("Benito Robles" in citation.quote for citation in answer.citations)


def test_a_database_that_is_down_is_an_error_that_names_the_setting(seed: Settings, chroma_url: str) -> None:
    url = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/archive"
    with (
        Assistant(with_servers(seed, vectors=chroma_url, store=url)) as assistant,
        pytest.raises(HemerotecaError, match="HEMEROTECA_STORE") as raised,
    ):
        assistant.sync()
    assert "secret" not in str(raised.value)
