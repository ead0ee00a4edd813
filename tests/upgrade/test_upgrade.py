"""What older code kept opens, is brought to this version, and answers; `make.py` says how it was made."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from assistant import Assistant
from index.store.sqlite.database import VERSION
from tests.upgrade.make import DOCUMENTS, QUESTION, settings_in

KEPT = Path(__file__).parent / "before_shape.zip"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ZipFile(KEPT) as packed:
        packed.extractall(tmp_path)
    return tmp_path


@pytest.fixture
def assistant(folder: Path) -> Iterator[Assistant]:
    """An assistant over what the older code kept."""
    with Assistant(settings_in(folder)) as opened:
        yield opened


def test_an_older_index_answers_at_once_and_again_when_it_is_built_anew(assistant: Assistant) -> None:
    for _ in range(2):
        answer = assistant.ask(QUESTION)
        assert answer.answered and "3.400 euros" in answer.text
        assert all(citation.verified for citation in answer.citations)
        assert assistant.sync().skipped == ()
        store = assistant.retriever().store
        assert {document.path for document in store.documents()} == DOCUMENTS.keys()
        assert store.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert all(store.blocks(document.id) for document in store.documents())


def test_older_conversations_users_and_keys_are_as_they_were(assistant: Assistant, folder: Path) -> None:
    kept = assistant.conversations
    (summary,) = kept.summaries()
    (turn,) = kept.turns(summary.id)
    assert turn.question == QUESTION and "3.400 euros" in turn.answer["text"]
    assert kept.verdicts(summary.id) == {1: "good"}
    follow_up = assistant.conversation(summary.id).ask("¿Y quién lo abrió?")
    assert "Almazora" in follow_up.standalone and len(kept.turns(summary.id)) == 2
    people = assistant.people
    assert people.users.verified("ines", "a long enough password") is not None
    assert people.users.verified("ines", "another password") is None
    assert people.keys.holder((folder / "key.txt").read_text("utf-8")) == "reports"
