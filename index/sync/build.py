"""Building an index: in step with its folder, or anew beside the one that answers meanwhile."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from index.errors import DiskFull, DocumentsMissing, HemerotecaError, IndexDamaged, explained
from index.store.home import Home
from index.store.listing import COMPLETE, EMBEDDING, INDEXED_AT, SOURCE
from index.store.store import Store
from index.sync.indexer import Indexer, Progress, Step, SyncReport, refuse_mass_removal
from index.sync.live import Live, OpenIndex
from index.sync.pipeline import Pipeline
from index.sync.plan import Circumstances, plan
from index.vectors.server import ARCHIVE
from index.walk import walk

_log = logging.getLogger(__name__)


def carry_on(live: Store, following: Store) -> None:
    """Let the next generation belong to the same index as the live one."""
    archive = live.fact(ARCHIVE)
    if archive is not None:
        following.set_fact(ARCHIVE, archive)


def require_folder(root: Path) -> None:
    """Raise DocumentsMissing if there is no documents folder."""
    if not root.is_dir():
        raise DocumentsMissing(
            f"There is no documents folder {root}: make it and put documents there, or name another "
            "with --documents or HEMEROTECA_DOCUMENTS."
        )


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the index in `live` from the folder `root`. `source` tells how to open its embedder again."""

    live: Live
    root: Path
    pipeline: Pipeline
    source: str
    progress: Callable[[Progress], None] = lambda _: None

    def sync(self, *, allow_mass_removal: bool = False, wait: bool = False) -> SyncReport:
        """Bring the index in step with the folder; build it anew if another model embedded it.

        Raises DocumentsMissing, MassRemoval, IndexBusy, EmbeddingFailed; what was stored until then stays.
        """
        require_folder(self.root)
        with self._writing(wait):
            if self.live.get().store.fact(EMBEDDING) not in (None, self.pipeline.identity):
                return self._rebuild(allow_mass_removal)
            index = self.live.get()
            self._home.discard_next()
            self._sign(index.store)
            report = self._fill(index, allow_mass_removal)
            _finish(index.store)
            return report

    def rebuild(self, *, allow_mass_removal: bool = False, wait: bool = False) -> SyncReport:
        """Build the index anew beside the live one, which answers meanwhile, and switch at once.

        A rebuild that was interrupted goes on from where it was. Raises as `sync` does.
        """
        require_folder(self.root)
        with self._writing(wait):
            self._home.repair()
            return self._rebuild(allow_mass_removal)

    @contextmanager
    def _writing(self, wait: bool) -> Iterator[None]:
        """Hold the index for writing, and tell whether it still answers if the disk has no room for more."""
        try:
            with explained(self._home.path), self._home.writing(wait=wait):
                yield
        except DiskFull as error:
            if not self._answers():
                raise
            raise DiskFull(f"{error} What was indexed before still answers.") from error

    def _answers(self) -> bool:
        try:
            with explained(self._home.path):
                return self.live.get().is_searchable()
        except HemerotecaError:
            return False

    @property
    def _home(self) -> Home:
        return self.live.home

    def _fill(self, index: OpenIndex, allow_mass_removal: bool, previous: Store | None = None) -> SyncReport:
        report = self._indexer(index.store).sync(
            self.root,
            exclude=(self._home.path,),
            allow_mass_removal=allow_mass_removal,
            previous=previous,
        )
        if index.needs_care():
            index.vectors.catch_up(lambda _: self.progress(Progress(Step.VECTORS, "", 1, 1)))
        return report

    def _indexer(self, store: Store) -> Indexer:
        return Indexer(store, self.pipeline, self.progress)

    def _sign(self, store: Store) -> None:
        store.set_fact(EMBEDDING, self.pipeline.identity)
        store.set_fact(SOURCE, self.source)

    def _rebuild(self, allow_mass_removal: bool) -> SyncReport:
        report = self._build_next(allow_mass_removal)
        now = self.live.get()
        # Nothing here may still name the generation before, or it would stay.
        self._home.sweep()
        self.live.vectors.forget_others(now.store)
        return report

    def _build_next(self, allow_mass_removal: bool) -> SyncReport:
        """Fill the next generation and make it the live one."""
        previous = self._previous(allow_mass_removal)
        self._discard_unlike()
        index = OpenIndex(self._home, self._home.next, self.live.vectors)
        try:
            self._sign(index.store)
            if previous is not None:
                carry_on(previous, index.store)
            report = self._fill(index, allow_mass_removal=True, previous=previous)
            _finish(index.store)
            self._home.switch()
        finally:
            index.close()
        return report

    def _previous(self, allow_mass_removal: bool) -> Store | None:
        """The live store, unless it is too damaged to be read: what is built anew needs nothing of it."""
        try:
            with explained(self._home.path):
                store = self.live.get().store
                store.fact(EMBEDDING)
                self._check_mass_removal(store, allow_mass_removal)
                return store
        except IndexDamaged as error:
            _log.warning("%s It is built anew from the documents alone.", error)
            return None

    def _check_mass_removal(self, store: Store, allowed: bool) -> None:
        found = walk(self.root, exclude=(self._home.path,))
        now = Circumstances(date.today())
        work = plan(found, store.ledger.files(), self._indexer(store).recipe, now)
        if not allowed:
            refuse_mass_removal(store, self.root, work)

    def _discard_unlike(self) -> None:
        """Drop the remains of an interrupted rebuild if another model embedded them, or nobody can read them."""
        if not self._home.has(self._home.next):
            return
        try:
            with explained(self._home.path), closing(self._home.open_store(self._home.next)) as left:
                is_alike = left.fact(EMBEDDING) == self.pipeline.identity
        except IndexDamaged:
            is_alike = False
        if not is_alike:
            self._home.discard_next()


def _finish(store: Store) -> None:
    """Write down that a run went through to its end, and when."""
    store.set_fact(COMPLETE, "yes")
    store.set_fact(INDEXED_AT, datetime.now(UTC).isoformat(timespec="microseconds"))
