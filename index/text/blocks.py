"""Plain text → blocks, by how its lines are laid out: headings, lists, listings, quotes and paragraphs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from index.document import Block, BlockKind, Span
from index.text.lines import Line, Number, fence_of, lines_of, number_of, numbered, width_of, wraps
from index.text.structure import structured

_CODE_INDENT = 4
_LONGEST_HEADING = 90
_LONGEST_PLAIN_HEADING = 60
_FEWEST_CAPITALS = 4
# More lines in capitals than these one below the other are no headings.
_MOST_CAPITALS = 4
# A heading without any sign of its own is one only above text that is clearly longer.
_LONGER_BY = 1.5
_UNDERLINES = {"=": 1, "-": 2, "*": 2, "_": 2}
_TITLE, _SECTION, _NUMBERED, _UNSIGNED, _DEEPEST = 1, 2, 3, 4, 6
# “CAPÍTULO II”, “Artículo 5. Plazo”: a word and its number, in any language.
_SECTION_LINE = re.compile(r"([^\W\d_]{4,})\s+(?:\d{1,4}|[IVXLC]{1,7})(?:\.?[ºª°])?\.?[-–—:]?(?=\s|$)")
# Small letters to Python, which capitals have among them: “SENTENCIA N.º 43”.
_ORDINAL_SIGNS = str.maketrans("", "", "ºª")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that will be one block: what they are, and how they stand among the others.

    `stands` if no sentence is open before them, `alone` if no other line is next to them, `after_rule` if a row of
    signs is above them.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    level: int = 0
    number: Number | None = None
    stands: bool = True
    alone: bool = True
    after_rule: bool = False

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def length(self) -> int:
        return sum(len(line.words) for line in self.lines)

    @property
    def sign(self) -> str:
        """What the items of one list have in common."""
        return self.number.family if self.number else self.first.bullet

    @property
    def in_capitals(self) -> bool:
        letters = self.first.words.translate(_ORDINAL_SIGNS)
        return letters.isupper() and sum(map(str.isalpha, letters)) >= _FEWEST_CAPITALS

    @property
    def is_bare_section(self) -> bool:
        """Whether it is “CAPÍTULO II” and no more."""
        match = _SECTION_LINE.match(self.first.words)
        return match is not None and match.end() == len(self.first.words) and len(self.lines) == 1

    @property
    def section(self) -> str:
        """The word of “Artículo 5”, or nothing."""
        match = _SECTION_LINE.match(self.first.words)
        return match[1].casefold() if match and self.first.words[0].isupper() else ""


def plain_blocks(text: str, start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """The blocks of a plain text from `start` to `end`, in order; every word stands in one of them."""
    grouping = _Grouping()
    lines = list(lines_of(text, start, len(text) if end is None else end))
    grouping.read(lines)
    prose = (line for group in grouping.groups if group.kind is BlockKind.PARAGRAPH for line in group.lines)
    numbers = numbered(prose)
    pieces = _mended(piece for group in grouping.groups for piece in _parted(group, numbers))
    return structured(text, _blocks(_titled(pieces)))


@dataclass(slots=True)
class _Grouping:
    """Puts the lines into groups: rules are in none, and a listing between fences is one with its blank lines."""

    groups: list[_Piece] = field(default_factory=list)
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
            self.groups.append(_Piece(BlockKind.CODE, tuple(self._open)))
        self._open, self._fence, self._after_rule = [], "", False

    def _close(self, below: Line | None) -> None:
        if self._open:
            level = _underlined(self._open, below)
            kind = BlockKind.HEADING if level else self._kind()
            self.groups.append(_Piece(kind, tuple(self._open), level, after_rule=self._after_rule))
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
    fits = len(title) * 0.6 <= len(below.words) <= len(title) * 1.6 + 4 and len(title) <= _LONGEST_HEADING
    return _UNDERLINES.get(sign, 3) if fits and not below.words.strip(sign) and title[-1] not in ".,;:" else 0


def _parted(group: _Piece, numbers: Mapping[int, Number]) -> Iterator[_Piece]:
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
        yield _Piece(
            BlockKind.ITEM if run[0].bullet or number else BlockKind.PARAGRAPH,
            tuple(run),
            number=number,
            stands=place == 0 or runs[place - 1][-1].ends or runs[place - 1][-1].words.isupper(),
            alone=len(runs) == 1,
            after_rule=group.after_rule and place == 0,
        )


def _begins(line: Line, run: Sequence[Line], numbers: Mapping[int, Number], width: int) -> bool:
    """Whether `line` begins something new below the lines of a run."""
    if line.bullet or line.span.start in numbers:
        return True
    if (run[0].bullet or run[0].span.start in numbers) and line.indent > run[0].indent:
        return False
    return not wraps(run[-1], line, width)


def _mended(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces, those put together again that a rule or a blank line has torn: sentences, items, listings."""
    mended: list[_Piece] = []
    for piece in pieces:
        if mended and _continues(mended[-1], piece):
            mended[-1] = replace(mended[-1], lines=mended[-1].lines + piece.lines)
        else:
            mended.append(piece)
    return mended


