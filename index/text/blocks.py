"""Text → blocks as it stands: plain text by how its lines are laid out, and HTML within it by its tags."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.document import Block, BlockKind, Span
from index.text.headings import Piece, could_head, titled
from index.text.lines import Line, Number, fence_of, lines_of, numbered, width_of, wraps
from index.text.structure import structured

_CODE_INDENT = 4
_LONGEST_UNDERLINED = 90
_UNDERLINES = {"=": 1, "-": 2, "*": 2, "_": 2}


_TAG = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*+>")
_CELLS = frozenset({"td", "th"})
_ENDS_BLOCK = frozenset(
    "address article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset({"script", "style", "svg"})


def plain_blocks(text: str, start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """The blocks of a plain text from `start` to `end`, in order; every word stands in one of them."""
    grouping = _Grouping()
    lines = list(lines_of(text, start, len(text) if end is None else end))
    grouping.read(lines)
    prose = (line for group in grouping.groups if group.kind is BlockKind.PARAGRAPH for line in group.lines)
    numbers = numbered(prose)
    pieces = _mended(piece for group in grouping.groups for piece in _parted(group, numbers))
    return structured(text, _blocks(_listed(list(titled(pieces)))))


@dataclass(slots=True)
class _Grouping:
    """Puts the lines into groups: rules are in none, and a listing between fences is one with its blank lines."""

    groups: list[Piece] = field(default_factory=list)
    _open: list[Line] = field(default_factory=list)
    _fence: str = ""
    _after_rule: bool = False
    _base: int = 0

    def read(self, lines: Sequence[Line | None]) -> None:
        """Take in all lines of a text."""
        self._base = min((line.indent for line in lines if line), default=0)
        last_closing = {line.words: place for place, line in enumerate(lines) if line and fence_of(line)}
        for place, line in enumerate(lines):
            fence = fence_of(line)
            if self._fence and (line is None or line.words != self._fence):
                self._open.extend([line] if line else [])
            elif self._fence:
                self._close_fence()
            elif fence and last_closing.get(fence, 0) > place:
                self._close(line)
                self._fence = fence
            else:
                self._add(line)
        self._close(None)

    def _add(self, line: Line | None) -> None:
        if line is None or line.is_rule:
            self._close(line)
            self._after_rule |= line is not None
            return
        if self._open and line.is_quoted != self._open[-1].is_quoted:
            self._close(line)
        self._open.append(line)

    def _close_fence(self) -> None:
        if self._open:
            self.groups.append(Piece(BlockKind.CODE, tuple(self._open)))
        self._open, self._fence, self._after_rule = [], "", False

    def _close(self, below: Line | None) -> None:
        if self._open:
            level = _underlined(self._open, below)
            kind = BlockKind.HEADING if level else self._kind()
            self.groups.append(Piece(kind, tuple(self._open), level, after_rule=self._after_rule))
            self._open, self._after_rule = [], False

    def _kind(self) -> BlockKind:
        if self._open[0].is_quoted:
            return BlockKind.QUOTE
        inset = all(line.indent >= self._base + _CODE_INDENT for line in self._open)
        listing = inset and sum(line.is_code for line in self._open) * 2 >= len(self._open)
        return BlockKind.CODE if listing else BlockKind.PARAGRAPH


def _underlined(group: Sequence[Line], below: Line | None) -> int:
    """The level of the heading that `below` makes of a group by underlining it; 0 if it makes none."""
    if below is None or not below.is_rule or len(group) != 1:
        return 0
    sign, title = below.words[0], group[0].words
    fits = len(title) * 0.6 <= len(below.words) <= len(title) * 1.6 + 4 and len(title) <= _LONGEST_UNDERLINED
    return _UNDERLINES.get(sign, 3) if fits and not below.words.strip(sign) and title[-1] not in ".,;:" else 0


def _parted(group: Piece, numbers: Mapping[int, Number]) -> Iterator[Piece]:
    """The items, paragraphs and labelled lines of a group."""
    if group.kind is not BlockKind.PARAGRAPH:
        yield group
        return
    width = width_of(group.lines)
    runs: list[list[Line]] = []
    for line in group.lines:
        if not runs or _begins(line, runs[-1], numbers, width):
            runs.append([])
        runs[-1].append(line)
    for place, run in enumerate(runs):
        number = numbers.get(run[0].span.start)
        yield Piece(
            BlockKind.ITEM if run[0].bullet or number else BlockKind.PARAGRAPH,
            tuple(run),
            number=number,
            stands=place == 0 or runs[place - 1][-1].ends or runs[place - 1][-1].words.isupper(),
            alone=len(runs) == 1,
            follows=place > 0,
            after_rule=group.after_rule and place == 0,
        )


def _begins(line: Line, run: Sequence[Line], numbers: Mapping[int, Number], width: int) -> bool:
    """Whether `line` begins something new below the lines of a run."""
    if line.bullet or line.span.start in numbers:
        return True
    if (run[0].bullet or run[0].span.start in numbers) and line.indent > run[0].indent:
        return False
    return not wraps(run[-1], line, width)


def _mended(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, those put together again that a rule or a blank line has torn: sentences, items, listings."""
    mended: list[Piece] = []
    for piece in pieces:
        if mended and _continues(mended[-1], piece):
            mended[-1] = replace(mended[-1], lines=mended[-1].lines + piece.lines)
        else:
            mended.append(piece)
    return mended


