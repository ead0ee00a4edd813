"""Keeps the index in step with a folder: what was added, changed, removed, unchanged and skipped.

Read, chunk and embed first; then one transaction replaces a document. Chroma follows from the outbox. A run
that dies at any point leaves whole documents behind, and the next run goes on from there.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.chunking import CHUNKER_VERSION
from index.documents import Skipped
from index.embedding import Embedder
from index.errors import MassRemoval
from index.plan import Plan, plan
from index.prepare import FileDone, Prepared, Preparer
from index.readers import fingerprint as reader_fingerprint
from index.store import Store
from index.vectors import DenseIndex
from index.walk import walk

# An index this small may lose any share of its documents without a question.
_NON_TRIVIAL = 10
# Chunks embedded at a time: enough to sort by length, few enough to keep memory flat.
_GROUP = 64


class Step(StrEnum):
    """What has just been done."""

    READ = "read"
    EMBEDDED = "embedded"
    STORED = "stored"
    VECTORS = "vectors"


@dataclass(frozen=True, slots=True)
class Progress:
    """A step done, on which document or file, and how many of how many files are finished."""

    step: Step
    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a run did, in documents. `documents` and `chunks` are the live index's totals after it."""

    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    documents: int
    chunks: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca index --json` prints."""
        return {**asdict(self), "skipped": [asdict(skip) for skip in self.skipped]}


@dataclass(slots=True)
class _Tally:
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    done: int = 0
    total: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Indexer:
    """Brings one index up to date with folders of documents."""

    store: Store
    vectors: DenseIndex
    embedder: Embedder
    progress: Callable[[Progress], None] = lambda _: None

    def sync(
        self, root: Path, *, exclude: Sequence[Path] = (), allow_mass_removal: bool = False
    ) -> SyncReport:
        """Index what is new or changed under `root`, remove what is gone, and let Chroma follow.

        Raises DocumentsMissing if the folder is not there, MassRemoval if more than half of the index would
        go, EmbeddingFailed if the embedding engine fails; what was stored until then stays.
        """
        began = time.monotonic()
        found = walk(root, exclude=exclude)
        work = plan(found, self.store.files(), self._fingerprint)
        if not allow_mass_removal:
            self._refuse_mass_removal(root, work.gone)
        tally = _Tally(done=len(work.unchanged), total=len(found.files), skipped=list(found.skipped))
        self._keep(work, tally)
        # Removals come first, so that a moved document finds its id free.
        self._remove(work.gone, tally)
        preparer = Preparer(root, self.store, self._fingerprint, self.embedder.count_tokens)
        for group in _groups(preparer.prepare(work.unread)):
            self._store_group(group, tally)
        self.vectors.catch_up(lambda _: self._report(Step.VECTORS, "", tally))
        return self._summary(tally, began)

    def _fingerprint(self, path: str) -> str:
        return f"{reader_fingerprint(path)}/{CHUNKER_VERSION}/{self.embedder.identity}"

    def _refuse_mass_removal(self, root: Path, gone: Sequence[str]) -> None:
        total, _ = self.store.counts()
        going = sum(len(self.store.versions(path)) for path in gone)
        if total >= _NON_TRIVIAL and going * 2 > total:
            raise MassRemoval(
                f"{going} of the {total} indexed documents are no longer in {root}: if that is meant, run "
                "“hemeroteca index --allow-mass-removal”; if not, check that the folder is the right one."
            )

    def _keep(self, work: Plan, tally: _Tally) -> None:
        counts = self.store.documents_per_file()
        for record in work.unchanged:
            tally.unchanged += counts.get(record.path, 0)
            if record.reason is not None:
                tally.skipped.append(Skipped(record.path, record.reason))

    def _remove(self, paths: Iterable[str], tally: _Tally) -> None:
        for path in paths:
            tally.removed += len(self.store.versions(path))
            self.store.forget_file(path)

    def _store_group(self, group: Sequence[Prepared | FileDone], tally: _Tally) -> None:
        passages = [passage for item in group if isinstance(item, Prepared) for passage in item.passages()]
        vectors = iter(self.embedder.embed_passages(passages))
        self._report(Step.EMBEDDED, "", tally)
        for item in group:
            if isinstance(item, Prepared):
                with self.store.transaction():
                    self.store.put_document(
                        item.document, item.version, [(c, next(vectors)) for c in item.chunks]
                    )
                tally.changed += item.known
                tally.added += not item.known
                self._report(Step.STORED, item.document.id, tally)
            else:
                self._finish_file(item, tally)

    def _finish_file(self, file: FileDone, tally: _Tally) -> None:
        with self.store.transaction():
            for document_id in file.stale:
                self.store.remove_document(document_id)
            self.store.record_file(file.record)
        tally.removed += len(file.stale)
        tally.unchanged += file.unchanged
        tally.skipped.extend(file.skipped)
        tally.done += 1
        self._report(Step.READ, file.record.path, tally)

    def _report(self, step: Step, name: str, tally: _Tally) -> None:
        self.progress(Progress(step, name, tally.done, tally.total))

    def _summary(self, tally: _Tally, began: float) -> SyncReport:
        documents, chunks = self.store.counts()
        return SyncReport(
            added=tally.added,
            changed=tally.changed,
            removed=tally.removed,
            unchanged=tally.unchanged,
            skipped=tuple(sorted(tally.skipped, key=lambda skip: skip.path)),
            documents=documents,
            chunks=chunks,
            seconds=round(time.monotonic() - began, 3),
        )


def _groups(items: Iterable[Prepared | FileDone]) -> Iterator[list[Prepared | FileDone]]:
    """Runs of items that hold about `_GROUP` chunks."""
    group: list[Prepared | FileDone] = []
    chunks = 0
    for item in items:
        group.append(item)
        chunks += len(item.chunks) if isinstance(item, Prepared) else 0
        if chunks >= _GROUP:
            yield group
            group, chunks = [], 0
    if group:
        yield group
