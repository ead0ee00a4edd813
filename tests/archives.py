"""Archives with the hash embedder, and what they hold, for comparison with a fresh build."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from index.document import FileReadings
from index.embed.states import unpack
from index.errors import UnreadableDocument
from index.filters import EVERYTHING
from index.readers import read_bytes
from index.sandbox import ReadJob
from index.store.home import FolderHome, Home
from index.store.store import Store
from index.sync.build import Builder
from index.sync.indexer import Progress, SyncReport
from index.sync.live import Live
from index.sync.pipeline import LocalPipeline
from index.vectors import Vectors
from index.vectors.folder import FolderVectors
from tests.embedders import HashEmbedder


@dataclass
class TestArchive:
    """A folder of documents with an index beside it."""

    __test__ = False

    folder: Path
    embedder: HashEmbedder = field(default_factory=HashEmbedder)
    vectors: Vectors = field(default_factory=FolderVectors)
    home: Home | None = None

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.live = Live(self.home or FolderHome(self.folder / "index"), self.vectors)

    @property
    def root(self) -> Path:
        return self.folder / "documents"

    def write(self, path: str, text: str) -> Path:
        """Put a file into the folder of documents."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def write_lines(self, path: str, documents: Mapping[str, str]) -> Path:
        """Put a JSONL file of documents, texts by id, into the folder of documents."""
        lines = (json.dumps({"id": id_, "text": text}) for id_, text in documents.items())
        return self.write(path, "\n".join(lines))

    def builder(self, progress: Callable[[Progress], None] = lambda _: None) -> Builder:
        pipeline = LocalPipeline(self.embedder, in_process)
        return Builder(self.live, self.root, pipeline, f"test {self.embedder.identity}", progress)

    def sync(self, **options: bool) -> SyncReport:
        return self.builder().sync(**options)

    def ids(self) -> set[str]:
        return {document.id for document in self.live.get().store.documents()}

    def close(self) -> None:
        self.live.close()


class InProcess:
    """Reads in this process: the sandbox is not what is tested."""

    def submit(self, job: ReadJob) -> "Future[FileReadings]":
        future: Future[FileReadings] = Future()
        try:
            future.set_result(read_bytes(job.data, job.path, job.modified))
        except UnreadableDocument as error:
            future.set_exception(error)
        return future


def in_process() -> AbstractContextManager[InProcess]:
    return nullcontext(InProcess())


def fill(archive: TestArchive, count: int) -> None:
    """Write `count` small documents."""
    for number in range(count):
        archive.write(f"{number:04}.txt", _news(number))


def question(archive: TestArchive, number: int) -> np.ndarray:
    """The vector that one of those documents is searched by."""
    return vector_of(archive, f"{number:04}", _news(number))


def vector_of(archive: TestArchive, name: str, text: str) -> np.ndarray:
    """The vector that a document of one short line is searched by: its title is that line."""
    return archive.embedder.embed_query(f"{text} › {name}\n{text}")


def _news(number: int) -> str:
    return f"La noticia número {number}. Ocurrió en la ciudad {number}."


def content(store: Store) -> dict[str, list[Any]]:
    """All that a store holds which must not depend on how it came to be."""
    documents = (
        "SELECT id, path, version, title, text, language, date, date_source, url, body, pages FROM documents"
    )
    chunks = (
        'SELECT chunks.id, documents.id, chunks."start", chunks."end", chunks.vector, '
        "full_text.title, full_text.body FROM chunks JOIN documents ON documents.key = chunks.document "
        "JOIN full_text ON full_text.rowid = chunks.key"
    )
    sentences = (
        'SELECT chunks.id, sentences."start", sentences."end" '
        "FROM sentences JOIN chunks ON chunks.key = sentences.chunk"
    )
    states = "SELECT chunks.id, states FROM token_states JOIN chunks ON chunks.key = token_states.chunk"
    counts = (
        "SELECT (SELECT count(*) FROM chunks), (SELECT count(*) FROM full_text), "
        "(SELECT count(*) FROM outbox)"
    )
    dates = (
        'SELECT chunks.id, sentence, event_dates."start", event_dates."end", "from", "to", days, grain, sure, readings '
        "FROM event_dates JOIN chunks ON chunks.key = event_dates.chunk"
    )
    queries = {
        "dates": dates,
        "documents": documents,
        "chunks": chunks,
        "sentences": sentences,
        "states": states,
        "counts": counts,
    }
    return {name: sorted(store.connection.execute(query).fetchall()) for name, query in queries.items()}


def assert_every_vector_is_found(archive: TestArchive) -> None:
    """Query the vector index with every stored vector; it must find each, and nothing that is not stored."""
    index = archive.live.get()
    assert index.vectors.state == "chroma"
    stored = {entry[0]: entry[4] for entry in content(index.store)["chunks"]}

    for id_, blob in stored.items():
        vector = unpack(blob)
        found = dict(index.vectors.search(vector, 3, EVERYTHING))
        assert found.keys() <= stored.keys()
        assert max(found.values(), default=0) > 0.999, id_


def assert_equals_fresh_build(archive: TestArchive, scratch: Path) -> None:
    """Compare an archive, by content and by its vectors, with one that is built from nothing."""
    fresh = TestArchive(scratch, HashEmbedder(archive.embedder.identity))
    fresh.root.rmdir()
    fresh.root.symlink_to(archive.root.resolve(), target_is_directory=True)
    fresh.sync()
    assert content(archive.live.get().store) == content(fresh.live.get().store)
    fresh.close()
    assert_every_vector_is_found(archive)
