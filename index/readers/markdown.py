"""Markdown: its text is the file's own, its blocks are where the parser of CommonMark sees them in it."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from index.document import Block, BlockKind, DateSource, FileReadings, LeftOut, LeftOutKind, Reading, Span
from index.readers.dating import parse_date
from index.text.blocks import html_blocks, plain_blocks
from index.text.characters import decode
from index.text.headings import shorten
from index.text.structure import structured

_YAML = re.compile(r"\A\s*+---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n\s*|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\s*+\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n\s*|\Z)", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\[\n]*\][(\[]")
_IMAGES_ALONE = re.compile(r"(?:\[?!\[[^\]\[]*\][(\[][^()\[\]]*[)\]](?:\]\([^()]*\))?\s*)++")
_LINK = re.compile(r"!?\[([^\]\[]*)\](?:\([^()]*\)|\[[^\]\[]*\])")
_SIGNS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)|<[^<>]*>|(?<![ \t])[ \t]*+\{#[^{}]*\}[ \t]*$")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_DEFINITION = re.compile(r"[ \t]*\[(?!\^)[^\]\[]+\]:")
_TITLE_WITHIN = 2_000
# Deeper than this the parser gives up; what it leaves is read as plain text.
_DEEPEST = 60


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a Markdown file. Its text is the file's, markup and front matter included."""
    text = decode(data)
    fields, body = _front_matter(text)
    published = parse_date(_first(fields, "date", "fecha", "published"))
    blocks = markdown_blocks(text, body)
    images = sum(1 for _ in _IMAGE.finditer(text, body))
    return FileReadings.of(
        Reading(
            text=text,
            title=_first(fields, "title", "titulo", "título") or _heading(text, body, blocks),
            date=published,
            date_source=DateSource.FRONT_MATTER if published else None,
            url=_first(fields, "url", "link", "source") or None,
            language=_first(fields, "lang", "language")[:2].lower(),
            body=body,
            blocks=blocks,
            left_out=LeftOut.each_of({LeftOutKind.IMAGES: images}),
        )
    )


def markdown_blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of Markdown from offset `start`. What the parser passes over is read as plain text."""
    source = _Source(text, start)
    for token in _parser().parse(text[start:]):
        source.take(token)
    blocks = sorted([*source.blocks, *source.passed_over()], key=lambda block: block.span)
    return tuple(map(_with_plain_headings, structured(text, blocks)))


def _with_plain_headings(block: Block) -> Block:
    headings = tuple(map(_plain, block.headings))
    return block if headings == block.headings else replace(block, headings=headings)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable(["normalize", "inline", "text_join"])
    parser.block.ruler.before(
        "code", "table", _table, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return parser


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: a table is one token, where the parser's own would make several of each cell."""
    if start + 1 >= end or state.is_code_block(start) or state.sCount[start + 1] < state.blkIndent:
        return False
    below = _line_of(state, start + 1)
    if "-" not in below[:3] or not _DELIMITERS.fullmatch(below) or "|" not in _line_of(state, start) + below:
        return False
    if len(_cells(_line_of(state, start))) != len(_cells(below)):
        return False
    if silent:
        return True
    line = start + 2
    enders = state.md.block.ruler.getRules("blockquote")
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.is_code_block(line) or any(rule(state, line, end, True) for rule in enders):
            break
        line += 1
    token = state.push("table", "", 0)
    token.map = [start, line]
    state.line = line
    return True


def _line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _cells(row: str, start: int = 0) -> list[Span]:
    """Where the cells of a row that begins at `start` stand, without the space around them."""
    row = row.rstrip()
    borders = [bar.start() for bar in _BAR.finditer(row)]
    if not row.startswith("|"):
        borders.insert(0, -1)
    if borders[-1] != len(row) - 1 or len(borders) == 1:
        borders.append(len(row))
    return [_trimmed(row, start, left + 1, right) for left, right in pairwise(borders)]


def _trimmed(row: str, start: int, left: int, right: int) -> Span:
    words = row[left:right].lstrip()
    return Span(start + right - len(words), start + right - len(words) + len(words.rstrip()))


