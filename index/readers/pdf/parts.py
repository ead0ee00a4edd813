"""The lines of a page put together to paragraphs, items, notes, listings and tables, in reading order."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from statistics import median

from index.readers.pdf.columns import in_reading_order
from index.readers.pdf.sheet import SUPERSCRIPTS, Box, Row, Sheet, Style, Table, rows_of
from index.readers.pdf.tables import aligned
from index.text.lines import STOPS, number_of

_SAME_SIZE = 0.6  # points
_NEXT_LINE = 1.35  # times the usual way from line to line
_LOOSEST, _WIDEST = 2.3, 3.0  # sizes of the type, where no way is usual, and where one is
_INDENT = 0.8  # sizes of the type
_SLACK = 0.8
_FULL = 3.0
_SHORT_LINE = 4  # words
_SHARE_LISTED = 0.2
_SMALL = 0.93  # of the size that most of a page is set in
_FEWEST_CAPITALS = 6
# Small letters to Python, which capitals have among them: “SENTENCIA N.º 43”.
_ORDINAL_SIGNS = str.maketrans("", "", "ºª")
_MONO_WIDTH = 0.6
_FARTHEST_DOT = 2.2
_BULLET = re.compile(r"(?:[•◦▪▫●○■□·∙‣⁃✓✔➢➤►▶*–—\-+\ue000-\uf8ff]|o(?= {1,3}[A-ZÁÉÍÓÚÑ¿]))[ \t\xa0]+(?=\S)")
_NOTE = re.compile(r"[(\[]?(\d{1,3}|[*†‡§]{1,3})[)\]]?\.?\s*(?=[^\W\d]|[«“\"¿¡(])")


class PartKind(Enum):
    """What lines that belong together are."""

    PROSE = auto()
    ITEM = auto()
    NOTE = auto()
    CODE = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: its words, without the bullet before them."""

    text: str
    box: Box
    base: float
    style: Style
    first: float = 0.0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together, on one page.

    `left` is where they begin, `opens` whether they are the first of a column, `full` whether their last line
    goes to its edge. `marks` are those of the notes that it refers to, or its own. `rows` are those of a table,
    with the lines of each cell; the first `heads` are set apart as its head.
    """

    kind: PartKind
    page: int
    lines: tuple[str, ...]
    style: Style
    left: float = 0.0
    opens: bool = False
    full: bool = False
    marks: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    heads: int = 0


def parts_of(sheet: Sheet) -> list[Part]:
    """What a page says, in reading order; what is turned another way comes last."""
    parts: list[Part] = []
    for run in in_reading_order(aligned(sheet.items)):
        parts += _parts(rows_of(aligned(run)), sheet)
    for row in rows_of(sheet.aside):
        parts += _parts([row], sheet)
    return _with_notes(parts)


def _parts(rows: Sequence[Row | Table], sheet: Sheet) -> Iterator[Part]:
    """The parts of a column."""
    lines = [_table(row, sheet) if isinstance(row, Table) else _line(row, sheet.dots) for row in rows]
    column = _Column.of([line for line in lines if isinstance(line, Line)])
    group: list[Line] = []
    opens = True
    for line in lines:
        if group and (isinstance(line, Part) or column.begins(group, line)):
            yield column.part(group, sheet.number, opens)
            group, opens = [], False
        if isinstance(line, Part):
            yield replace(line, opens=opens)
            opens = False
        else:
            group.append(line)
    if group:
        yield column.part(group, sheet.number, opens)


def _table(table: Table, sheet: Sheet) -> Part:
    return Part(
        PartKind.TABLE, sheet.number, (), Style(0.0), left=table.box.left, rows=table.rows, heads=table.heads
    )


def _line(row: Row, dots: Sequence[Box]) -> Line:
    words = [word for piece in row.pieces for word in piece.words]
    text = " ".join(piece.text for piece in row.pieces)
    bullet = _BULLET.match(text)
    is_dotted = any(
        row.box.top < dot.middle < row.box.bottom and 0 < row.box.left - dot.right < _FARTHEST_DOT * row.size
        for dot in dots
    )
    style = max((piece.style for piece in row.pieces), key=lambda style: style.size)
    return Line(
        text=text[bullet.end() :] if bullet else text,
        box=row.box,
        base=row.base,
        style=replace(
            style,
            bold=all(word.style.bold for word in words),
            mono=all(word.style.mono for word in words),
        ),
        first=words[0].box.width,
        bullet=bool(bullet) or is_dotted,
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """What the lines of a column have in common: where it begins and ends, and the usual way from line to line.

    It is mono if most of it is set in type of one width, and listed if its lines are short and begin anew, as those
    of addresses do.
    """

    left: float
    right: float
    pitches: Mapping[float, float]
    is_mono: bool
    is_listed: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Column":
        """The column of these lines."""
        ways: defaultdict[float, Counter[float]] = defaultdict(Counter)
        for before, line in pairwise(lines):
            if abs(before.style.size - line.style.size) <= _SAME_SIZE:
                ways[line.style.size][round(line.base - before.base)] += 1
        return cls(
            left=min((line.box.left for line in lines), default=0.0),
            right=max((line.box.right for line in lines), default=0.0),
            pitches={size: _usual(counts) for size, counts in ways.items()},
            is_mono=sum(line.style.mono for line in lines) * 2 > len(lines),
            is_listed=bool(lines)
            and median(len(line.text.split()) for line in lines) <= _SHORT_LINE
            and sum(line.text[0].islower() for line in lines) <= _SHARE_LISTED * len(lines),
        )

    def begins(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a line begins something new below the lines of a group."""
        before, size = group[-1], line.style.size
        if self._is_code(line) or self._is_code(before):
            return self._is_code(line) != self._is_code(before)
        if line.bullet or self._is_far(before, line) or abs(before.style.size - size) > _SAME_SIZE:
            return True
        ends = before.text.endswith(STOPS)
        is_full = not self._has_room(before, line)
        if before.style.bold != line.style.bold:
            return not is_full or ends or line.style.bold
        if number_of(line.text):
            return ends or not is_full or _is_next(group[0].text, line.text)
        step = line.box.left - before.box.left
        if ends and step < -_INDENT * size and len(group) == 1 and line.text[0].isalpha():
            return True
        if (line.text[0].islower() and (is_full or not ends)) or _is_divided(before):
            return False
        if self._are_centred(before, line) and line.style.bold:
            return False
        is_title = is_shouted(before.text) != is_shouted(line.text)
        if self.is_listed or (is_title and (not is_full or ends or before.text[-1].isdigit())):
            return True
        if self._are_centred(before, line) or (is_full and not ends):
            return False
        is_indented = abs(step) > _INDENT * size and (step > 0 or len(group) > 1)
        return not is_full or (ends and (is_indented or bool(_NOTE.match(line.text))))

    def part(self, group: Sequence[Line], page: int, opens: bool) -> Part:
        """The part that the lines of a group make."""
        first, last = group[0], group[-1]
        kind = PartKind.CODE if self._is_code(first) else PartKind.ITEM if first.bullet else PartKind.PROSE
        unit = _MONO_WIDTH * first.style.size
        left = min(line.box.left for line in group)
        lines = (
            " " * round((line.box.left - left) / unit) * (kind is PartKind.CODE) + line.text for line in group
        )
        return Part(
            kind=kind,
            page=page,
            lines=tuple(lines),
            style=first.style,
            left=first.box.left,
            opens=opens,
            full=not self.is_listed and self.right - last.box.right < _FULL * last.style.size,
        )

    def _is_code(self, line: Line) -> bool:
        return line.style.mono and not self.is_mono

    def _is_far(self, before: Line, line: Line) -> bool:
        size = line.style.size
        usual = self.pitches.get(size, 0.0)
        way = line.base - before.base
        is_known = size / 2 < usual < _WIDEST * size
        return way > _NEXT_LINE * usual if is_known else way > _LOOSEST * size

    def _has_room(self, before: Line, line: Line) -> bool:
        """Whether the first word of a line would have stood on the line before it."""
        return before.box.right + line.first + _SLACK * line.style.size < self.right

    def _are_centred(self, before: Line, line: Line) -> bool:
        middle = (self.left + self.right) / 2
        sides = [
            ((each.box.left + each.box.right) / 2 - middle, each.box.left - self.left)
            for each in (before, line)
        ]
        return all(abs(off) < line.style.size / 2 and left > 2 * line.style.size for off, left in sides)


