"""Who has which document id: of several files with a document of the same id, the first by path has it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from index.document import Document, Skipped
from index.store.ledger import FileRecord
from index.store.store import Store


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
                left_out.append(Skipped(record.path, f"the id “{id_}” stands twice in this file"))
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
    return Skipped(path, f"the id “{document_id}” is used by {owner}")
