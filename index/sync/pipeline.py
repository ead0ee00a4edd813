"""From files to documents that are ready to be stored: read, chunked and embedded in this process."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from index.concurrency import Ahead
from index.document import Document
from index.embed import Embedded, Embedder
from index.reasons import Skipped
from index.sandbox import ReaderPool
from index.store.ledger import FileRecord
from index.store.store import NewChunk, Store
from index.sync.plan import Circumstances, Claims, FileDone
from index.sync.reading import (
    FileReading,
    Identified,
    Known,
    Parts,
    Read,
    Readers,
    Refused,
    documents_of,
    identify,
    split,
)
from index.text.passages import TokenCounter
from index.walk import FoundFile

# Chunks embedded at a time: enough to sort by length, few enough to keep memory flat.
GROUP = 64


Pool = Callable[[], AbstractContextManager[Readers]]


@dataclass(frozen=True, slots=True)
class Work:
    """The files of one run, in their order, and what the store knew of each when the run began.

    `recipe` names the versions of what makes chunks and vectors of a text. `previous` is the index that a
    new one is built beside: it has the last good version of a file that cannot be read just now, and of the
    files `unseen`, which cannot even be found.
    """

    root: Path
    store: Store
    recipe: str
    now: Circumstances
    files: Sequence[FoundFile]
    ledger: Mapping[str, FileRecord]
    previous: Store | None = None
    unseen: Sequence[FileRecord] = ()

    def unread(self) -> Iterator[tuple[FoundFile, Known | None]]:
        """Each file with what the index knows of it, None of a new one."""
        for file in self.files:
            record = self.ledger.get(file.path)
            known = None if record is None else Known(record, self.store.dated_by_file_time(file.path))
            yield file, known


@dataclass(frozen=True, slots=True)
class Ready:
    """A new or changed document, embedded. `owner` is the file that has its id so far."""

    document: Document
    version: str
    chunks: tuple[NewChunk, ...]
    owner: str | None


Items = Iterator[Ready | FileDone]


class Pipeline(Protocol):
    """Makes documents that are ready to be stored out of files."""

    @property
    def identity(self) -> str:
        """The embedding engine's."""
        ...

    def run(self, work: Work, embedded: Callable[[], None]) -> AbstractContextManager[Items]:
        """While entered: of each file its new and changed documents, then the file itself.

        They must be stored as they come. `embedded` is called whenever a group of chunks has its vectors.
        Raises EmbeddingFailed.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalPipeline:
    """Reads in child processes, and embeds in this one."""

    embedder: Embedder
    pool: Pool = ReaderPool

    @property
    def identity(self) -> str:
        return self.embedder.identity

    @contextmanager
    def run(self, work: Work, embedded: Callable[[], None]) -> Iterator[Items]:
        preparer = Preparer(work, Claims(work.store), self.embedder.count_tokens)
        with self.pool() as readers:
            reading = FileReading(work.root, work.recipe, work.now, readers)
            items = chain(preparer.prepare(reading.read(work.unread())), preparer.take_over(work.unseen))
            with Ahead(_groups(items)) as groups:
                yield (item for group in groups for item in self._embed(group, embedded))

    def ready(self, items: "Iterable[Prepared | FileDone]", embedded: Callable[[], None]) -> Items:
        """The items with their documents embedded."""
        return (item for group in _groups(items) for item in self._embed(group, embedded))

    def _embed(self, group: "Sequence[Prepared | FileDone]", embedded: Callable[[], None]) -> Items:
        texts = [text for item in group if isinstance(item, Prepared) for text in item.parts.texts()]
        vectors = self._vectors(texts, embedded)
        for item in group:
            yield item.ready(vectors) if isinstance(item, Prepared) else item

    def _vectors(self, texts: Sequence[str], embedded: Callable[[], None]) -> Iterator[Embedded]:
        vectors: list[Embedded] = []
        for start in range(0, len(texts), GROUP):
            vectors.extend(self.embedder.embed_passages(texts[start : start + GROUP]))
            embedded()
        return iter(vectors)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new or changed document that is to be embedded."""

    identified: Identified
    parts: Parts
    owner: str | None

    def ready(self, vectors: Iterator[Embedded]) -> Ready:
        """The document with its chunks' vectors, which are the next ones."""
        chunks = tuple(
            NewChunk(passage, next(vectors), dates)
            for passage, dates in zip(self.parts.passages, self.parts.dates, strict=True)
        )
        return Ready(self.identified.document, self.identified.version, chunks, self.owner)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Prepares files one after the other, against what the store already holds."""

    work: Work
    claims: Claims
    count_tokens: TokenCounter

    def prepare(self, files: Iterable[Read]) -> Iterator[Prepared | FileDone]:
        """For each file, in the order given, its new and changed documents, then the file itself."""
        for file in files:
            if isinstance(file, FileDone):
                yield file
            elif isinstance(file, Refused):
                yield from self.refused(file.record)
            else:
                yield from self._changed(file.record, documents_of(file), file.found.skipped)

    def refused(self, record: FileRecord) -> Iterator[Prepared | FileDone]:
        """A file that cannot be read keeps its last good version, wherever that is."""
        before = self.work.ledger.get(record.path)
        if self.work.previous is None or (before is not None and before.reason is None):
            yield FileDone(record, skipped=())
        else:
            yield from self.take_over([record])

    def take_over(self, records: Iterable[FileRecord]) -> Iterator[Prepared | FileDone]:
        """The documents that the previous index has of files, then the files as it knows them."""
        for record in records:
            assert self.work.previous is not None
            yield from self._changed(record, self.work.previous.documents_of(record.path), ())

    def _changed(
        self, record: FileRecord, documents: Iterable[Document], skipped: Iterable[Skipped]
    ) -> Iterator[Prepared | FileDone]:
        identified = identify(documents, self.work.recipe)
        for item in self.claims.settle(record, identified, skipped):
            yield item if isinstance(item, FileDone) else self._prepared(*item)

    def _prepared(self, identified: Identified, owner: str | None) -> Prepared:
        return Prepared(identified, split(identified.document, self.count_tokens), owner)


def _groups(items: Iterable[Prepared | FileDone]) -> Iterator[list[Prepared | FileDone]]:
    """Runs of items that hold about `GROUP` chunks."""
    group: list[Prepared | FileDone] = []
    chunks = 0
    for item in items:
        group.append(item)
        chunks += len(item.parts.passages) if isinstance(item, Prepared) else 0
        if chunks >= GROUP:
            yield group
            group, chunks = [], 0
    if group:
        yield group