def _is_next(text: str, following: str) -> bool:
    """Whether one text has the number after the other's."""
    return any(
        (number.style, number.value + 1) == (after.style, after.value)
        for number in number_of(text)
        for after in number_of(following)
    )


def _is_divided(line: Line) -> bool:
    return line.text.endswith("-") and line.text[-2:-1].isalnum()


def _usual(ways: Counter[float]) -> float:
    """The least of the ways from line to line that are about as frequent as any."""
    return min(way for way, count in ways.items() if count * 2 >= max(ways.values()))


def is_shouted(text: str) -> bool:
    """Whether a text is in capitals, “ANTECEDENTES DE HECHO”, and no acronym."""
    letters = text.translate(_ORDINAL_SIGNS)
    return letters.isupper() and sum(map(str.isalpha, letters)) >= _FEWEST_CAPITALS


def _with_notes(parts: Sequence[Part]) -> list[Part]:
    """The parts, with those that are notes at the foot told by their small type and the marks in the text."""
    sizes: Counter[float] = Counter()
    for part in parts:
        sizes[part.style.size] += sum(map(len, part.lines))
    main = max(sizes, key=lambda size: sizes[size], default=0.0)
    text = "\n".join("\n".join(part.lines) for part in parts if part.style.size > _SMALL * main)
    last = max((place for place, part in enumerate(parts) if part.style.size > _SMALL * main), default=-1)
    notes: list[str] = []
    out = []
    for place, part in enumerate(parts):
        match = _NOTE.match(part.lines[0]) if part.lines and part.style.size <= _SMALL * main else None
        if match and (place > last or _glued(match[1]).search(text)):
            notes.append(match[1])
            lines = (part.lines[0][match.end() :], *part.lines[1:])
            out.append(replace(part, kind=PartKind.NOTE, marks=(match[1],), lines=lines))
        else:
            out.append(part)
    return [_unglued(part, notes) for part in out]


def _glued(mark: str) -> re.Pattern[str]:
    """Finds the mark of a note, raised or not, where it stands as if it belonged to the word before it."""
    marks = f"(?:{re.escape(mark)}|{re.escape(mark.translate(SUPERSCRIPTS))})"
    return re.compile(rf"(?<=[^\W\d_][^\W\d_][^\W\d_]|[^\W\d_][^\W\d_][.,;:»”)]){marks}(?![\w⁰-⁹]|[.,]\d)")


def _unglued(part: Part, notes: Iterable[str]) -> Part:
    if part.kind in (PartKind.NOTE, PartKind.CODE):
        return part
    for mark in notes:
        lines = tuple(_glued(mark).sub("", line) for line in part.lines)
        if lines != part.lines:
            part = replace(part, lines=lines, marks=(*part.marks, mark))
    return part
