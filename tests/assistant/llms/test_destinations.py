"""Where text of the archive is sent, and that it is told."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.commands.frame import tell_embedding_destination
from assistant.llms.choice import Destination, embedding_destination

THERE = "https://ana:secret@vectors.example:8443/v1"


def test_documents_are_embedded_on_this_machine_unless_a_server_is_asked_for() -> None:
    assert embedding_destination(Settings()) is None
    assert (
        embedding_destination(Settings(embedding="openai", embedding_base_url="http://127.0.0.1:9/v1"))
        is None
    )


def test_a_server_elsewhere_is_told_without_the_name_and_password_in_its_address() -> None:
    settings = Settings(embedding="openai", embedding_base_url=THERE, embedding_model="e5-large")
    assert embedding_destination(settings) == Destination("vectors.example:8443", "e5-large")


def test_without_an_address_documents_are_embedded_where_the_client_would_send_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    embedded = Settings(embedding="openai")
    assert embedding_destination(embedded) == Destination("api.openai.com", "text-embedding-3-small")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://gpu.office:8000/v1")
    assert embedding_destination(embedded) == Destination("gpu.office:8000", "text-embedding-3-small")


def test_the_command_line_says_so_before_anything_is_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(documents=tmp_path, embedding="openai", embedding_base_url=THERE)
    tell_embedding_destination(Assistant(settings))
    told = capsys.readouterr().err
    assert "vectors.example" in told and "HEMEROTECA_EMBEDDING=e5" in told and "secret" not in told


def test_nothing_is_said_where_nothing_leaves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell_embedding_destination(Assistant(Settings(documents=tmp_path)))
    assert capsys.readouterr().err == ""
