"""What stands on a page of a PDF: words, the pieces of lines that they make, and what is drawn between them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

# Gaps between words of a line that are wider, in sizes of the type, part columns or cells.
WIDE_GAP = 0.9
# Where the other gaps of the line are less than half as wide, this does.
_WIDE_SPACE = 0.6
_FEW_GAPS, _SPACE = 2, 0.3
_GLUED, _OVERLAP = 0.08, 0.3
_SAME_LINE = 0.15
_SMALL = 0.85  # of the type beside it: a raised mark
_HIGHEST_MARK = 0.75
_BESIDE = 0.3
# Raised figures: of notes, and of powers such as m².
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡§]{1,3})[)\]]?")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the upper left corner of the page as one reads it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left to the right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the top to the bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Halfway down."""
        return (self.top + self.bottom) / 2

    def rounded(self) -> "Box":
        """The box in whole points."""
        return Box(round(self.left), round(self.top), round(self.right), round(self.bottom))

    def around(self, other: "Box") -> "Box":
        """The least box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set: the size of the type in points, and its kind."""

    size: float
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the height of the line that it stands on."""

    text: str
    box: Box
    base: float
    style: Style


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand on one line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box
    base: float
    style: Style

    @property
    def text(self) -> str:
        """The words with a space between them; what belongs together, as in H₂O, stands together."""
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            gap = (word.box.left - before.box.right) / before.style.size
            is_glued = -_OVERLAP < gap < _GLUED
            parts.append(word.text if is_glued else f" {word.text}")
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: its rows from the top, each with the lines of every cell, or of one that is as wide as it.

    The first `heads` rows alone are set in bold type.
    """

    rows: tuple[tuple[str, ...], ...]
    box: Box
    heads: int = 0

    @property
    def base(self) -> float:
        """Where it begins."""
        return self.box.top


Item = Piece | Table


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces with one base line, from the left."""

    pieces: tuple[Piece, ...]
    box: Box
    base: float

    @property
    def size(self) -> float:
        """Of its largest type."""
        return max(piece.style.size for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with what stands upright on it; `aside` is what is turned another way.

    `dots` are the bullets that are drawn, `pictures` the images; `is_drawn` if there is anything at all.
    """

    number: int
    width: float
    height: float
    items: tuple[Item, ...] = ()
    aside: tuple[Piece, ...] = ()
    dots: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    is_drawn: bool = False


def rows_of(items: Sequence[Item]) -> list[Row | Table]:
    """The items of a column as rows and tables, from the top."""
    rows: list[Row | Table] = []
    for item in sorted(items, key=lambda item: (item.base, item.box.left)):
        before = rows[-1] if rows else None
        if isinstance(item, Table):
            rows.append(item)
        elif isinstance(before, Row) and item.base - before.base <= _SAME_LINE * item.style.size:
            pieces = sorted((*before.pieces, item), key=lambda piece: piece.box.left)
            rows[-1] = Row(tuple(pieces), before.box.around(item.box), before.base)
        else:
            rows.append(Row((item,), item.box, item.base))
    return rows


def pieces_of(words: Iterable[Word], uprights: Sequence[Box] = ()) -> tuple[Piece, ...]:
    """The words of a page put to pieces of lines, from the top; `uprights` are rules that part cells."""
    lines = _lines(words)
    pieces = [piece for line in lines for piece in _cut(line, uprights)]
    return tuple(sorted(pieces, key=lambda piece: (piece.base, piece.box.left)))


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words with one base line, from the left, the raised marks put to the words before them."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base <= _SAME_LINE * min(word.style.size, rows[-1][0].style.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.box.left)
    return list(_with_marks(rows))


def _with_marks(rows: list[list[Word]]) -> Iterator[list[Word]]:
    for place, row in enumerate(rows):
        kept = [word for word in row if not _attached(word, rows[place + 1 : place + 4])]
        if kept:
            yield kept


def _attached(mark: Word, below: list[list[Word]]) -> bool:
    """Whether a word is a raised mark; it then has been put to the word it stands behind."""
    if not _MARK.fullmatch(mark.text):
        return False
    for row in below:
        for place, word in enumerate(row):
            size = word.style.size
            is_raised = mark.style.size < _SMALL * size and word.base - mark.base < _HIGHEST_MARK * size
            if is_raised and abs(mark.box.left - word.box.right) < _BESIDE * size:
                text = word.text + mark.text.strip("()[]").translate(SUPERSCRIPTS)
                box = replace(word.box, right=max(word.box.right, mark.box.right))
                row[place] = replace(word, text=text, box=box)
                return True
            if is_raised and 0 <= word.box.left - mark.box.right < 2 * _BESIDE * size:
                row[place] = replace(word, text=f"{mark.text} {word.text}", box=word.box.around(mark.box))
                return True
    return False


def _cut(row: Sequence[Word], uprights: Sequence[Box]) -> Iterator[Piece]:
    """A line cut at wide gaps and where a rule stands between two words."""
    between = [rule for rule in uprights if rule.top <= row[0].base <= rule.bottom]
    gaps = [(word.box.left - before.box.right) / before.style.size for before, word in pairwise(row)]
    widest = _widest_space(gaps)
    start = 0
    for place, (before, word) in enumerate(pairwise(row), 1):
        is_ruled = any(before.box.right - 1 <= rule.left <= word.box.left + 1 for rule in between)
        if is_ruled or gaps[place - 1] > widest:
            yield _piece(row[start:place])
            start = place
    yield _piece(row[start:])


def _widest_space(gaps: Sequence[float]) -> float:
    """How wide a space between two words may be where these are the gaps of a line, whose words may be spread."""
    narrow = sorted(gap for gap in gaps if gap > 0)
    usual = narrow[len(narrow) // 4] if len(narrow) > _FEW_GAPS else _SPACE
    return min(WIDE_GAP, max(_WIDE_SPACE, 2 * usual))


def _piece(words: Sequence[Word]) -> Piece:
    box = words[0].box
    weights: defaultdict[Style, int] = defaultdict(int)
    for word in words:
        box = box.around(word.box)
        weights[word.style] += len(word.text)
    return Piece(tuple(words), box, words[0].base, max(weights, key=lambda style: weights[style]))
