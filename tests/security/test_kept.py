"""An answer that was found is shown, kept or not; what is broken is told, and `index --full` builds it anew."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answer import Finished, ending
from assistant.doctor import examine
from index.errors import DiskFull, IndexDamaged, explained
from tests.archives import TestArchive, assert_equals_fresh_build, fill
from ui.drawing import Pen
from ui.texts import load_texts
from ui.turns import AnswerFollower, Turn

QUESTION = "¿Quién es el canciller de México?"
NAME = "Juan Ramón de la Fuente"
PROJECT = Path(__file__).parents[2]


def test_the_command_shows_its_answer_where_files_may_not_grow_and_says_that_it_is_not_kept(
    seed: Settings,
) -> None:
    folder = seed.documents.parent
    named = [f"--documents={seed.documents}", f"--index={seed.index}"]
    ask = [sys.executable, "-m", "assistant", "ask", QUESTION, *named]
    surroundings = {**os.environ, "PYTHONPATH": str(PROJECT), "HEMEROTECA_ENGINE": "extractive"}
    subprocess.run(ask, cwd=folder, env=surroundings, check=True, capture_output=True)
    limited = ["bash", "-c", 'ulimit -f 32; exec "$@"', "bash", *ask]
    shown = subprocess.run(limited, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert NAME in shown.stdout
    assert "La respuesta no se pudo guardar en las conversaciones." in shown.stderr


@pytest.fixture
def unkeeping(seed: Settings, tmp_path: Path) -> Settings:
    """An archive whose conversations can be kept nowhere."""
    (tmp_path / "file").touch()
    return seed.model_copy(update={"conversations": tmp_path / "file" / "conversations.sqlite3"})


def test_a_conversation_that_cannot_be_kept_answers_and_goes_on(unkeeping: Settings) -> None:
    with Assistant(unkeeping) as assistant:
        conversation = assistant.conversation()
        first = ending(conversation.stream("¿Dónde será la reunión ministerial?"))
        assert first.answer.answered
        assert str(unkeeping.conversations) in first.unkept
        assert "reunión ministerial" in conversation.ask("¿Y cuándo?").standalone


@pytest.mark.parametrize(
    ("language", "told"), [("es", "no se pudo guardar"), ("en", "will not be among your conversations")]
)
def test_the_page_says_beside_an_answer_that_it_could_not_be_kept(
    seed_assistant: Assistant, language: str, told: str
) -> None:
    answer = seed_assistant.ask(QUESTION)
    pen = Pen(load_texts(language))

    def drawn(event: Finished) -> str:
        turn = AnswerFollower(Turn(1, QUESTION)).after(event)
        return pen.draw(
            "turns", turns=[turn], conversation="a", held=seed_assistant.overview, filter_words=str
        )

    assert told in drawn(Finished(answer, unkept="The disk is full."))
    assert told not in drawn(Finished(answer, 1))


def test_nothing_is_promised_of_an_index_that_a_full_disk_may_keep_from_answering(tmp_path: Path) -> None:
    with pytest.raises(DiskFull) as told, explained(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "still answers" not in str(told.value)


def overwritten(at: float) -> Callable[[Path], None]:
    """Damages a store with bytes that mean nothing, at a share of its length."""

    def damage(index: Path) -> None:
        store = index / "1" / "store.sqlite3"
        data = bytearray(store.read_bytes())
        start = int(at * len(data))
        data[start : start + 20_000] = b"\xa5" * min(20_000, len(data) - start)
        store.write_bytes(data)

    return damage


def executed(statements: str) -> Callable[[Path], None]:
    """Damages a store by statements that are none of the indexer's."""

    def damage(index: Path) -> None:
        connection = sqlite3.connect(index / "1" / "store.sqlite3")
        connection.executescript(statements)
        connection.close()

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a header of nonsense": overwritten(0.0),
    "nonsense near the beginning": overwritten(0.05),
    "nonsense in the middle": overwritten(0.5),
    "nonsense at the end": overwritten(0.9),
    "an empty file": lambda index: (index / "1" / "store.sqlite3").write_bytes(b"") and None,
    "half a file": lambda index: os.truncate(index / "1" / "store.sqlite3", 40_000),
    "no file": lambda index: (index / "1" / "store.sqlite3").unlink(),
    "no table of documents": executed("DROP TABLE documents"),
    "no ledger": executed("DROP TABLE files"),
    "no table at all but the version": executed("DROP TABLE meta; DROP TABLE chunks; DROP TABLE full_text"),
    "no chunks": executed("DELETE FROM chunks"),
    "a newer version": executed("PRAGMA user_version = 999"),
    "a pointer of nonsense": lambda index: (index / "current").write_text("nonsense") and None,
    "a pointer to nowhere": lambda index: (index / "current").write_text("7") and None,
    "a next generation of nonsense": lambda index: nonsense(index / "2"),
}


def nonsense(generation: Path) -> None:
    generation.mkdir()
    (generation / "store.sqlite3").write_bytes(b"nonsense" * 1000)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_index_full_builds_anew_whatever_the_store_looks_like(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    archive = TestArchive(tmp_path / "archive")
    fill(archive, 30)
    archive.sync()
    archive.close()
    for left in (archive.folder / "index" / "1").glob("store.sqlite3-*"):
        left.unlink()
    damage(archive.folder / "index")
    broken = TestArchive(archive.folder)
    report = broken.builder().rebuild()
    assert report.documents == 30
    assert_equals_fresh_build(broken, tmp_path / "fresh")
    broken.close()


def index_state(settings: Settings) -> str:
    with Assistant(settings) as assistant:
        [finding] = [finding for finding in examine(assistant) if finding.name == "index"]
        return finding.state


@pytest.mark.parametrize(
    "statements",
    [
        "DELETE FROM chunks",
        "DELETE FROM chunks WHERE key = 1",
        "DELETE FROM full_text WHERE rowid = 2",
        "DROP TABLE full_text",
        "DROP TABLE sentences",
    ],
)
def test_the_doctor_notices_what_is_missing_from_the_store_and_says_what_mends_it(
    seed: Settings, statements: str
) -> None:
    with Assistant(seed) as assistant:
        assistant.sync()
    assert index_state(seed) == "ok"
    executed(statements)(seed.index)
    assert index_state(seed) == "failed"
    with Assistant(seed) as assistant:
        assistant.rebuild()
    assert index_state(seed) == "ok"


def test_a_damaged_index_tells_the_command_that_mends_it(tmp_path: Path) -> None:
    archive = TestArchive(tmp_path)
    fill(archive, 3)
    archive.sync()
    archive.close()
    (tmp_path / "index" / "current").write_text("nonsense")
    with pytest.raises(IndexDamaged, match="hemeroteca index --full"):
        TestArchive(tmp_path).sync()
