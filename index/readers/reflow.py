"""Lines of a printed page put back together to paragraphs, so that sentences are sentences."""

import re
from collections.abc import Iterator, Sequence

from index.readers.prose import one_line

_BULLET = re.compile(r"(?:[•◦▪●·∙*–—-]|\d{1,3}[.)]|[a-z]\))\s+\S")
_STOPS = (".", "!", "?", "…", ":", ";", ".”", ".»", '."', ")", "”", "»")
_STARTS = "¿¡«“\"'(["
# A line that stops well before the margin was the last of its paragraph; a much shorter one a heading.
_FULL_LINE = 0.8
_HEADING_LINE = 0.6
_MARGIN_QUANTILE = 0.8
_SHORTEST_CAPITALS = 6
# Small letters to Python, which capitals have among them: “SENTENCIA N.º 43”.
_ORDINAL_SIGNS = str.maketrans("", "", "ºª")


def reflow(text: str) -> list[str]:
    """The paragraphs of a page, each on one line, words that were divided at a line's end joined."""
    rows = [one_line(row) for row in text.split("\n")]
    margin = _margin([row for row in rows if row])
    return [_join(group) for group in _groups(rows, margin)]


def _margin(rows: Sequence[str]) -> float:
    lengths = sorted(map(len, rows))
    return lengths[int(len(lengths) * _MARGIN_QUANTILE)] if lengths else 0


def _groups(rows: Sequence[str], margin: float) -> Iterator[list[str]]:
    group: list[str] = []
    for row in rows:
        if group and (not row or _parted(group[-1], row, margin)):
            yield group
            group = []
        if row:
            group.append(row)
    if group:
        yield group


def _parted(before: str, after: str, margin: float) -> bool:
    if _BULLET.match(after):
        return True
    if _in_capitals(after) and not _in_capitals(before) and (before.endswith(_STOPS) or before[-1].isdigit()):
        return True
    opens = after[0].isupper() or after[0].isdigit() or after[0] in _STARTS
    if before.endswith(_STOPS):
        return opens and len(before) < margin * _FULL_LINE
    return opens and len(before) < margin * _HEADING_LINE and not before.endswith((",", "-"))


def _in_capitals(row: str) -> bool:
    """Whether a row is a heading by its letters, “ANTECEDENTES DE HECHO”, and no acronym."""
    letters = row.translate(_ORDINAL_SIGNS)
    return letters.isupper() and sum(map(str.isalpha, letters)) >= _SHORTEST_CAPITALS


def _join(rows: Sequence[str]) -> str:
    joined = rows[0]
    for row in rows[1:]:
        if joined.endswith("-") and len(joined) > 1 and joined[-2].isalpha():
            joined = joined[:-1] + row if row[0].islower() else joined + row
        else:
            joined = f"{joined} {row}"
    return joined
