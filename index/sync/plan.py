"""What a run has to do: the folder as it is, compared with the ledger of what was read before."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.circumstances import Circumstances
from index.readers import fingerprint as reader_fingerprint
from index.store.ledger import FileRecord
from index.walk import FoundFile, Walk


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
