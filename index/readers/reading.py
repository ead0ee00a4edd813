"""What every reader gives back, and how it reads the dates that people write in metadata."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from index.document import Reading, Skipped
from index.errors import Outside

_ISO_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_FIRST_YEAR = 1500


@dataclass(frozen=True, slots=True)
class FileReadings:
    """The documents of one file, over which it iterates, and the parts that could not be read.

    `depends` is what it may depend on besides the file how much of it can be read.
    """

    readings: tuple[Reading, ...]
    skipped: tuple[Skipped, ...] = ()
    depends: frozenset[Outside] = frozenset()

    @classmethod
    def of(cls, *readings: Reading, skipped: Iterable[Skipped] = (), depends: Iterable[Outside] = ()) -> Self:
        """The readings of a file, in the file's order."""
        return cls(readings, tuple(skipped), frozenset(depends))

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)


def parse_date(written: str) -> date | None:
    """The day of an ISO 8601 date or time such as `2026-01-16T08:00:00-06:00`, as written there, or None."""
    found = _ISO_DAY.match(written.strip())
    if not found:
        return None
    return valid_day(int(found[1]), int(found[2]), int(found[3]))


def valid_day(year: int, month: int, day: int) -> date | None:
    """That day, or None if the calendar does not have it or no archive could."""
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None