def _continues(before: Piece, piece: Piece) -> bool:
    if piece.kind is BlockKind.CODE:
        return before.kind is BlockKind.CODE and piece.first.indent >= _CODE_INDENT
    if piece.kind is not BlockKind.PARAGRAPH:
        return False
    if before.is_bare_section and before.kind is BlockKind.PARAGRAPH:
        return could_head(piece) and not piece.section
    if before.kind is BlockKind.ITEM and not piece.after_rule:
        return all(line.indent > before.first.indent for line in piece.lines)
    sentence_open = before.kind is BlockKind.PARAGRAPH and not before.last.ends
    return sentence_open and piece.after_rule and piece.first.words[0].islower()


def _listed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those as items that stand line by line right below what introduces them with a colon."""
    in_list = False
    for place, piece in enumerate(pieces):
        entry = (
            piece.follows
            and could_head(piece)
            and piece.kind is BlockKind.PARAGRAPH
            and not piece.first.is_label
        )
        begins = place > 0 and pieces[place - 1].last.words.endswith(":")
        in_list = entry and (in_list or (begins and _lists_on(pieces, place + 1)))
        yield replace(piece, kind=BlockKind.ITEM) if in_list else piece


def _lists_on(pieces: Sequence[Piece], place: int) -> bool:
    """Whether one more line follows that may be of a list."""
    return place < len(pieces) and pieces[place].follows and could_head(pieces[place])


def _blocks(pieces: Iterable[Piece]) -> Iterator[Block]:
    """The pieces as blocks."""
    lists: list[Piece] = []
    for piece in pieces:
        lists = _nested(lists, piece)
        number = piece.number.printed if piece.number else ""
        span = Span(piece.first.span.start, piece.last.span.end)
        yield Block(piece.kind, span, level=piece.level or len(lists), number=number)


def _nested(lists: list[Piece], piece: Piece) -> list[Piece]:
    """The items that `piece` stands in, itself the last: by indent, and where that is the same by their signs."""
    if piece.kind is not BlockKind.ITEM:
        return []
    for depth, item in enumerate(lists):
        if (item.first.indent, item.sign) == (piece.first.indent, piece.sign):
            return [*lists[:depth], piece]
    while lists and lists[-1].first.indent >= piece.first.indent:
        # “1. …” and the dashes below it, though they are not indented.
        if lists[-1].first.indent == piece.first.indent and lists[-1].number:
            break
        lists = lists[:-1]
    return [*lists, piece]


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
