"""Keeps the index in step with a folder: what was added, changed, removed, unchanged and skipped.

Read, chunk and embed first; then one transaction replaces a document, and with the last one of a file writes
the file's line. Chroma follows from the outbox. A run that dies at any point leaves whole documents behind, and
the next run goes on from there.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.document import PartlyRead
from index.errors import MassRemoval
from index.event_dates import VERSION as DATES_VERSION
from index.reasons import Skipped
from index.store.ledger import FileRecord
from index.store.store import Store
from index.sync.pipeline import Pipeline, Ready, Work
from index.sync.plan import Circumstances, FileDone, Plan, closed, plan, taken
from index.text.passages import VERSION as PASSAGES_VERSION
from index.walk import Walk, walk

# An index this small may lose any share of its documents without a question.
_NON_TRIVIAL = 10
# Where more than one document in so many came, changed or went, what the database knows of its tables is stale.
_STALE_SHARE = 10


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
    """What a run did, in documents. `documents` and `chunks` are the live index's totals after it.

    `added + changed + unchanged == documents`. `skipped` is all that is not in the index, also from earlier
    runs; a file that can no longer be read keeps its last good version and counts as unchanged. `partly_read` are
    the documents in the index of which something was left out.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    documents: int
    chunks: int
    seconds: float
    partly_read: tuple[PartlyRead, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca index --json` prints."""
        lists = {
            "skipped": [skip.to_dict() for skip in self.skipped],
            "partly_read": [asdict(read) for read in self.partly_read],
        }
        return {**asdict(self), **lists}


@dataclass(slots=True)
class _Tally:
    began: float
    documents: int
    done: int
    total: int
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Indexer:
    """Brings one store up to date with a folder of documents."""

    store: Store
    pipeline: Pipeline
    progress: Callable[[Progress], None] = lambda _: None

    @property
    def recipe(self) -> str:
        """Names the versions of what makes chunks and vectors of a text."""
        return f"{PASSAGES_VERSION}/{DATES_VERSION}/{self.pipeline.identity}"

    def sync(
        self,
        root: Path,
        *,
        exclude: Sequence[Path] = (),
        allow_mass_removal: bool = False,
        previous: Store | None = None,
    ) -> SyncReport:
        """Index what is new or changed under `root`, and remove what is gone.

        The last good version of a file that cannot be read just now stays, or comes from the index
        `previous`, if this one is being built anew beside it.

        Raises DocumentsMissing if the folder is not there, MassRemoval if more than half of the index would
        go, EmbeddingFailed if the embedding engine fails; what was stored until then stays.
        """
        began = time.monotonic()
        found = walk(root, exclude=exclude)
        ledger = self.store.ledger.files()
        now = Circumstances(date.today())
        work = plan(found, ledger, self.recipe, now)
        if not allow_mass_removal:
            refuse_mass_removal(self.store, root, work)
        self.store.ledger.record_walk(found.skipped)
        unseen = _unseen(found, previous, ledger)
        total = len(found.files) + len(unseen)
        done = len(found.files) - len(work.unread)
        tally = _Tally(began, self.store.counts()[0], done, total)
        # Removals come first, so that a moved document finds its id free.
        self._remove(work.gone, tally)
        todo = Work(root, self.store, self.recipe, now, work.unread, ledger, previous, unseen)
        with self.pipeline.run(todo, lambda: self._report(Step.EMBEDDED, "", tally)) as items:
            for together in _transactions(items):
                self._store(together, tally, None if allow_mass_removal else root)
        report = self._summary(tally)
        if (report.added + report.changed + report.removed) * _STALE_SHARE > report.documents:
            self.store.database.analyze()
        return report

    def _remove(self, paths: Iterable[str], tally: _Tally) -> None:
        for path in paths:
            with self.store.transaction():
                for document_id in self.store.versions(path):
                    self.store.remove_document(document_id)
                    tally.removed += 1
                self.store.ledger.forget(path)

    def _store(self, items: Sequence[Ready | FileDone], tally: _Tally, guarded: Path | None) -> None:
        with self.store.transaction():
            for item in items:
                if isinstance(item, Ready):
                    self._store_document(item, tally)
                else:
                    self._finish_file(item, tally, guarded)
        for item in items:
            self._report_stored(item, tally)

    def _store_document(self, item: Ready, tally: _Tally) -> None:
        document = item.document
        if item.owner not in (None, document.path):
            loser = str(item.owner)
            self.store.ledger.read_again(loser, taken(document.id, loser, document.path))
        self.store.put_document(document, item.version, item.chunks)
        tally.added += item.owner is None
        tally.changed += item.owner is not None

    def _finish_file(self, file: FileDone, tally: _Tally, guarded: Path | None) -> None:
        path = file.record.path
        # An earlier file may have taken the id since this one was prepared.
        stale = [id_ for id_ in file.stale if self.store.owner(id_) == path]
        if guarded is not None:
            _refuse_loss(tally.documents, len(stale), f"in {guarded / path}")
        for document_id in stale:
            self.store.remove_document(document_id)
        self.store.ledger.record(file.record, file.skipped)
        tally.removed += len(stale)

    def _report_stored(self, item: Ready | FileDone, tally: _Tally) -> None:
        if isinstance(item, Ready):
            self._report(Step.STORED, item.document.id, tally)
        else:
            tally.done += 1
            self._report(Step.READ, item.record.path, tally)

    def _report(self, step: Step, name: str, tally: _Tally) -> None:
        self.progress(Progress(step, name, tally.done, tally.total))

    def _summary(self, tally: _Tally) -> SyncReport:
        documents, chunks = self.store.counts()
        return SyncReport(
            added=tally.added,
            changed=tally.changed,
            removed=tally.removed,
            unchanged=documents - tally.added - tally.changed,
            skipped=tuple(self.store.ledger.skipped()),
            documents=documents,
            chunks=chunks,
            seconds=round(time.monotonic() - tally.began, 3),
            partly_read=tuple(self.store.partly_read()),
        )


def refuse_mass_removal(store: Store, root: Path, work: Plan) -> None:
    """Raise MassRemoval if more than half of a non-trivial index is gone, and not moved, from `root`."""
    if work.gone:
        counts = store.documents_per_file()
        going = sum(counts.get(path, 0) for path in work.gone if path not in work.moved)
        _refuse_loss(sum(counts.values()), going, f"in {root}")


def _refuse_loss(total: int, going: int, where: str) -> None:
    if total >= _NON_TRIVIAL and going * 2 > total:
        raise MassRemoval(
            f"{going} of {total} indexed documents are no longer {where}: if that is meant, run "
            "“hemeroteca index --allow-mass-removal”; if not, check that the folder is the right one."
        )


def _unseen(found: Walk, previous: Store | None, ledger: Mapping[str, FileRecord]) -> list[FileRecord]:
    """The files that only the previous index could read, as far as they are not taken over yet."""
    if previous is None:
        return []
    known = previous.ledger.files()
    return [known[path] for path in closed(found, known) if path not in ledger]


def _transactions(items: Iterable[Ready | FileDone]) -> Iterator[list[Ready | FileDone]]:
    """What is stored at once: each document by itself, the last one of a file with the file's line."""
    document: list[Ready | FileDone] = []
    for item in items:
        if isinstance(item, Ready):
            if document:
                yield document
            document = [item]
        else:
            yield [*document, item]
            document = []
    if document:
        yield document
