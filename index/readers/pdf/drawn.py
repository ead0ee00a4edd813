"""What is drawn on a page of a PDF beside its words: bullets, pictures, boxes, and ruled lines that make grids."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from index.readers.pdf.sheet import Box
from index.readers.pdf.words import Point, Turn

# A page with more is a drawing, whose lines are no rules.
MOST_OBJECTS = 20_000
_MOST_POINTS = 400
_MOST_LINES = 6_000
_DEEPEST = 6
_STRAIGHT = 1.0  # points that a rule may lean
_SHORTEST = 4.0
_LEAST_DOT, _LARGEST_DOT = 1.2, 7.0
_WHITE = 250

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

NEAR = 3.0  # points between lines that are one, or that meet
_MOST_RULES = 600
_LEAST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rules of a page as boxes without height or width, the bullets drawn on it, and its pictures."""

    lines: tuple[Box, ...]
    dots: tuple[Box, ...]
    pictures: tuple[Box, ...]


def drawn_on(page: pypdfium2.PdfPage, turn: Turn) -> Drawn:
    """What is drawn on a page, as an upright reader sees it; no rules where there are too many to be rules."""
    lines: list[Box] = []
    dots: list[Box] = []
    pictures: list[Box] = []
    for item, matrix in _objects(page):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_box(_bounds(item, matrix), turn))
        elif kind == raw.FPDF_PAGEOBJ_PATH and _is_visible(item) and len(lines) <= _MOST_LINES:
            box = _box(_bounds(item, matrix), turn)
            if all(_LEAST_DOT <= side <= _LARGEST_DOT for side in (box.width, box.height)):
                dots.append(box)
            else:
                lines.extend(_rules(item, matrix, turn))
    return Drawn(tuple(lines) if len(lines) <= _MOST_LINES else (), tuple(dots), tuple(pictures))


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, Matrix]]:
    """The objects of a page and of the forms on it, each with the matrix that takes it to the page."""
    seen = 0
    stack = [(raw.FPDFPage_GetObject(page, place), _SAME, 0) for place in range(_count(page))]
    while stack and seen < MOST_OBJECTS:
        item, matrix, depth = stack.pop()
        seen += 1
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < _DEEPEST:
            inner = _product(_matrix(item), matrix)
            count = min(raw.FPDFFormObj_CountObjects(item), MOST_OBJECTS - seen)
            stack.extend((raw.FPDFFormObj_GetObject(item, place), inner, depth + 1) for place in range(count))


def _count(page: pypdfium2.PdfPage) -> int:
    return min(int(raw.FPDFPage_CountObjects(page)), MOST_OBJECTS)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    first, second, origin = (_moved((x, y), outer) for x, y in ((a, b), (c, d), (e, f)))
    zero = outer[4], outer[5]
    return (
        first[0] - zero[0],
        first[1] - zero[1],
        second[0] - zero[0],
        second[1] - zero[1],
        origin[0],
        origin[1],
    )


def _moved(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> tuple[Point, Point]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return _moved((left, bottom), matrix), _moved((right, top), matrix)


def _box(corners: tuple[Point, Point], turn: Turn) -> Box:
    (x1, y1), (x2, y2) = (turn(*corner) for corner in corners)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _is_visible(path: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is drawn at all, and not in white on a page that is white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    shades = [ctypes.c_uint() for _ in range(4)]
    look = raw.FPDFPageObj_GetStrokeColor if stroke.value else raw.FPDFPageObj_GetFillColor
    look(path, *shades)
    return bool(fill.value or stroke.value) and min(shade.value for shade in shades[:3]) < _WHITE


def _rules(path: raw.FPDF_PAGEOBJECT, matrix: Matrix, turn: Turn) -> Iterator[Box]:
    """The upright and level lines of a path; a thin field is one line."""
    whole = _product(_matrix(path), matrix)
    points: list[Point] = []
    outlines = [points]
    for place in range(min(raw.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            points = []
            outlines.append(points)
        points.append(turn(*_moved((x.value, y.value), whole)))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    for outline in outlines:
        yield from filter(None, (_rule(start, end) for start, end in pairwise(outline)))


def _rule(start: Point, end: Point) -> Box | None:
    (x1, x2), (y1, y2) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if y2 - y1 <= _STRAIGHT and x2 - x1 >= _SHORTEST:
        return Box(x1, (y1 + y2) / 2, x2, (y1 + y2) / 2)
    if x2 - x1 <= _STRAIGHT and y2 - y1 >= _SHORTEST:
        return Box((x1 + x2) / 2, y1, (x1 + x2) / 2, y2)
    return None


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
    if len(uprights) + len(levels) > _MOST_RULES:
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
