"""HTML that stands within another text, as in Markdown: its words as blocks of that text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.document import Block, BlockKind, Span

_TAG = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*+>")
_CELLS = frozenset({"td", "th"})
_ENDS_BLOCK = frozenset(
    "address article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset({"script", "style", "svg"})


def html_blocks(text: str, start: int, end: int) -> Iterator[Block]:
    """The words between the tags from `start` to `end`: paragraphs, items, headings, and rows with their cells."""
    reading = _Reading(text)
    place = start
    for tag in _TAG.finditer(text, start, end):
        name = (tag[2] or "").lower()
        reading.add_words(place, tag.start())
        place = tag.end()
        if name in _ENDS_BLOCK or name in _SILENT:
            yield from reading.close(name, ends=bool(tag[1]))
    reading.add_words(place, end)
    yield from reading.close("", ends=True)


@dataclass(slots=True)
class _Reading:
    """The words since the last border, the cells of the row that is open, and the columns of its table."""

    text: str
    _start: int = -1
    _end: int = -1
    _element: str = ""
    _is_silent: bool = False
    _row: list[Span] = field(default_factory=list)
    _columns: tuple[str, ...] = ()
    _header: bool = False

    def add_words(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if not words.strip() or self._is_silent:
            return
        if self._start < 0:
            self._start = start + len(words) - len(words.lstrip())
        self._end = start + len(words.rstrip())

    def close(self, name: str, *, ends: bool) -> Iterator[Block]:
        """What ends where an element `name` begins or ends."""
        element, self._element = self._element, "" if ends else name
        self._is_silent = name in _SILENT and not ends
        span = Span(self._start, self._end) if self._start >= 0 else None
        self._start = -1
        if element in _CELLS:
            here = self._row[-1].end if self._row else 0
            self._row.append(span or Span(here, here))
            self._header |= element == "th"
        elif span:
            yield self._block(element, span)
        if name in ("tr", "table", "") and self._row:
            yield from self._close_row()
        if name == "table":
            self._columns = ()

    def _close_row(self) -> Iterator[Block]:
        filled = [cell for cell in self._row if cell.start < cell.end]
        row, is_header = self._row, self._header and not self._columns
        self._row, self._header = [], False
        if is_header:
            self._columns = tuple(" ".join(cell.of(self.text).split()) for cell in row)
        elif filled:
            columns = self._columns if len(self._columns) == len(row) else ()
            yield Block(
                BlockKind.ROW, Span(filled[0].start, filled[-1].end), columns=columns, cells=tuple(row)
            )

    def _block(self, element: str, span: Span) -> Block:
        if len(element) == 2 and element[0] == "h" and element[1].isdigit():
            return Block(BlockKind.HEADING, span, level=int(element[1]))
        if element in ("li", "dd"):
            return Block(BlockKind.ITEM, span, level=1)
        return Block(BlockKind.CODE if element == "pre" else BlockKind.PARAGRAPH, span)
