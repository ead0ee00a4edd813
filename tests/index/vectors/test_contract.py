"""What both forms of Chroma, in a folder and as a server, do for an index."""

from collections.abc import Iterator
from pathlib import Path

import chromadb
import pytest
from chromadb.errors import InternalError

from index.errors import VectorsFailed
from index.filters import EVERYTHING, DocumentFilter
from index.vectors import Vectors
from index.vectors.exact import scan
from index.vectors.folder import FolderVectors
from index.vectors.server import ChromaServer, ServerVectors
from tests.archives import (
    TestArchive,
    assert_equals_fresh_build,
    assert_every_vector_is_found,
    fill,
    question,
    vector_of,
)
from tests.embedders import HashEmbedder


@pytest.fixture(params=["folder", pytest.param("server", marks=pytest.mark.services)])
def kept(request: pytest.FixtureRequest) -> Vectors:
    """Where vectors are kept."""
    if request.param == "folder":
        return FolderVectors()
    return ServerVectors(ChromaServer(request.getfixturevalue("chroma_url")))


@pytest.fixture
def archive(tmp_path: Path, kept: Vectors) -> Iterator[TestArchive]:
    made = TestArchive(tmp_path / "archive", vectors=kept)
    yield made
    made.close()


def test_a_run_leaves_every_chunk_learned(indexed: TestArchive) -> None:
    index = indexed.live.get()
    assert (index.store.outbox.pending(), index.vectors.count()) == (0, 60)
    assert_every_vector_is_found(indexed)


@pytest.mark.parametrize(
    "wanted", [EVERYTHING, DocumentFilter(documents=("0003.txt", "0004.txt")), DocumentFilter(language="xx")]
)
def test_chroma_finds_what_the_exact_scan_finds(indexed: TestArchive, wanted: DocumentFilter) -> None:
    index = indexed.live.get()
    for number in range(0, 60, 7):
        vector = question(indexed, number)
        by_chroma = index.vectors.search(vector, 5, wanted)
        exactly = scan(index.store, vector, 5, wanted)
        assert [id_ for id_, _ in by_chroma] == [id_ for id_, _ in exactly]
        # The store keeps half precision, and so does what Chroma learned from it.
        assert [c for _, c in by_chroma] == pytest.approx([c for _, c in exactly], abs=5e-4)


def test_a_filter_by_documents_admits_no_other(indexed: TestArchive) -> None:
    index = indexed.live.get()
    found = index.vectors.search(question(indexed, 9), 10, DocumentFilter(documents=("0003.txt",)))
    wanted = index.store.connection.execute(
        "SELECT chunks.id FROM chunks JOIN documents ON documents.key = chunks.document "
        "WHERE documents.id = '0003.txt'"
    ).fetchall()
    assert [(id_,) for id_, _ in found] == wanted


def test_changes_and_removals_are_learned(indexed: TestArchive, tmp_path: Path) -> None:
    indexed.write("0001.txt", "La noticia fue corregida.")
    (indexed.root / "0002.txt").unlink()
    indexed.sync()
    assert indexed.live.get().vectors.count() == 59
    assert_equals_fresh_build(indexed, tmp_path / "fresh")


def test_what_chroma_has_yet_to_learn_is_found_at_once(
    indexed: TestArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InternalError("not now")

    owner = indexed.live.get()
    assert owner.vectors.state == "chroma"
    indexed.write("new.txt", "Una noticia que acaba de llegar.")
    with monkeypatch.context() as patched:
        patched.setattr(chromadb.Collection, "upsert", fail)
        with pytest.raises(VectorsFailed):
            indexed.sync()
    owner.tend(limit=0)
    # In a folder, all is to be learned anew: what a failed writer left is not trusted.
    pending = 61 if isinstance(indexed.vectors, FolderVectors) else 1
    assert (owner.vectors.broken, owner.store.outbox.pending()) == (False, pending)
    vector = vector_of(indexed, "new", "Una noticia que acaba de llegar.")
    assert owner.vectors.search(vector, 1, EVERYTHING)[0][1] > 0.999


def test_an_emptied_chroma_is_filled_again_by_the_next_run(indexed: TestArchive, tmp_path: Path) -> None:
    index = indexed.live.get()
    collection = index.vectors._chroma.collection  # type: ignore[attr-defined]
    collection.delete(ids=collection.get(include=[])["ids"][:20])
    indexed.close()
    indexed.sync()
    assert indexed.embedder.passages == 60
    assert_equals_fresh_build(indexed, tmp_path / "fresh")


def test_a_failing_chroma_costs_no_answer_and_is_opened_again(
    indexed: TestArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = indexed.live.get()
    assert index.vectors.state == "chroma"

    def fail(*_: object, **__: object) -> None:
        raise InternalError("the index is broken")

    with monkeypatch.context() as patched:
        patched.setattr(chromadb.Collection, "query", fail)
        assert index.vectors.search(question(indexed, 3), 1, EVERYTHING)[0][1] > 0.999
    assert index.vectors.broken
    index.tend()
    assert not index.vectors.broken
    assert_every_vector_is_found(indexed)


def test_a_chroma_that_cannot_be_written_keeps_what_was_indexed_and_the_next_run_mends_it(
    archive: TestArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InternalError("the index is broken")

    fill(archive, 5)
    with monkeypatch.context() as patched:
        patched.setattr(chromadb.Collection, "upsert", fail)
        with pytest.raises(VectorsFailed, match="“hemeroteca index”"):
            archive.sync()
    archive.close()
    assert archive.sync().unchanged == 5
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_rebuild_learns_anew_and_the_generation_before_is_forgotten(
    indexed: TestArchive, tmp_path: Path
) -> None:
    indexed.embedder = HashEmbedder("hash-2")
    indexed.sync()
    assert_equals_fresh_build(indexed, tmp_path / "fresh")
