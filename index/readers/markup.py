"""The words of an HTML or XHTML page, piece by piece and in order, however deep it is nested: what each piece is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree, html

from index.document import BlockKind
from index.errors import UnreadableDocument
from index.readers.draft import Draft
from index.reasons import SkipReason
from index.text.characters import one_line
from index.text.grid import Cell, named_rows, spread

_SILENT = frozenset(
    "script style head template noscript svg math iframe object button select textarea nav".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAIN = frozenset({"main", "article"})
_ASIDE = frozenset({"footer", "aside", "form"})
_TERMS = frozenset({"dt", "summary"})
_GLOSSARIES = frozenset({"dl", "details"})
_LONGEST_TERM = 200
_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"\n")
# A single break parts lines of which the next begins anew: hours, addresses, labels.
_PARAGRAPH_BREAK = re.compile(r"\n ?(?:\n|(?=[^\W_a-zß-ÿ]|[-–—•¿¡]))")
_MOST_SPANNED = 1_000


class Piece(NamedTuple):
    """A piece of a page: what it is, its words or cells, how many of its letters are links, and where it stands.

    `in_structure` if it is in a list, a table or beside a term; `in_main` in what the page calls its main part.
    """

    kind: BlockKind
    words: str
    level: int = 0
    number: str = ""
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    linked: int = 0
    in_structure: bool = False
    in_main: bool = False
    in_aside: bool = False

    @property
    def is_listed(self) -> bool:
        """Whether it is part of a list or table that says something, and does not lead elsewhere as menus do."""
        return self.in_structure and not self.in_aside and self.linked * 2 <= len(self.words)


def parse_page(page: str) -> html.HtmlElement:
    """The tree of an HTML page, mended where it is broken. Raises UnreadableDocument if nothing is left."""
    # As bytes: lxml refuses a str that declares its own encoding.
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(SkipReason("not_html", detail=str(error))) from error
    return tree


def blocks(tree: html.HtmlElement) -> Iterator[str]:
    """The words of each line of a paragraph, heading, list item or row, in the order of the page."""
    return (piece.words for piece in pieces(tree, by_line=True))


def add_piece(draft: Draft, piece: Piece) -> None:
    """Add a piece to a document under construction, as what it is."""
    match piece.kind:
        case BlockKind.HEADING:
            draft.heading(piece.words, piece.level)
        case BlockKind.ITEM:
            draft.item(piece.words, piece.level, piece.number)
        case BlockKind.ROW:
            draft.row(piece.cells, piece.columns)
        case BlockKind.CODE:
            draft.code(piece.words)
        case BlockKind.QUOTE:
            draft.quote(piece.words)
        case _:
            draft.paragraph(piece.words)


def pieces(tree: html.HtmlElement, *, by_line: bool = False) -> Iterator[Piece]:
    """The pieces of a page that hold words, in its order; `by_line` parts them at single line breaks too."""
    walk = _Walk(_LINE_BREAK if by_line else _PARAGRAPH_BREAK)
    context = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in context:
        tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start" and tag == "table" and not walk.silent and _has_columns(element):
            yield from walk.flush()
            yield from walk.table(element)
            context.skip_subtree()
            continue
        if tag and tag not in _INLINE:
            yield from walk.flush()
        if tag and event == "start":
            walk.enter(tag, element)
        elif tag and event == "end":
            if tag in _GLOSSARIES:
                yield from walk.rest()
            walk.leave(tag)
        walk.add(element.text if event == "start" else element.tail)
    yield from walk.flush()
    yield from walk.rest()


@dataclass(slots=True)
class _List:
    """A list that is open, and the number of its next item, if they are numbered."""

    is_numbered: bool
    style: str
    value: int

    def number(self) -> str:
        """The number of the next item."""
        value, self.value = self.value, self.value + 1
        if not self.is_numbered:
            return ""
        return chr(ord(self.style) + value - 1) if self.style in "aA" and 0 < value <= 26 else str(value)


@dataclass(slots=True)
class _Walk:
    """Where the walk through a page stands: the words since the last border, and what is open around them."""

    _break: re.Pattern[str]
    silent: int = 0
    _words: list[str] = field(default_factory=list)
    _linked: int = 0
    _open: dict[str, int] = field(default_factory=dict)
    _lists: list[_List] = field(default_factory=list)
    _item: str | None = None
    _term: str = ""
    _follows_term: bool = False

    def enter(self, tag: str, element: etree._Element) -> None:
        """An element begins."""
        self.silent += tag in _SILENT
        self._open[tag] = self._open.get(tag, 0) + 1
        if tag == "br":
            self._words.append("\n")
        elif tag in ("ul", "ol"):
            self._lists.append(
                _List(tag == "ol", element.get("type") or "1", _whole(element.get("start"), 1))
            )
        elif tag == "li":
            current = self._lists[-1] if self._lists else None
            if current:
                current.value = _whole(element.get("value"), current.value)
            self._item = current.number() if current else ""
        elif tag == "dd":
            self._item = ""
        elif tag == "dt" and self._follows_term:
            self._term = ""

    def leave(self, tag: str) -> None:
        """An element ends."""
        self.silent -= tag in _SILENT
        self._open[tag] = self._open.get(tag, 0) - 1
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in ("li", "dd"):
            self._item = None

    def add(self, words: str | None) -> None:
        """Words of the page."""
        if not words or self.silent:
            return
        self._words.append(words if self._is_open("pre") else _SPACE.sub(" ", words))
        if self._is_open("a"):
            self._linked += len(words.strip())

    def flush(self) -> Iterator[Piece]:
        """The words since the last border, which is here."""
        words, linked = "".join(self._words), self._linked
        self._words.clear()
        self._linked = 0
        if not words.strip():
            return
        if self._is_open("pre"):
            yield from self.rest()
            yield self._piece(BlockKind.CODE, words.strip("\n"))
            return
        for paragraph in filter(str.strip, self._break.split(words)):
            yield from self._prose(one_line(paragraph), linked)

    def rest(self) -> Iterator[Piece]:
        """A term that nothing was said about."""
        if self._term and not self._follows_term:
            yield self._piece(BlockKind.PARAGRAPH, self._term)
        self._term = ""

    def table(self, table: etree._Element) -> Iterator[Piece]:
        """The rows of a table, each with the names of its columns."""
        yield from self.rest()
        rows = [row for row in table.iter("{*}tr") if len(row)]
        for caption in table.iterchildren("{*}caption"):
            yield self._piece(BlockKind.PARAGRAPH, one_line(" ".join(map(str, caption.itertext()))))
        linked = sum(len(words.strip()) for link in table.iter("{*}a") for words in link.itertext())
        named = list(named_rows(spread(map(_cells, rows)), marked=_header_rows(rows)))
        for row in named:
            words = " ".join(row.cells)
            share = linked // max(len(named), 1)
            yield self._piece(BlockKind.ROW, words, share, cells=row.cells, columns=row.columns)

    def _prose(self, words: str, linked: int) -> Iterator[Piece]:
        level = next((level for tag, level in _HEADINGS.items() if self._is_open(tag)), 0)
        if any(map(self._is_open, _TERMS)):
            if len(self._term) > _LONGEST_TERM:
                yield from self.rest()
            self._term = f"{self._term} / {words}" if self._term and not self._follows_term else words
            self._follows_term = False
        elif level:
            yield from self.rest()
            yield self._piece(BlockKind.HEADING, words, linked, level=level)
        else:
            yield self._paragraph(words, linked)

    def _paragraph(self, words: str, linked: int) -> Piece:
        """A paragraph, the term that it explains before it; the first of an item is the item."""
        item, self._item = self._item, None
        if self._term and (item is not None or not self._follows_term):
            words = f"{self._term} {words}" if self._term[-1] in ":.?!" else f"{self._term}: {words}"
            self._follows_term = True
        if item is not None:
            return self._piece(BlockKind.ITEM, words, linked, level=max(len(self._lists), 1), number=item)
        return self._piece(
            BlockKind.QUOTE if self._is_open("blockquote") else BlockKind.PARAGRAPH, words, linked
        )

    def _piece(
        self,
        kind: BlockKind,
        words: str,
        linked: int = 0,
        *,
        level: int = 0,
        number: str = "",
        cells: Sequence[str] = (),
        columns: tuple[str, ...] = (),
    ) -> Piece:
        structure = kind in (BlockKind.ITEM, BlockKind.ROW, BlockKind.CODE) or bool(self._term)
        return Piece(
            kind,
            words,
            level,
            number,
            tuple(cells),
            columns,
            linked,
            in_structure=structure or bool(self._lists),
            in_main=any(map(self._is_open, _MAIN)),
            in_aside=any(map(self._is_open, _ASIDE)),
        )

    def _is_open(self, tag: str) -> bool:
        return self._open.get(tag, 0) > 0


def _has_columns(table: etree._Element) -> bool:
    """Whether it is a table to be read row by row, and none that only places things on the page."""
    inner = sum(1 for _ in table.iter("{*}table", "{*}h1", "{*}h2", "{*}h3", "{*}pre"))
    return inner == 1 and any(len(row) > 1 for row in table.iter("{*}tr"))


def _header_rows(rows: Sequence[etree._Element]) -> int:
    """How many of the first rows the page marks as those that name the columns."""
    count = 0
    for row in rows:
        tags = {str(cell.tag).rpartition("}")[2] for cell in row}
        parent = row.getparent()
        if not (parent is not None and str(parent.tag).endswith("thead")) and tags != {"th"}:
            break
        count += 1
    return count if count < len(rows) else 0


def _cells(row: etree._Element) -> list[Cell]:
    return [
        Cell(
            "; ".join(one_line(words) for words in blocks(cell)),
            _whole(cell.get("colspan"), 1),
            _whole(cell.get("rowspan"), 1),
        )
        for cell in row
        if str(cell.tag).rpartition("}")[2] in ("td", "th")
    ]


def _whole(written: str | None, otherwise: int) -> int:
    return (
        min(int(written), _MOST_SPANNED)
        if written and written.isdecimal() and len(written) < 6
        else otherwise
    )
