"""The reading order of what stands on a page: columns one after the other, what goes across them in between."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.readers.pdf.sheet import Item, Piece, Row, Table, rows_of

_LEAST_GUTTER = 0.6  # of the size of the type
_ALIGNED = 2.0  # points
_ON_ONE_LINE = 0.8
_LEAST_LINES = 3
_MOST_EDGES = 40
_DEEPEST = 8
# A line of prose fills its column and is made of some words; in a column of prose half of the lines are such.
_FULL = 0.65
_WORDS_OF_PROSE = 3
_SHARE_LEVEL = 0.7
_SPARSE = 1.4  # times as far from line to line
_WIDE = 2.5  # sizes of the type: no gap between words of a line
_APART = 1.0  # sizes of the type left empty between a column and what stands above or below it
_VALUE = re.compile(r"[^\w\s]*\d|.*:$")


def in_reading_order(items: Sequence[Item]) -> list[list[Item]]:
    """The runs of items that are read from top to bottom, in the order in which they are read."""
    return list(_runs(sorted(items, key=_height), _DEEPEST))


def _runs(items: list[Item], depth: int) -> Iterator[list[Item]]:
    edge = _edge(items) if depth else None
    if edge is not None:
        for side in _zones(items, edge):
            yield from _runs(side, depth - 1)
    elif items:
        yield items


def _edge(items: Sequence[Item]) -> float | None:
    """The left edge of the column that stands beside another for the longest stretch; None if there is none."""
    heights = {
        edge: sum(_shared(*sides) ** 2 for sides in _sides(items, edge) if _are_columns(*sides))
        for edge in _edges(items)
    }
    best = max(heights, key=lambda edge: heights[edge], default=None)
    return best if best is not None and heights[best] > 0 else None


def _edges(items: Sequence[Item]) -> list[float]:
    """Where some pieces begin one below the other; those with most of them first."""
    lefts = sorted(item.box.left for item in items)
    clusters: list[list[float]] = []
    for left in lefts:
        if clusters and left - clusters[-1][0] <= _ALIGNED:
            clusters[-1].append(left)
        else:
            clusters.append([left])
    often = sorted((each for each in clusters[1:] if len(each) >= _LEAST_LINES - 1), key=len, reverse=True)
    return [cluster[0] for cluster in often[:_MOST_EDGES]]


def _zones(items: Sequence[Item], edge: float) -> Iterator[list[Item]]:
    """What stands across `edge`, left of it and right of it, in the order in which it is read."""
    flat: list[Item] = []
    for left, right in _sides(items, edge):
        if not _are_columns(left, right):
            flat += sorted((*left, *right), key=_height)
            continue
        top = max(left[0].box.top, right[0].box.top)
        end = max(min(_end(left), _end(right)), top)
        (left_above, left, left_below), (right_above, right, right_below) = (
            _parted(side, top, end) for side in (left, right)
        )
        flat += sorted((*left_above, *right_above), key=_height)
        yield from (run for run in (flat, left, right) if run)
        flat = sorted((*left_below, *right_below), key=_height)
    if flat:
        yield flat


def _sides(items: Sequence[Item], edge: float) -> Iterator[tuple[list[Item], list[Item]]]:
    """What stands left and right of `edge`, between items that cross it; such an item stands alone."""
    left: list[Item] = []
    right: list[Item] = []
    for item in items:
        if item.box.left >= edge - _ALIGNED:
            right.append(item)
        elif item.box.right <= edge - _LEAST_GUTTER * _size(item):
            left.append(item)
        else:
            yield left, right
            yield [item], []
            left, right = [], []
    yield left, right


def _parted(side: list[Item], top: float, end: float) -> tuple[list[Item], list[Item], list[Item]]:
    """A column, with what stands at a distance above and below it, where the other column is not."""
    apart = _APART if is_prose([row for row in rows_of(side) if isinstance(row, Row)]) else _APART / 2
    gaps = [
        place
        for place, (before, item) in enumerate(pairwise(side), 1)
        if item.box.top - before.box.bottom > apart * _size(item)
    ]
    first = max((place for place in gaps if side[place - 1].box.bottom <= top), default=0)
    last = min((place for place in gaps if side[place].box.top >= end), default=len(side))
    return side[:first], side[first:last], side[last:]


def _are_columns(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether two sides are to be read one after the other."""
    if _shared(left, right) <= 0:
        return False
    top, end = max(left[0].box.top, right[0].box.top), min(_end(left), _end(right))
    left, right = ([item for item in side if top <= item.box.middle <= end] for side in (left, right))
    if not left or not right:
        return False
    rows, others = rows_of(left), rows_of(right)
    gutter = min(item.box.left for item in right) - max(item.box.right for item in left)
    is_wide = gutter > _WIDE * _size(left[0])
    least = _LEAST_LINES - is_wide
    is_long = all(
        len(side) >= least or any(isinstance(row, Table) for row in side) for side in (rows, others)
    )
    return is_long and not _read_across(rows, others, is_wide)


