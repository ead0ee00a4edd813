import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant import archive as module
from assistant.archive import Archive
from assistant.assistant import Assistant
from assistant.finding.retrieval import Candidate, Retriever
from assistant.settings import Settings
from index.errors import DocumentsMissing, EmbeddingFailed, HemerotecaError, IndexDamaged
from index.store.listing import Wish
from tests.embedders import HashEmbedder


@pytest.fixture
def open_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Opens the archive with the hash embedder, the embedding model being part of its identity."""
    opened: list[Archive] = []

    def embedder(*, model: str, **_: Any) -> HashEmbedder:
        if model == "gone":
            raise EmbeddingFailed("the model is gone")
        return HashEmbedder(f"hash-{model}")

    def open_with(model: str) -> Archive:
        settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", embedding_model=model)
        opened.append(Archive(settings))
        return opened[-1]

    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("El alcalde habló el martes.", "utf-8")
    monkeypatch.setattr(module, "open_embedder", embedder)
    yield open_with
    for archive in opened:
        archive.close()


def wait_until(reached: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(600):
        if reached():
            return
        pause.wait(0.05)
    raise AssertionError("it never came")


def test_until_it_is_built_anew_an_index_answers_with_the_model_that_embedded_it(
    open_archive: Callable[[str], Archive],
) -> None:
    open_archive("one").sync()
    changed = open_archive("two")
    assert changed.retriever().embedder.identity == "hash-one"
    with changed.following(sync=True):
        wait_until(lambda: changed.retriever().embedder.identity == "hash-two")


def test_an_index_whose_model_cannot_be_opened_is_an_error_that_names_the_command(
    open_archive: Callable[[str], Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_archive("one").sync()
    monkeypatch.setattr(module, "open_embedder", lambda **_: HashEmbedder("hash-other"))
    with pytest.raises(IndexDamaged, match=r"hash-one.*hash-other.*“hemeroteca index”"):
        open_archive("two").retriever()


def test_a_watched_folder_is_indexed_as_it_changes(
    open_archive: Callable[[str], Archive], tmp_path: Path
) -> None:
    archive = open_archive("one")
    with archive.following(watch=True):
        wait_until(lambda: len(archive.documents()) == 1)
        (tmp_path / "documents" / "b.txt").write_text("Otra noticia.", "utf-8")
        wait_until(lambda: len(archive.documents()) == 2)


def test_watching_a_missing_folder_is_refused(open_archive: Callable[[str], Archive], tmp_path: Path) -> None:
    archive = open_archive("one")
    (tmp_path / "documents" / "a.txt").unlink()
    (tmp_path / "documents").rmdir()
    with pytest.raises(DocumentsMissing, match="--documents"):
        archive.watch(threading.Event())


def test_looking_at_an_archive_that_was_never_indexed_makes_nothing(
    open_archive: Callable[[str], Archive], tmp_path: Path
) -> None:
    archive = open_archive("one")
    assert archive.documents() == ()
    assert archive.index_summary()["vectors"] == {"state": "absent", "count": 0}
    assert not (tmp_path / "index").exists()


def test_the_summary_tells_what_was_skipped_and_why(
    open_archive: Callable[[str], Archive], tmp_path: Path
) -> None:
    archive = open_archive("one")
    (tmp_path / "documents" / "empty.txt").touch()
    archive.sync()
    summary = archive.index_summary()
    assert summary["files"] == {"indexed": 1, "skipped": 1}
    assert summary["vectors"] == {"state": "ready", "count": 1}
    assert summary["skipped"] == [{"path": "empty.txt", "reason": "the file is empty", "code": "empty"}]
    assert summary["bytes"]["store"] > 0


@pytest.mark.parametrize(
    "look",
    [
        Archive.documents,
        Archive.catalogue,
        lambda archive: archive.listing(Wish()),
        Archive.overview,
        lambda archive: archive.sizes(["a.txt"]),
        lambda archive: archive.document("a.txt"),
        Archive.index_summary,
        lambda archive: archive.search("alcalde"),
        lambda archive: archive.timeline("alcalde"),
        lambda archive: archive.as_retriever().retrieve("alcalde"),
    ],
)
def test_whoever_looks_into_an_index_that_cannot_be_used_is_told_which(
    look: Callable[[Assistant], object], open_archive: Callable[[str], Archive], tmp_path: Path
) -> None:
    open_archive("one").sync()
    with closing(sqlite3.connect(tmp_path / "index" / "1" / "store.sqlite3")) as other:
        other.execute("ALTER TABLE documents RENAME TO away")
    settings = open_archive("one").settings
    with (
        Assistant(settings) as assistant,
        pytest.raises(HemerotecaError, match=re.escape(str(settings.index))),
    ):
        look(assistant)


def test_an_index_that_does_not_tell_whether_it_is_complete_is_named(
    open_archive: Callable[[str], Archive], tmp_path: Path
) -> None:
    open_archive("one").sync()
    with closing(sqlite3.connect(tmp_path / "index" / "1" / "store.sqlite3")) as other:
        other.execute("ALTER TABLE meta RENAME TO away")
    with pytest.raises(HemerotecaError, match=re.escape(str(tmp_path / "index"))):
        open_archive("one").ensure_indexed()


def test_a_document_that_went_after_it_was_found_is_left_out_of_the_nodes(
    open_archive: Callable[[str], Archive], tmp_path: Path
) -> None:
    gone = tmp_path / "documents" / "b.txt"
    gone.write_text("El alcalde habló otra vez.", "utf-8")

    class Slow(Retriever):
        """While its chunks are looked at, somebody else indexes."""

        def retrieve(self, *asked: Any, **wanted: Any) -> list[Candidate]:
            found = super().retrieve(*asked, **wanted)
            gone.unlink(missing_ok=True)
            open_archive("one").sync()
            return found

    class Delayed(Assistant):
        def retriever(self) -> Retriever:
            index = super().retriever()
            return Slow(index.store, index.vectors, index.embedder, index.matcher)

    open_archive("one").sync()
    with Delayed(open_archive("one").settings) as assistant:
        (node,) = assistant.as_retriever().retrieve("¿Qué dijo el alcalde?")
    assert node.metadata["document_id"] == "a.txt"
