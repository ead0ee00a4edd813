"""Running heads and feet: rows at the edge of a page that its neighbours have too. They are no text."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from index.readers.pdf.sheet import Item, Row, Sheet, Table, rows_of

# Pages before and after a page that are compared with it: odd and even ones may have heads of their own.
_NEIGHBOURS = 4
_MOST_ROWS = 40
_SAME_HEIGHT = 3.0  # points
_ZONE = 0.3  # of the page's height, from its edge
_MARGIN = 0.13
_OUTERMOST = 0.07
_APART = 1.8  # sizes of the type left empty between a head and the text
_NEXT_ROW = 1.2
_SMALLER, _LARGER = 0.93, 1.15
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[\W_]*[ivxlc]+[\W_]*", re.IGNORECASE)


@dataclass(frozen=True)
class _Edge:
    """A row, how far it is from the edge of its page, and what it says apart from its numbers."""

    row: Row | Table
    distance: float
    words: str
    numbers: tuple[int, ...]


_ByWords = defaultdict[str, list[_Edge]]


@dataclass(frozen=True)
class _Page:
    """A page with its rows from the top and from the bottom."""

    sheet: Sheet
    rows: list[Row | Table]

    @cached_property
    def size(self) -> float:
        """Of the type that most rows are set in."""
        return median([row.size for row in self.rows if isinstance(row, Row)] or [0.0])

    @cached_property
    def edges(self) -> tuple[list[_Edge], list[_Edge]]:
        """The outermost rows of the head and of the foot, from outside."""
        head = [_edge(row, row.box.top) for row in self.rows[:_MOST_ROWS]]
        foot = [_edge(row, self.sheet.height - row.box.bottom) for row in self.rows[::-1][:_MOST_ROWS]]
        return head, foot

    @cached_property
    def by_words(self) -> tuple[_ByWords, _ByWords]:
        """The same rows by what they say."""
        sides: tuple[_ByWords, _ByWords] = defaultdict(list), defaultdict(list)
        for side, edges in zip(sides, self.edges, strict=True):
            for edge in edges:
                side[edge.words].append(edge)
        return sides


def without_heads(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The pages without running heads, feet and page numbers; no more than a few pages are held at a time."""
    behind: deque[_Page] = deque(maxlen=_NEIGHBOURS)
    ahead: deque[_Page] = deque()
    for sheet in sheets:
        ahead.append(_Page(sheet, rows_of(sheet.items)))
        if len(ahead) > _NEIGHBOURS:
            behind.append(ahead.popleft())
            yield _trimmed(behind[-1], [*list(behind)[:-1], *ahead])
    while ahead:
        behind.append(ahead.popleft())
        yield _trimmed(behind[-1], [*list(behind)[:-1], *ahead])


def _trimmed(page: _Page, neighbours: Sequence[_Page]) -> Sheet:
    is_copied = not any(len(other.rows) > len(page.rows) for other in neighbours)
    gone: set[int] = set()
    for place, side in enumerate(page.edges):
        others = [(other.sheet.number - page.sheet.number, other.by_words[place]) for other in neighbours]
        gone.update(id(item) for row in _heads(page, side, others, is_copied) for item in _items(row))
    return replace(page.sheet, items=tuple(item for item in page.sheet.items if id(item) not in gone))


def _heads(
    page: _Page, side: Sequence[_Edge], neighbours: Sequence[tuple[int, _ByWords]], is_copied: bool
) -> list[Row | Table]:
    """The rows from the edge inward that the neighbours, so many pages on, have too.

    Where a page has no row of its own and `is_copied`, its words are no heads but pages that are alike.
    """
    likenesses = [
        [_likeness(edge, others.get(edge.words, ()), step) for step, others in neighbours] for edge in side
    ]
    first_own = next((edge for edge, alike in zip(side, likenesses, strict=True) if not any(alike)), None)
    zone = page.sheet.height * (0.0 if first_own is None and is_copied else _ZONE)
    heads: list[Row | Table] = []
    for edge, alike in zip(side, likenesses, strict=True):
        is_numbered = max(alike, default=0) > 1
        if is_numbered and _size(edge) > _LARGER * page.size:
            break  # “Lección 3” on the third page, as its heading
        is_frequent = sum(map(bool, alike)) > 1 and (is_numbered or edge.distance < zone)
        if not is_frequent and not (
            any(alike) and _is_outside(edge, first_own, page.sheet.height, is_numbered)
        ):
            break
        heads.append(edge.row)
    if heads and len(heads) < len(side) and _names_columns(heads[-1], side[len(heads)].row):
        heads.pop()
    return heads


def _likeness(edge: _Edge, others: Sequence[_Edge], step: int) -> int:
    """How far a row is one of a page so many steps on, which say the same: 2 if it counts the pages, 0 if not."""
    for other in others:
        if abs(edge.distance - other.distance) <= _SAME_HEIGHT:
            steps = {after - before for before, after in zip(edge.numbers, other.numbers, strict=True)}
            if steps <= {0, step}:
                return 1 + (step in steps)
    return 0


def _size(edge: _Edge) -> float:
    """Of the type of a row; of a table's nothing is known."""
    return edge.row.size if isinstance(edge.row, Row) else 0.0


def _is_outside(edge: _Edge, first_own: _Edge | None, height: float, is_numbered: bool) -> bool:
    """Whether a row stands in the margin, apart from the first row that only its page has."""
    if edge.distance >= _MARGIN * height:
        return False
    if is_numbered or first_own is None or isinstance(edge.row, Table) or isinstance(first_own.row, Table):
        return is_numbered
    size, own_size = edge.row.size, first_own.row.size
    gap = max(first_own.row.box.top - edge.row.box.bottom, edge.row.box.top - first_own.row.box.bottom)
    is_far_out = edge.distance < _OUTERMOST * height and gap > _APART * size
    return is_far_out or size < _SMALLER * own_size


def _names_columns(head: Row | Table, inner: Row | Table) -> bool:
    """Whether a row that is on every page names the columns of the rows that follow it."""
    if isinstance(head, Table) or isinstance(inner, Table) or min(len(head.pieces), len(inner.pieces)) < 2:
        return False
    gap = inner.box.top - head.box.bottom
    return 0 <= gap < _NEXT_ROW * head.size and not any(
        map(_NUMBER.search, (piece.text for piece in head.pieces))
    )


def _edge(row: Row | Table, distance: float) -> _Edge:
    text = " ".join(piece.text for piece in row.pieces) if isinstance(row, Row) else str(row.rows)
    words = "#" if _ROMAN.fullmatch(text) else _NUMBER.sub("#", " ".join(text.casefold().split()))
    return _Edge(row, distance, words, tuple(int(number[:9]) for number in _NUMBER.findall(text)))


def _items(row: Row | Table) -> Iterable[Item]:
    return row.pieces if isinstance(row, Row) else (row,)
