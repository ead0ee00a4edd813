"""What a run has to do: the folder as it is, compared with the ledger of what was read before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.store import FileRecord
from index.walk import FoundFile, Walk


@dataclass(frozen=True, slots=True)
class Plan:
    """Files by what is to be done with them."""

    unchanged: tuple[FileRecord, ...]
    unread: tuple[FoundFile, ...]
    gone: tuple[str, ...]


def plan(found: Walk, ledger: Mapping[str, FileRecord], fingerprint: Callable[[str], str]) -> Plan:
    """Compare by size, time, and the fingerprint of what would read, chunk and embed the file."""
    unchanged, unread = [], []
    for file in found.files:
        record = ledger.get(file.path)
        if (
            record is not None
            and (record.size, record.mtime_ns) == (file.size, file.mtime_ns)
            and record.fingerprint == fingerprint(file.path)
        ):
            unchanged.append(record)
        else:
            unread.append(file)
    # A file that is there but cannot be read keeps its last good version.
    present = {file.path for file in found.files} | {skip.path for skip in found.skipped}
    return Plan(tuple(unchanged), tuple(unread), tuple(sorted(ledger.keys() - present)))
