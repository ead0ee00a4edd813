"""Web pages, books in EPUB and reStructuredText: what is written in HTML or becomes it."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document as Article

from index.document import BlockKind, DateSource, FileReadings, Reading
from index.errors import UnreadableDocument
from index.readers.archives import local_name, member, open_zip, parse_xml
from index.readers.dating import parse_date
from index.readers.draft import Draft
from index.readers.markup import Piece, add_piece, parse_page, pieces
from index.reasons import SkipReason
from index.text.characters import decode, one_line

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE
)
_CHARSET_WITHIN = 4096
# Only what the page says about itself: no guesses from its words, no date of a later change.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
_WORD = re.compile(r"\w+")
_ALIKE = 0.7
# Where fewer of the article's words are in the pieces of the page, its own lines are better.
_LEAST_COVERED = 0.97
_LONG = 40


def read_html(data: bytes, path: str) -> FileReadings:
    """The one document of a web page; all the words of the page where no article can be made out."""
    page = decode(data, _declared(data))
    article = _article(page)
    draft = Draft()
    lines = [line for line in (article.text or "").split("\n") if line.strip()]
    on_page = list(pieces(parse_page(page)))
    for piece in _in_article(on_page, lines) if lines else on_page:
        add_piece(draft, piece)
    published = parse_date(article.date or "")
    return FileReadings.of(
        Reading(
            text=draft.text,
            title=one_line(article.title or _title(page)),
            date=published,
            date_source=DateSource.HTML_META if published else None,
            url=article.url or None,
            blocks=draft.blocks(),
        )
    )


def _article(page: str) -> Article:
    """What trafilatura makes of the page; nothing if it makes nothing of it."""
    article = bare_extraction(
        page, with_metadata=True, include_comments=False, include_images=False, date_extraction_params=_DATES
    )
    return article if isinstance(article, Article) else Article()


def _in_article(on_page: Sequence[Piece], lines: Sequence[str]) -> Iterable[Piece]:
    """The pieces of a page that stand in its article, and the lists and tables among them that it lost."""
    article = _Words(lines)
    kept = [article.holds(piece.words) for piece in on_page]
    first, last = (kept.index(True), len(kept) - kept[::-1].index(True)) if any(kept) else (0, 0)
    has_main = any(piece.in_main and is_kept for piece, is_kept in zip(on_page, kept, strict=True))
    for place, piece in enumerate(on_page):
        among = piece.in_main if has_main else first <= place < last
        # A lone short item is a caption, a tag or who wrote it.
        neighbours = [*on_page[max(place - 1, 0) : place], *on_page[place + 1 : place + 2]]
        short = piece.kind is BlockKind.ITEM and len(piece.words) < _LONG
        fellows = not short or any(neighbour.is_listed for neighbour in neighbours)
        kept[place] |= among and piece.is_listed and fellows
    for place in range(len(on_page) - 1, 0, -1):
        introduces = on_page[place - 1].kind is BlockKind.HEADING or on_page[place - 1].words.endswith(":")
        kept[place - 1] |= introduces and kept[place] and on_page[place].in_structure
    chosen = list(_once(piece for piece, is_kept in zip(on_page, kept, strict=True) if is_kept))
    if article.covered_by(chosen) < _LEAST_COVERED:
        return [Piece(BlockKind.PARAGRAPH, line) for line in lines]
    return chosen


def _once(chosen: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces without those that a page repeats for another width of its window."""
    seen: set[str] = set()
    for piece in chosen:
        if len(piece.words) < _LONG or piece.words not in seen:
            yield piece
        seen.add(piece.words)


class _Words:
    """The words of an article, by which the pieces of its page are known again."""

    def __init__(self, lines: Iterable[str]) -> None:
        rows = [_WORD.findall(line.casefold()) for line in lines]
        self._lines = set(map(tuple, rows))
        self._counts = Counter(word for row in rows for word in row)
        self._threes = {three for row in rows for three in _threes(row)}

    def holds(self, words: str) -> bool:
        """Whether nearly all that a piece says stands in the article."""
        row = _WORD.findall(words.casefold())
        threes = _threes(row)
        if not threes:
            return tuple(row) in self._lines
        return sum(three in self._threes for three in threes) >= _ALIKE * len(threes)

    def covered_by(self, chosen: Iterable[Piece]) -> float:
        """Which share of the words stands in the pieces."""
        there: Counter[str] = Counter()
        columns: tuple[str, ...] = ()
        for piece in chosen:
            named, columns = (piece.columns if piece.columns != columns else ()), piece.columns
            there.update(_WORD.findall(" ".join([piece.words, *named]).casefold()))
        return (self._counts & there).total() / max(self._counts.total(), 1)


def _threes(row: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(row, row[1:], row[2:], strict=False))


def _declared(data: bytes) -> str:
    charset = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    return charset[1].decode("ascii") if charset else ""


def _title(page: str) -> str:
    title = re.search(r"<title[^>]*>([^<]{1,500})", page, re.IGNORECASE)
    return title[1] if title else ""


def read_book(data: bytes, path: str) -> FileReadings:
    """The one document of an epub file, with the title, date and language that it declares."""
    book = open_zip(data)
    place = _package_path(book)
    package = parse_xml(member(book, place))
    published = parse_date(_about(package, "date"))
    draft = Draft()
    for chapter in _chapters(package, place):
        for piece in pieces(parse_page(decode(member(book, chapter)))):
            add_piece(draft, piece)
    return FileReadings.of(
        Reading(
            text=draft.text,
            title=one_line(_about(package, "title")),
            date=published,
            date_source=DateSource.FILE_PROPERTIES if published else None,
            language=_about(package, "language")[:2].lower(),
            blocks=draft.blocks(),
        )
    )


def _package_path(book: ZipFile) -> str:
    container = parse_xml(member(book, "META-INF/container.xml"))
    paths = (element.get("full-path") for element in container.iter() if local_name(element) == "rootfile")
    path = next(filter(None, paths), None)
    if path is None:
        raise UnreadableDocument(SkipReason("no_contents"))
    return path


def _chapters(package: etree._Element, place: str) -> Iterator[str]:
    """The paths of the chapters within the book."""
    items = {e.get("id"): e.get("href", "") for e in package.iter() if local_name(e) == "item"}
    for element in package.iter():
        if local_name(element) == "itemref" and element.get("idref") in items:
            href = unquote(items[element.get("idref")])
            yield posixpath.normpath(posixpath.join(posixpath.dirname(place), href))


def _about(package: etree._Element, name: str) -> str:
    return next((e.text.strip() for e in package.iter() if local_name(e) == name and e.text), "")


def read_rst(data: bytes, path: str) -> FileReadings:
    """The one document of a reStructuredText file, as docutils makes a page of it; nothing is included or run."""
    # Imported here: it takes a tenth of a second that no other format should wait for.
    from docutils.core import publish_parts

    parts = publish_parts(
        decode(data),
        writer="html5",
        settings_overrides={
            "file_insertion_enabled": False,
            "raw_enabled": False,
            "report_level": 5,
            "halt_level": 5,
            "syntax_highlight": "none",
            "_disable_config": True,
            "doctitle_xform": False,
            "line_length_limit": 1_000_000,
        },
    )
    draft = Draft()
    for piece in pieces(parse_page(f"<body>{parts['body']}</body>")):
        add_piece(draft, piece)
    return FileReadings.of(Reading(text=draft.text, blocks=draft.blocks()))
