"""What file names tell: dates (`2026-01-16-visita.txt`, `2026/01/16/nota.html`) and titles."""

import re
from datetime import date
from pathlib import PurePosixPath

from index.readers.prose import one_line

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
# Signs between words; those between digits belong to a date or a number.
_BETWEEN_WORDS = re.compile(r"(?<!\d)[-_]+|[-_]+(?!\d)")


def date_of_name(path: str) -> date | None:
    """The last complete date in a path, or None; a folder `2026/01/16` counts as well."""
    for found in reversed(list(_DAY.finditer(path))):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
    return None


def title_of_name(path: str) -> str:
    """The words of a file name: `ventas-por-tienda.csv` is “ventas por tienda”."""
    return one_line(_BETWEEN_WORDS.sub(" ", PurePosixPath(path).stem))
