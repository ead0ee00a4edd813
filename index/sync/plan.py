"""What a run has to do: which files are to be read, in what circumstances, and who has which document id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from index.document import Document
from index.errors import Outside, UnreadableDocument
from index.readers import fingerprint as reader_fingerprint
from index.readers import ocr
from index.reasons import Skipped, SkipReason
from index.store.ledger import FileRecord
from index.store.store import Store
from index.walk import FoundFile, Walk


class Circumstances:
    """What files may depend on from the outside, as it is on a day."""

    def __init__(self, today: date) -> None:
        self._today = today

    @cached_property
    def _languages(self) -> frozenset[str]:
        # Asks a program of the system, which a run without scanned pages is spared.
        try:
            return ocr.languages()
        except UnreadableDocument:
            # A program that fails reads nothing; the files that need it say so.
            return frozenset()

    def written(self, depends: Iterable[Outside]) -> str:
        """These circumstances for the ledger, as far as a file depends on them; empty if it does not."""
        return " ".join(f"{outside}:{'+'.join(sorted(self._now(outside)))}" for outside in sorted(depends))

    def still(self, written: str) -> bool:
        """Whether a file that was read in the circumstances that are `written` need not be read again.

        A language that is gone is no reason to; and what a busy machine may have caused is tried once a day.
        """
        entries = (entry.split(":", 1) for entry in written.split())
        return all(self._now(Outside(outside)) <= set(then.split("+")) for outside, then in entries)

    def _now(self, outside: Outside) -> frozenset[str]:
        return self._languages if outside is Outside.OCR else frozenset({self._today.isoformat()})


class Versioned(Protocol):
    """A document as it was read, at whatever stage of its preparation, and its version."""

    @property
    def document(self) -> Document: ...

    @property
    def version(self) -> str: ...


_V = TypeVar("_V", bound=Versioned)


@dataclass(frozen=True, slots=True)
class FileDone:
    """Comes after the last document of a file: its ledger line, and what it no longer holds.

    `skipped` are the parts of it that are left out; None if they are as they were.
    """

    record: FileRecord
    stale: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] | None = None


class Claims:
    """Who has which id at this point of a run, as far as that is not stored yet.

    A file that loses an id is read by every run, so that it takes over as soon as the id is free.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._owners: dict[str, str | None] = {}

    def settle(
        self, record: FileRecord, found: Iterable[_V], skipped: Iterable[Skipped]
    ) -> Iterator[tuple[_V, str | None] | FileDone]:
        """The new and changed documents of a file, each with the file that has it so far, then its end."""
        stored = self._store.versions(record.path)
        left_out = list(skipped)
        seen: set[str] = set()
        for item in found:
            id_ = item.document.id
            owner = self._owner(id_)
            if owner is not None and owner < record.path:
                record = replace(record, sha256="")
                left_out.append(taken(id_, record.path, owner))
            elif id_ in seen:
                left_out.append(Skipped(record.path, SkipReason("duplicate_id", id_)))
            else:
                seen.add(id_)
                self._owners[id_] = record.path
                if stored.get(id_) != item.version:
                    yield item, owner
        stale = tuple(sorted(stored.keys() - seen))
        self._owners.update(dict.fromkeys(set(stale) - self._owners.keys(), None))
        yield FileDone(record, stale, tuple(left_out))

    def _owner(self, document_id: str) -> str | None:
        if document_id in self._owners:
            return self._owners[document_id]
        return self._store.owner(document_id)


def taken(document_id: str, path: str, owner: str) -> Skipped:
    """Why a file's document is left out whose id belongs to an earlier file."""
    return Skipped(path, SkipReason("taken_id", document_id, owner))


@dataclass(frozen=True, slots=True)
class Plan:
    """Files by what is to be done with them. `moved` are those gone that seem to be there by another name."""

    unread: tuple[FoundFile, ...]
    gone: tuple[str, ...]
    moved: frozenset[str]


def fingerprint(path: str, recipe: str) -> str:
    """Names the versions of all that makes the index of a file: its reader, and the recipe for its text."""
    return f"{reader_fingerprint(path)}/{recipe}"


def plan(found: Walk, ledger: Mapping[str, FileRecord], recipe: str, now: Circumstances) -> Plan:
    """Compare by size, time, the fingerprint of what would read, chunk and embed the file, and circumstances."""
    unread = tuple(file for file in found.files if not _is_known(file, ledger.get(file.path), recipe, now))
    gone = tuple(sorted(ledger.keys() - _present(found, ledger)))
    new = {(file.size, file.mtime_ns) for file in unread if file.path not in ledger}
    moved = frozenset(path for path in gone if (ledger[path].size, ledger[path].mtime_ns) in new)
    return Plan(unread, gone, moved)


def _is_known(file: FoundFile, record: FileRecord | None, recipe: str, now: Circumstances) -> bool:
    return (
        record is not None
        and record.sha256 != ""
        and (record.size, record.mtime_ns) == (file.size, file.mtime_ns)
        and record.fingerprint == fingerprint(file.path, recipe)
        and now.still(record.depends)
    )


def closed(found: Walk, ledger: Mapping[str, FileRecord]) -> list[str]:
    """The files of the ledger that are there and that the walk could not have read, by path."""
    return sorted((ledger.keys() & _present(found, ledger)) - {file.path for file in found.files})


def _present(found: Walk, ledger: Mapping[str, FileRecord]) -> set[str]:
    """What is there, if perhaps not to be read: such a file keeps its last good version."""
    present = {file.path for file in found.files} | {skip.path for skip in found.skipped}
    unlisted = tuple(skip.path for skip in found.skipped if skip.path.endswith("/"))
    if unlisted:
        present.update(path for path in ledger if path.startswith(unlisted))
    return present
