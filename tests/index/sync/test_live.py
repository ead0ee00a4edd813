import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import HemerotecaError
from index.filters import EVERYTHING
from index.sync.live import OpenIndex, follower
from tests.archives import (
    TestArchive,
    assert_equals_fresh_build,
    assert_every_vector_is_found,
    fill,
    question,
)
from tests.embedders import HashEmbedder

PROJECT = Path(__file__).parents[3]


def test_answers_that_began_before_a_switch_end_on_the_old_generation(archive: TestArchive) -> None:
    fill(archive, 20)
    archive.sync()
    before = archive.live.get()
    store, vectors = before.store, before.vectors
    rebuilder = TestArchive(archive.folder, HashEmbedder("hash-2"))
    rebuilder.sync()
    rebuilder.close()
    after = archive.live.get()
    assert after.folder != before.folder
    results: list[int] = []

    def answer() -> None:
        # A new thread, so that the old store needs a new connection.
        found = vectors.search(archive.embedder.embed_query("x"), 5, EVERYTHING)
        results.extend([len(found), len(list(store.documents()))])

    thread = threading.Thread(target=answer)
    thread.start()
    thread.join()
    assert results == [5, 20]


def test_the_old_generation_goes_when_its_last_reader_has(archive: TestArchive) -> None:
    fill(archive, 3)
    archive.sync()
    old = archive.live.get().folder
    archive.builder().rebuild()
    assert not old.exists()


def test_another_embedding_model_builds_anew_and_the_old_index_answers_until_the_switch(
    archive: TestArchive, tmp_path: Path
) -> None:
    fill(archive, 20)
    archive.sync()
    vector = question(archive, 7)
    answers: list[float] = []
    archive.embedder = HashEmbedder("hash-2")

    def ask(_: object) -> None:
        index = archive.live.get()
        assert index.store.fact("embedding") == "hash-1"
        answers.append(index.vectors.search(vector, 1, EVERYTHING)[0][1])

    report = archive.builder(ask).sync()
    assert report.added == 20
    assert len(answers) > 20 and min(answers) > 0.999
    assert archive.live.get().store.fact("embedding") == "hash-2"
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_changed_model_over_an_emptied_folder_is_refused(archive: TestArchive) -> None:
    fill(archive, 20)
    archive.sync()
    for file in archive.root.iterdir():
        file.unlink()
    archive.embedder = HashEmbedder("hash-2")
    with pytest.raises(HemerotecaError, match="--allow-mass-removal"):
        archive.sync()
    assert len(archive.ids()) == 20


def test_threads_that_ask_first_at_once_share_one_index(archive: TestArchive) -> None:
    fill(archive, 3)
    archive.sync()
    archive.close()
    barrier = threading.Barrier(8)
    states: list[str] = []

    def ask() -> None:
        barrier.wait()
        states.append(archive.live.get().vectors.state)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == ["chroma"] * 8


def test_a_follower_feeds_chroma_what_another_process_indexed(archive: TestArchive) -> None:
    fill(archive, 3)
    archive.sync()
    archive.live.get().tend()
    archive.write("new.txt", "Una noticia que acaba de llegar.")
    code = (
        "import sys; from pathlib import Path; from tests.archives import TestArchive; "
        "archive = TestArchive(Path(sys.argv[1])); archive.sync(); "
        "print(archive.live.get().store.outbox.pending()); archive.close()"
    )
    command = [sys.executable, "-c", code, str(archive.folder)]
    other = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert json.loads(other.stdout) == 1
    outbox = archive.live.get().store.outbox
    with follower(archive.live, 0.01):
        _wait_for(lambda: outbox.pending() == 0)
    assert outbox.pending() == 0
    assert_every_vector_is_found(archive)


def test_a_follower_outlives_a_store_that_cannot_be_used_for_a_while(
    archive: TestArchive, caplog: pytest.LogCaptureFixture
) -> None:
    fill(archive, 3)
    archive.sync()
    archive.live.get().tend()
    outbox = archive.live.get().store.outbox
    outbox.refill()
    with closing(sqlite3.connect(archive.live.home.live / "store.sqlite3", isolation_level=None)) as other:
        other.execute("ALTER TABLE outbox RENAME TO away")
        with follower(archive.live, 0.01):
            _wait_for(lambda: bool(caplog.messages))
            assert "no such table" in caplog.text
            other.execute("ALTER TABLE away RENAME TO outbox")
            _wait_for(lambda: outbox.pending() == 0)
    assert outbox.pending() == 0
    assert len(caplog.messages) == 1


def _wait_for(happened: Callable[[], bool]) -> None:
    """Look a few hundred times whether something has happened."""
    waited = threading.Event()
    for _ in range(500):
        if happened():
            return
        waited.wait(0.01)


def test_a_dropped_index_lets_chroma_go(archive: TestArchive) -> None:
    fill(archive, 3)
    archive.sync()
    archive.close()
    dropped = OpenIndex(archive.live.home, archive.live.home.live, archive.live.vectors)
    assert dropped.vectors.state == "chroma"
    del dropped
    assert archive.live.get().vectors.state == "chroma"
