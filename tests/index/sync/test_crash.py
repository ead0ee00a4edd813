"""A process that is killed at any step leaves an index that answers, and that the next run completes."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.filters import EVERYTHING
from tests.archives import TestArchive, assert_equals_fresh_build, content, fill, question
from tests.crashing import AROUND_THE_SWITCH, IN_CHROMA, IN_THE_STORE

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 30 documents, indexed."""
    archive = TestArchive(tmp_path_factory.mktemp("indexed") / "archive")
    fill(archive, 30)
    archive.sync()
    archive.close()
    return archive.folder


def copy(indexed: Path, tmp_path: Path) -> TestArchive:
    shutil.copytree(indexed, tmp_path / "archive")
    return TestArchive(tmp_path / "archive")


def change(archive: TestArchive) -> None:
    """Change five documents, remove five, add thirty."""
    for number in range(5):
        archive.write(f"{number:04}.txt", f"La noticia {number} fue corregida. Ya no es la que era.")
        (archive.root / f"{number + 5:04}.txt").unlink()
    for number in range(30):
        archive.write(f"new/{number:04}.txt", f"La noticia nueva {number}. No estaba antes.")


def crash(archive: TestArchive, mode: str, step: str, count: int) -> None:
    """Index in a child process that kills itself at a step.

    The next run has to wait for the lock: the one who lit the fuse outlives the child a moment, and holds it too.
    """
    command = [sys.executable, "-m", "tests.crashing", str(archive.folder), mode, step, str(count)]
    child = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr


def assert_still_answers(archive: TestArchive, before: dict[str, list[tuple[object, ...]]]) -> None:
    """The documents that the run was not about are all there, and every other is whole."""
    store = archive.live.get().store
    now = content(store)
    untouched = {row for row in before["documents"] if "0010.txt" <= str(row[0]) <= "0029.txt"}
    assert untouched <= set(now["documents"])
    chunks, full_text, _ = now["counts"][0]
    assert chunks == full_text
    assert {row[1] for row in now["chunks"]} == {row[0] for row in now["documents"]}
    found = archive.live.get().vectors.search(question(archive, 12), 1, EVERYTHING)
    assert found[0][1] > 0.999


@pytest.mark.parametrize("step", [*IN_THE_STORE, *IN_CHROMA])
def test_after_a_kill_in_a_run_the_old_version_answers_and_the_next_run_completes(
    step: str, indexed: Path, tmp_path: Path
) -> None:
    archive = copy(indexed, tmp_path)
    before = content(archive.live.get().store)
    archive.close()
    change(archive)
    crash(archive, "sync", step, 3 if step in IN_THE_STORE[2:] else 1)
    assert_still_answers(archive, before)
    archive.close()
    archive.sync(wait=True)
    assert_equals_fresh_build(archive, tmp_path / "fresh")
    archive.close()


@pytest.mark.parametrize("step", ["embedded", "transaction", "during upsert", "settle", *AROUND_THE_SWITCH])
def test_after_a_kill_in_a_rebuild_an_index_answers_and_the_next_rebuild_completes(
    step: str, indexed: Path, tmp_path: Path
) -> None:
    archive = copy(indexed, tmp_path)
    before = content(archive.live.get().store)
    archive.close()
    crash(archive, "rebuild", step, 1)
    assert_still_answers(archive, before)
    archive.close()
    archive.builder().rebuild(wait=True)
    assert_equals_fresh_build(archive, tmp_path / "fresh")
    archive.close()
    generations = [folder.name for folder in archive.live.home.path.iterdir() if folder.is_dir()]
    assert generations == [archive.live.home.live.name]


def test_a_rebuild_goes_on_from_where_it_was_killed(indexed: Path, tmp_path: Path) -> None:
    archive = copy(indexed, tmp_path)
    crash(archive, "rebuild", "stored", 20)
    archive.builder().rebuild(wait=True)
    assert archive.embedder.passages <= 11
    archive.close()


def test_a_run_after_a_killed_rebuild_drops_what_it_left(indexed: Path, tmp_path: Path) -> None:
    archive = copy(indexed, tmp_path)
    crash(archive, "rebuild", "stored", 20)
    archive.sync(wait=True)
    archive.close()
    assert [folder.name for folder in archive.live.home.path.iterdir() if folder.is_dir()] == ["1"]
