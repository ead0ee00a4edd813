"""Ruled lines on a page that belong together: grids, and level rules of one width."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from index.readers.pdf.sheet import Box

NEAR = 3.0  # points between lines that are one, or that meet
_MOST_LINES = 600
_LEAST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that meet: where they part columns and rows, and the lines, upright and level."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    uprights: tuple[Box, ...]
    levels: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """The place that it takes."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def grids(lines: Sequence[Box]) -> Iterator[Grid]:
    """The grids that the lines of a page make; none where there are too many lines for a table."""
    uprights = _merged([(line.left, line.top, line.bottom) for line in lines if line.width == 0])
    levels = _merged([(line.top, line.left, line.right) for line in lines if line.width > 0])
    if len(uprights) + len(levels) > _MOST_LINES:
        return
    sides = [Box(x, top, x, bottom) for x, top, bottom in uprights]
    bars = [Box(left, y, right, y) for y, left, right in levels]
    for group in (*_meeting(sides, bars), *_stacked(sides, bars)):
        whole = reduce(Box.around, group)
        upright = tuple(line for line in group if line.width == 0)
        level = tuple(line for line in group if line.width > 0)
        xs = _distinct([whole.left, whole.right, *(line.left for line in upright)])
        ys = _distinct([whole.top, whole.bottom, *(line.top for line in level)])
        if len(ys) > 1 and len(xs) > 1:
            yield Grid(xs, ys, upright, level)


def _merged(lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines of one direction, as place, start and end, with those that go on from each other made one."""
    merged: list[tuple[float, float, float]] = []
    clusters: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if clusters and line[0] - clusters[-1][0][0] <= NEAR:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    for cluster in clusters:
        place, start, end = cluster[0][0], 0.0, -1e9
        for _, begins, ends in sorted(cluster, key=lambda line: line[1:]):
            if begins - end > NEAR:
                if end > start:
                    merged.append((place, start, end))
                start = begins
            end = max(end, ends)
        merged.append((place, start, end))
    return merged


def _meeting(sides: Sequence[Box], bars: Sequence[Box]) -> Iterator[list[Box]]:
    """Groups of lines that touch each other."""
    lines = [*sides, *bars]
    leader = list(range(len(lines)))

    def first(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, side in enumerate(sides):
        for other, bar in enumerate(bars, len(sides)):
            if _touch(side, bar):
                leader[first(one)] = first(other)
    groups: defaultdict[int, list[Box]] = defaultdict(list)
    for place, line in enumerate(lines):
        groups[first(place)].append(line)
    return (group for group in groups.values() if len(group) > 1)


def _touch(side: Box, bar: Box) -> bool:
    is_level = side.top - NEAR <= bar.top <= side.bottom + NEAR
    return is_level and bar.left - NEAR <= side.left <= bar.right + NEAR


def _stacked(sides: Sequence[Box], bars: Sequence[Box]) -> Iterator[list[Box]]:
    """Groups of level rules of one width, one below the other, that no upright line touches."""
    groups: list[list[Box]] = []
    for bar in sorted(bars, key=lambda bar: bar.top):
        if any(_touch(side, bar) for side in sides):
            continue
        for group in groups:
            if max(abs(group[-1].left - bar.left), abs(group[-1].right - bar.right)) <= NEAR:
                group.append(bar)
                break
        else:
            groups.append([bar])
    return (group for group in groups if len(group) >= _LEAST_LEVELS)


def _distinct(places: Iterable[float]) -> tuple[float, ...]:
    """Places from the least, those that are one to the eye only once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > NEAR:
            kept.append(place)
    return tuple(kept)


def fields_of(grid: Grid) -> list[list[tuple[int, int]]]:
    """For every place of the grid the first place, row and column, of the cell that it belongs to."""
    fields = [[(row, column) for column in range(len(grid.xs) - 1)] for row in range(len(grid.ys) - 1)]
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        for column, (left, right) in enumerate(pairwise(grid.xs)):
            middle, centre = (top + bottom) / 2, (left + right) / 2
            is_open_left = column and not any(
                abs(line.left - left) <= NEAR and line.top <= middle <= line.bottom for line in grid.uprights
            )
            is_open_above = row and not any(
                abs(line.top - top) <= NEAR and line.left <= centre <= line.right for line in grid.levels
            )
            if is_open_left:
                fields[row][column] = fields[row][column - 1]
            elif is_open_above:
                fields[row][column] = fields[row - 1][column]
    return fields
