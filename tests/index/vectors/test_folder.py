import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import chromadb
import pytest
from chromadb.errors import InternalError

from index.errors import HemerotecaError, VectorsFailed
from index.filters import EVERYTHING
from index.sync.live import OpenIndex
from index.vectors.folder import FolderVectors
from tests.archives import (
    TestArchive,
    assert_equals_fresh_build,
    assert_every_vector_is_found,
    fill,
    question,
)


def test_a_second_holder_scans_the_store_and_takes_over_when_the_first_has_gone(indexed: TestArchive) -> None:
    first, second = indexed.live.get(), OpenIndex(indexed.live.home, indexed.live.home.live, FolderVectors())
    assert (first.vectors.state, second.vectors.state) == ("chroma", "exact")
    vector = question(indexed, 5)
    assert second.vectors.search(vector, 1, EVERYTHING)[0][1] > 0.999
    assert second.tend().state == "exact"
    indexed.close()
    assert second.tend().state == "chroma"
    assert second.vectors.search(vector, 1, EVERYTHING)[0][1] > 0.999
    second.close()


def test_few_chunks_are_scanned_where_asked_for_as_long_as_chroma_has_nothing_to_learn(
    indexed: TestArchive,
) -> None:
    few, more = (TestArchive(indexed.folder, vectors=FolderVectors(scanned)) for scanned in (59, 60))
    assert more.live.get().vectors.state == "exact"
    assert more.live.get().vectors.search(question(indexed, 5), 1, EVERYTHING)[0][1] > 0.999
    more.close()
    assert few.live.get().vectors.state == "chroma"
    few.close()
    more.write("new.txt", "Una noticia más, que Chroma no conoce.")
    more.sync()
    assert_every_vector_is_found(more)
    more.close()


def test_vectors_opened_in_one_thread_can_be_closed_in_another(indexed: TestArchive) -> None:
    assert indexed.live.get().vectors.state == "chroma"
    closer = threading.Thread(target=indexed.close)
    closer.start()
    closer.join()
    assert indexed.live.get().vectors.state == "chroma"


def test_a_folder_that_was_closed_cleanly_is_opened_as_it_is(
    indexed: TestArchive, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        index = indexed.live.get()
        assert len(index.vectors.search(question(indexed, 1), 5, EVERYTHING)) == 5
        indexed.close()
    assert "not left whole" not in caplog.text


def test_a_folder_whose_holder_was_killed_while_it_only_read_is_opened_as_it_is(
    indexed: TestArchive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = indexed.live.get()
    index.vectors.search(question(indexed, 1), 5, EVERYTHING)
    # What a kill leaves: the files as they are, nothing closed. Copies keep their times.
    shutil.copytree(indexed.folder, tmp_path / "killed")
    killed = TestArchive(tmp_path / "killed")
    assert_every_vector_is_found(killed)
    assert "not left whole" not in caplog.text
    killed.close()


def test_a_folder_whose_writer_was_killed_is_built_again_and_finds_every_vector(
    indexed: TestArchive, caplog: pytest.LogCaptureFixture
) -> None:
    (indexed.live.home.live / "chroma.manifest").unlink()
    with caplog.at_level(logging.WARNING, logger="index"):
        assert_every_vector_is_found(indexed)
    assert "not left whole" in caplog.text
    indexed.close()


def _truncate_data(folder: Path) -> None:
    for file in folder.glob("*/*.bin"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _truncate_database(folder: Path) -> None:
    database = folder / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:20_000])


def _garble_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"this is no database" * 1000)


def _garble_data(folder: Path) -> None:
    for file in folder.glob("*/*"):
        file.write_bytes(bytes(reversed(file.read_bytes())))


def _delete_segment(folder: Path) -> None:
    for segment in [path for path in folder.iterdir() if path.is_dir()]:
        shutil.rmtree(segment)


def _delete_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def _delete_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").unlink()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 1,500 documents, so that Chroma has written its segment to disk."""
    archive = TestArchive(tmp_path_factory.mktemp("large") / "archive")
    texts = {f"{number:04}": f"La noticia número {number}." for number in range(1500)}
    archive.write_lines("all.jsonl", texts)
    archive.sync()
    archive.close()
    assert list((archive.live.home.live / "chroma").glob("*/data_level0.bin"))
    return archive.folder


@pytest.mark.parametrize(
    "damage",
    [
        _truncate_data,
        _truncate_database,
        _garble_database,
        _garble_data,
        _delete_segment,
        _delete_folder,
        _delete_database,
    ],
)
def test_a_damaged_folder_is_built_again_without_embedding_anything(
    damage: Callable[[Path], None], large: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(large, tmp_path / "archive")
    archive = TestArchive(tmp_path / "archive")
    damage(archive.live.home.live / "chroma")
    with caplog.at_level(logging.WARNING, logger="index"):
        assert archive.sync().unchanged == 1500
    assert archive.embedder.passages == 0
    assert len(caplog.records) <= 1
    assert archive.live.get().store.outbox.pending() == 0
    assert_every_vector_is_found(archive)
    archive.close()


def test_an_older_folder_that_is_put_back_is_filled_up(indexed: TestArchive, tmp_path: Path) -> None:
    chroma = indexed.live.home.live / "chroma"
    shutil.copytree(chroma, tmp_path / "older")
    indexed.write("new.txt", "Una noticia que acaba de llegar.")
    indexed.sync()
    indexed.close()
    shutil.rmtree(chroma)
    shutil.copytree(tmp_path / "older", chroma)
    indexed.sync()
    assert_equals_fresh_build(indexed, tmp_path / "fresh")


@pytest.mark.parametrize(
    ("message", "kind", "sentence"),
    [
        ("error returned from database: (code: 13) database or disk is full", HemerotecaError, "make room"),
        ("the index is broken", VectorsFailed, "run “hemeroteca index”"),
    ],
)
def test_a_chroma_that_cannot_be_written_is_an_error_in_words_and_the_next_run_mends_it(
    archive: TestArchive,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    message: str,
    kind: type[HemerotecaError],
    sentence: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InternalError(message)

    fill(archive, 5)
    with monkeypatch.context() as patched:
        patched.setattr(chromadb.Collection, "upsert", fail)
        with pytest.raises(kind, match=sentence):
            archive.sync()
    archive.close()
    assert archive.sync().unchanged == 5
    assert_equals_fresh_build(archive, tmp_path / "fresh")