@dataclass(slots=True)
class _Source:
    """What the tokens so far have made of the text: the blocks, and in what items and quotes the next stands."""

    text: str
    start: int
    blocks: list[Block] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _items: list["_Item"] = field(default_factory=list)
    _covered: bytearray = field(default_factory=bytearray)
    _quotes: int = 0
    _heading: int = 0

    def __post_init__(self) -> None:
        lengths = (len(row) + 1 for row in self.text[self.start :].split("\n"))
        self._lines = list(accumulate(lengths, initial=self.start))
        self._covered = bytearray(len(self._lines) - 1)

    def passed_over(self) -> Iterator[Block]:
        """Lines that no token holds, such as lists too deep for the parser; links that are only defined are none."""
        for covered, run in groupby(range(len(self._covered)), self._is_read):
            lines = list(run)
            if not covered:
                yield from plain_blocks(self.text, self._lines[lines[0]], self._row(lines[-1]).end)

    def _is_read(self, line: int) -> bool:
        if self._covered[line]:
            return True
        row = self._row(line)
        return _DEFINITION.match(self.text, row.start, row.end) is not None

    def take(self, token: Token) -> None:
        """Take in the next token."""
        if token.map and (not token.nesting or token.type == "heading_open"):
            first, last = token.map
            self._covered[first:last] = b"\1" * (last - first)
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1])
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "list_item_open":
                self._items.append(_Item(token.info))
            case "list_item_close":
                self._items.pop()
            case "inline":
                self._add_words(self._span(token))
                self._heading = 0
            case "fence":
                inside = self._rows(token)[1:]
                closed = inside and inside[-1].of(self.text).lstrip(" \t>").startswith(token.markup)
                self._add_code(inside[:-1] if closed else inside)
            case "code_block":
                self._add_code(self._rows(token))
            case "table":
                self._add_rows(self._rows(token))
            case "html_block":
                span = self._span(token)
                self.blocks.extend(html_blocks(self.text, span.start, span.end))

    def _rows(self, token: Token) -> list[Span]:
        """The lines of a token, without the signs of quotes before them, nor the space around."""
        first, last = token.map or (0, 0)
        return [self._row(line) for line in range(first, last)]

    def _row(self, line: int) -> Span:
        start, end = self._lines[line], min(self._lines[line + 1] - 1, len(self.text))
        words = self.text[start:end]
        signs = " \t>" if self._quotes else " \t"
        return Span(end - len(words.lstrip(signs)), start + len(words.rstrip()))

    def _span(self, token: Token) -> Span:
        rows = [row for row in self._rows(token) if row.start < row.end]
        return Span(rows[0].start, rows[-1].end) if rows else Span(self.start, self.start)

    def _add_words(self, span: Span) -> None:
        if self._heading:
            words = span.of(self.text)
            bare = words.rstrip("# \t") if words.startswith("#") else words
            left = span.start + len(words) - len(words.lstrip("# \t"))
            self.blocks.append(
                Block(BlockKind.HEADING, Span(left, max(left, span.start + len(bare))), self._heading)
            )
        elif _IMAGES_ALONE.fullmatch(self.text, span.start, span.end):
            # Counted among what is left out: the words for an image are no prose.
            return
        elif self._items:
            self._add_to_item(span)
        elif self._quotes:
            self.blocks.append(Block(BlockKind.QUOTE, span))
        else:
            self.blocks.extend(plain_blocks(self.text, span.start, span.end))

    def _add_to_item(self, span: Span) -> None:
        """A paragraph of an item: the item itself, or more of it where nothing else stands between."""
        item = self._items[-1]
        if not item.is_begun:
            item.is_begun = True
            item.place = len(self.blocks)
            self.blocks.append(Block(BlockKind.ITEM, span, level=len(self._items), number=item.number))
        elif item.place == len(self.blocks) - 1:
            self.blocks[-1] = replace(self.blocks[-1], span=Span(self.blocks[-1].span.start, span.end))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, span))

    def _add_code(self, rows: Iterable[Span]) -> None:
        filled = [row for row in rows if row.start < row.end]
        if filled:
            self.blocks.append(Block(BlockKind.CODE, Span(filled[0].start, filled[-1].end)))

    def _add_rows(self, rows: list[Span]) -> None:
        header, body = rows[0], rows[2:]
        columns = tuple(_plain(cell.of(header.of(self.text))) for cell in _cells(header.of(self.text)))
        for row in body or [header]:
            cells = _cells(row.of(self.text), row.start)
            cells += [Span(row.end, row.end)] * (len(columns) - len(cells))
            self.blocks.append(Block(BlockKind.ROW, row, columns=columns, cells=tuple(cells[: len(columns)])))


@dataclass(slots=True)
class _Item:
    """An item that is open: its number, and the place of its block, if it has one yet."""

    number: str
    is_begun: bool = False
    place: int = -1


@lru_cache(maxsize=256)
def _plain(words: str) -> str:
    """Words without the signs of Markdown in them."""
    return _SIGNS.sub("", _LINK.sub(r"\1", words)).strip()


def _heading(text: str, body: int, blocks: Iterable[Block]) -> str:
    within = (block for block in blocks if block.span.start < body + _TITLE_WITHIN)
    first = next((block for block in within if block.kind is BlockKind.HEADING), None)
    return shorten(_plain(" ".join(first.span.of(text).split()))) if first else ""


def _front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The fields that a file tells of itself before its text, in YAML or TOML, and where its text begins."""
    for pattern, parse in ((_YAML, yaml.safe_load), (_TOML, tomllib.loads)):
        match = pattern.match(text)
        if match:
            try:
                fields = parse(match[1])
            except (yaml.YAMLError, ValueError, RecursionError):
                return {}, 0
            return (
                ({str(name).lower(): value for name, value in fields.items()}, match.end())
                if isinstance(fields, dict)
                else ({}, 0)
            )
    return {}, 0


def _first(fields: dict[str, Any], *names: str) -> str:
    # Aliases of YAML may make a small list a huge one: no more than plain values are written out.
    plain = (fields[name] for name in names if isinstance(fields.get(name), str | int | float | date))
    return next((str(value).strip() for value in plain if value), "")