def _read_across(left: Sequence[Row | Table], right: Sequence[Row | Table], is_wide: bool) -> bool:
    """Whether two sides are columns of a table or of a form, or words of one line, which go over both."""
    rows, others = ([row for row in side if isinstance(row, Row)] for side in (left, right))
    if not rows or not others:
        return False
    if max(_level(rows, others), _level(others, rows)) < _SHARE_LEVEL:
        return False
    first, second = is_prose(rows), is_prose(others)
    if first and second:
        return False
    if first or second:
        short, long = (others, rows) if first else (rows, others)
        return _level(short, long) >= _SHARE_LEVEL and (
            _pitch(short) > _SPARSE * _pitch(long) or has_values(short)
        )
    has_cells = any(_has_cells(side) for side in (rows, others))
    return not is_wide or has_cells or has_values(rows) or has_values(others)


def _level(rows: Sequence[Row], others: Sequence[Row]) -> float:
    """The share of rows that stand on one line with another."""
    bases = sorted(row.base for row in others)
    places = ((row.base, bisect_left(bases, row.base - _ON_ONE_LINE)) for row in rows)
    return sum(place < len(bases) and bases[place] <= base + _ON_ONE_LINE for base, place in places) / len(
        rows
    )


def is_prose(rows: Sequence[Row]) -> bool:
    """Whether half of the rows are lines of prose, which fill their column with words."""
    if not rows:
        return False
    width = max(row.box.right for row in rows) - min(row.box.left for row in rows)
    full = sum(
        sum(piece.box.width for piece in row.pieces) >= _FULL * width
        and sum(len(piece.words) for piece in row.pieces) >= _WORDS_OF_PROSE
        for row in rows
    )
    return full >= len(rows) / 2


def has_values(rows: Sequence[Row]) -> bool:
    """Whether half of the rows are figures, or labels that end with a colon."""
    return sum(bool(_VALUE.match(row.pieces[-1].text)) for row in rows) >= len(rows) / 2


def _has_cells(rows: Sequence[Row]) -> bool:
    """Whether half of the rows have wide gaps of their own."""
    return sum(len(row.pieces) > 1 for row in rows) >= len(rows) / 2


def _pitch(rows: Sequence[Row]) -> float:
    """From line to line, as it mostly is."""
    return median([after.base - before.base for before, after in pairwise(rows)] or [0.0])


def _shared(left: Sequence[Item], right: Sequence[Item]) -> float:
    """How far down both sides stand beside each other, in points; none for less than two lines."""
    if not left or not right:
        return 0.0
    shared = min(_end(left), _end(right)) - max(left[0].box.top, right[0].box.top)
    return shared if shared > 2 * _size(left[0]) else 0.0


def _end(side: Sequence[Item]) -> float:
    return max(item.box.bottom for item in side)


def _size(item: Item) -> float:
    return item.style.size if isinstance(item, Piece) else 10.0


def _height(item: Item) -> tuple[float, float]:
    return item.base, item.box.left
