"""A rebuild takes over the last good version of what cannot be read just now, as a run in place keeps it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.store.home import FolderHome
from index.sync.indexer import Progress
from tests.archives import TestArchive, assert_every_vector_is_found, fill
from tests.embedders import HashEmbedder


def texts(archive: TestArchive) -> dict[str, str]:
    return {document.id: document.text for document in archive.live.get().store.documents()}


def empty(file: Path) -> None:
    file.write_text("")


def link_outside(file: Path) -> None:
    file.unlink()
    file.symlink_to("/nowhere/at/all")


def grow(file: Path) -> None:
    os.truncate(file, 1024**3)


@pytest.mark.parametrize("spoil", [empty, link_outside, grow])
@pytest.mark.parametrize("identity", ["hash-1", "hash-2"])
def test_a_rebuild_keeps_the_last_good_version_of_a_file_that_cannot_be_read(
    archive: TestArchive, spoil: Callable[[Path], None], identity: str
) -> None:
    fill(archive, 3)
    archive.write_lines("many.jsonl", {"x": "Llovió en Lima.", "y": "Nevó en Oslo."})
    archive.sync()
    before = texts(archive)
    spoil(archive.root / "0001.txt")
    spoil(archive.root / "many.jsonl")
    archive.embedder = HashEmbedder(identity)
    report = archive.builder().rebuild()
    assert texts(archive) == before
    assert report.documents == 5
    assert {skip.path for skip in report.skipped} == {"0001.txt", "many.jsonl"}
    assert_every_vector_is_found(archive)
    embedded = archive.embedder.passages
    report = archive.sync()
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 5)
    assert archive.embedder.passages == embedded


def test_what_a_rebuild_took_over_is_read_when_it_can_be_and_goes_when_its_file_goes(
    archive: TestArchive,
) -> None:
    fill(archive, 4)
    archive.sync()
    for name in ("0001.txt", "0002.txt"):
        link_outside(archive.root / name)
    archive.builder().rebuild()
    for name in ("0001.txt", "0002.txt"):
        (archive.root / name).unlink()
    archive.write("0001.txt", "Ahora dice otra cosa.")
    report = archive.sync()
    assert (report.changed, report.removed) == (1, 1)
    assert texts(archive)["0001.txt"] == "Ahora dice otra cosa."


def test_a_rebuild_does_not_bring_back_what_is_gone(archive: TestArchive) -> None:
    fill(archive, 3)
    archive.sync()
    (archive.root / "0001.txt").unlink()
    archive.builder().rebuild()
    assert archive.ids() == {"0000.txt", "0002.txt"}


def test_a_rebuild_that_was_interrupted_takes_over_the_rest_and_does_not_embed_again(
    archive: TestArchive,
) -> None:
    class Interrupted(BaseException):
        pass

    def stop(progress: Progress) -> None:
        if progress.name == "y":
            raise Interrupted

    fill(archive, 2)
    archive.write_lines("many.jsonl", {"x": "Llovió.", "y": "Nevó.", "z": "Granizó."})
    archive.sync()
    before = texts(archive)
    empty(archive.root / "many.jsonl")
    with pytest.raises(Interrupted):
        archive.builder(stop).rebuild()
    archive.close()
    archive.builder().rebuild()
    assert texts(archive) == before


def test_a_better_version_from_an_interrupted_rebuild_is_not_replaced_by_the_older_one(
    archive: TestArchive,
) -> None:
    class Interrupted(BaseException):
        pass

    def stop(progress: Progress) -> None:
        if progress.name == "0001.txt" and progress.done == 2:
            raise Interrupted

    fill(archive, 2)
    archive.sync()
    archive.write("0000.txt", "La versión nueva, que la primera pasada alcanzó a leer.")
    with pytest.raises(Interrupted):
        archive.builder(stop).rebuild()
    archive.close()
    empty(archive.root / "0000.txt")
    archive.builder().rebuild()
    assert texts(archive)["0000.txt"].startswith("La versión nueva")


def test_the_remains_of_a_rebuild_that_cannot_be_read_are_built_anew(archive: TestArchive) -> None:
    fill(archive, 3)
    archive.sync()
    home = FolderHome(archive.folder / "index")
    home.open_store(home.next).close()
    with closing(sqlite3.connect(home.next / "store.sqlite3")) as other:
        other.execute("ALTER TABLE meta RENAME TO away")
    archive.builder().rebuild()
    assert len(texts(archive)) == 3