def _continues(before: _Piece, piece: _Piece) -> bool:
    if piece.kind is BlockKind.CODE:
        return before.kind is BlockKind.CODE and piece.first.indent >= _CODE_INDENT
    if piece.kind is not BlockKind.PARAGRAPH:
        return False
    if before.is_bare_section and before.kind is BlockKind.PARAGRAPH:
        return _could_head(piece) and not piece.section
    if before.kind is BlockKind.ITEM and not piece.after_rule:
        return all(line.indent > before.first.indent for line in piece.lines)
    sentence_open = before.kind is BlockKind.PARAGRAPH and not before.last.ends
    return sentence_open and piece.after_rule and piece.first.words[0].islower()


def _titled(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The pieces, those that head the others as headings with their levels."""
    sections = _section_levels(pieces)
    shouted = _shouted(pieces)
    before: _Piece | None = None
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        level = piece.level or (0 if place in shouted else _level(piece, before, after, sections))
        if (
            level
            and before
            and before.kind is BlockKind.HEADING
            and before.level == level
            and not piece.level
        ):
            # “TÍTULO I” and below it what the title is about.
            level = min(level + 1, _DEEPEST)
        before = replace(piece, kind=BlockKind.HEADING, level=level) if level else piece
        yield before


def _shouted(pieces: Sequence[_Piece]) -> frozenset[int]:
    """The places of pieces in capitals among so many that they are a list of commands or names."""
    capitals = groupby(range(len(pieces)), lambda place: pieces[place].first.words.isupper())
    runs = [list(run) for are_capitals, run in capitals if are_capitals]
    return frozenset(place for run in runs if len(run) > _MOST_CAPITALS for place in run)


def _section_levels(pieces: Iterable[_Piece]) -> dict[str, int]:
    """The words that sections are numbered by, the widest first: titles hold chapters, chapters hold articles."""
    counts: dict[str, int] = {}
    for piece in pieces:
        if piece.section and piece.stands:
            counts[piece.section] = counts.get(piece.section, 0) + 1
    repeated = [word for word, count in counts.items() if count > 1]
    return {word: min(_SECTION + place, _DEEPEST) for place, word in enumerate(repeated)}


def _level(piece: _Piece, before: _Piece | None, after: _Piece | None, sections: Mapping[str, int]) -> int:
    """The level of a piece that is a heading by what it looks like; 0 if it is none."""
    words = piece.first.words
    if after is None or piece.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or not piece.stands:
        return 0
    titled_section = piece.kind is BlockKind.PARAGRAPH and piece.section and len(piece.lines) == 2
    if not (_could_head(piece) or piece.is_bare_section or titled_section):
        return 0
    if piece.section in sections:
        return sections[piece.section]
    number = next(iter((piece.number,) if piece.number else number_of(words)), None)
    if number:
        return _numbered_level(piece, number, before, after)
    if piece.in_capitals:
        return _TITLE if before is None else _SECTION
    return (_TITLE if before is None else _UNSIGNED) if _is_unsigned(piece, after) else 0


def _could_head(piece: _Piece) -> bool:
    """Whether it is one short line without a stop."""
    line = piece.first
    short = len(piece.lines) == 1 and len(line.words) <= _LONGEST_HEADING
    return short and not line.bullet and line.words[-1] not in ".,;:!" and not line.is_columned


def _numbered_level(piece: _Piece, number: Number, before: _Piece | None, after: _Piece) -> int:
    """The level of “2. Requisitos” or “2.1 Software”, unless it stands among items of its own kind."""
    title = piece.first.words[number.length :]
    listed = any(other is not None and _is_fellow(other, number) for other in (before, after))
    nested = after.kind is BlockKind.ITEM and after.first.indent > piece.first.indent
    if listed or nested or not title[:1].isupper():
        return 0
    return min(_NUMBERED - 1 + number.depth, _DEEPEST)


def _is_fellow(other: _Piece, number: Number) -> bool:
    """Whether `other` is the item before or after the one of that number."""
    numbers = number_of(other.first.words) if other.kind is not BlockKind.HEADING else ()
    return any(each.style == number.style and abs(each.value - number.value) == 1 for each in numbers)


def _is_unsigned(piece: _Piece, after: _Piece) -> bool:
    """Whether a short line that stands alone heads what is below, with no sign but that."""
    words = piece.first.words
    if not piece.alone or len(words) > _LONGEST_PLAIN_HEADING or piece.first.is_label:
        return False
    dated = "," in words and words[-1].isdigit()
    if dated or not (words[0].isupper() or words[0] == "¿") or words[-1] == "…":
        return False
    if after.kind is BlockKind.PARAGRAPH:
        return after.last.ends and after.length > len(words) * _LONGER_BY
    return after.kind in (BlockKind.ITEM, BlockKind.CODE)


def _blocks(pieces: Iterable[_Piece]) -> Iterator[Block]:
    """The pieces as blocks."""
    lists: list[_Piece] = []
    for piece in pieces:
        lists = _nested(lists, piece)
        number = piece.number.printed if piece.number else ""
        span = Span(piece.first.span.start, piece.last.span.end)
        yield Block(piece.kind, span, level=piece.level or len(lists), number=number)


def _nested(lists: list[_Piece], piece: _Piece) -> list[_Piece]:
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
