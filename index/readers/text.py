"""Plain text, also in the archive's own form: ` date YYYY-MM-DD ` and then the article."""

import re
from datetime import date

from index.document import DateSource, Reading
from index.encoding import decode
from index.readers.reading import FileReadings, parse_date

_HEADER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?:\s+|$)")


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a text file; a date header is part of its text but not of its body."""
    text = decode(data)
    published, body = _header(text)
    return FileReadings.of(
        Reading(text=text, date=published, date_source=DateSource.HEADER if published else None, body=body)
    )


def _header(text: str) -> tuple[date | None, int]:
    found = _HEADER.match(text)
    published = parse_date(found[1]) if found else None
    return (published, found.end()) if found and published else (None, 0)
