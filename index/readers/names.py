"""Dates in file names: `2026-01-16-visita.txt`, `boletin_20260116.pdf`, `2026/01/16/nota.html`."""

import re
from datetime import date

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def date_of_name(path: str) -> date | None:
    """The last complete date in a path, or None; a folder `2026/01/16` counts as well."""
    for found in reversed(list(_DAY.finditer(path))):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
    return None
