"""What is drawn on a page of a PDF beside its words: rules and edges of boxes, bullets, pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
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
_THIN = 3.0
_LEAST_DOT, _LARGEST_DOT = 1.2, 7.0
_WHITE = 250

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
