"""PDF by PDFium: its pages in reading order, as headings, prose, lists and tables; scans by OCR if it is there.

Running heads and feet, rows at the edge of a page that its neighbours have too, are no text.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

import pypdfium2
from pypdfium2 import raw

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.errors import Outside, UnreadableDocument
from index.readers import ocr
from index.readers.dating import parse_date
from index.readers.pdf.assembly import assembled
from index.readers.pdf.drawn import drawn_on
from index.readers.pdf.parts import Part, parts_of
from index.readers.pdf.sheet import Box, Item, Row, Sheet, Table, Word, pieces_of, rows_of
from index.readers.pdf.tables import ruled
from index.readers.pdf.words import lines_of, scanned_words, words_of
from index.reasons import Skipped, SkipReason
from index.text.characters import one_line

MOST_PAGES = 5_000
MOST_SCANNED_PAGES = 20
# Words; pages after so many are read line by line, as a book of 3,000 pages would take minutes.
MOST_LAID_OUT = 1_000_000
_LEAST_PICTURE = 0.02  # of the page
_WHOLE_PAGE = 0.7
_LEAST_LOGO = 3  # pages that have the same picture at the same place
_LETTER = (612.0, 792.0)
_MOST_NOTES = 2_000
_COMMENTS = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
    }
)
_WRITTEN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT})


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


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a PDF with its pages. Raises UnreadableDocument if it is locked or without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        reason = SkipReason("password") if is_locked else SkipReason("damaged", detail=str(error))
        raise UnreadableDocument(reason) from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise UnreadableDocument(SkipReason("too_many_pages", size=len(document), limit=MOST_PAGES))
        pages = _Pages(document)
        draft = assembled(pages.parts())
        about = document.get_metadata_dict()
        left_out = pages.left_out()
    depends = {Outside.OCR} if pages.scanned else frozenset[Outside]()
    if not draft.text:
        raise UnreadableDocument(_without_text(), depends)
    published = parse_date(about["CreationDate"].removeprefix("D:")[:8])
    return FileReadings.of(
        Reading(
            text=draft.text,
            title=one_line(about["Title"]),
            date=published,
            date_source=DateSource.PDF_INFO if published else None,
            pages=draft.pages(),
            blocks=draft.blocks(),
            left_out=left_out,
        ),
        skipped=_unread(path, pages.unread),
        depends=depends,
    )


class _Pages:
    """The pages of a document as they are read one after the other, and what of them was not read."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self.scanned: list[int] = []
        self.unread: list[int] = []
        self._laid_out = 0
        self._left_out: Counter[LeftOutKind] = Counter()
        self._pictures: defaultdict[Box, set[int]] = defaultdict(set)

    def parts(self) -> list[Part]:
        """What all pages say. A page whose only words are those that all pages have, as a stamp, is a scan too."""
        sheets = (self._recognised(self._sheet(place)) for place in range(len(self._document)))
        parts: list[Part] = []
        for sheet in without_heads(sheets):
            whole = self._recognised(sheet) if sheet.pictures else sheet
            self._note_pictures(whole)
            parts += parts_of(whole)
        return parts

    def left_out(self) -> tuple[LeftOut, ...]:
        """What the pages have that is not in their text."""
        self._left_out[LeftOutKind.IMAGES] = sum(
            len(pages) for pages in self._pictures.values() if len(pages) < _LEAST_LOGO
        )
        self._left_out[LeftOutKind.ATTACHMENTS] = self._document.count_attachments()
        return LeftOut.each_of(self._left_out)

    def _sheet(self, place: int) -> Sheet:
        """A page with its words, of which rules have made tables; an empty one for a page that is damaged."""
        number = place + 1
        try:
            page = self._document[place]
            self._left_out[LeftOutKind.COMMENTS] += _with_fields(page)
            words = words_of(page) if self._laid_out < MOST_LAID_OUT else lines_of(page)
            drawn = drawn_on(page, words.turn)
        except pypdfium2.PdfiumError:
            self._left_out[LeftOutKind.PAGES] += 1
            return Sheet(number, *_LETTER)
        self._laid_out += len(words.upright)
        self._left_out[LeftOutKind.HIDDEN] += words.hidden
        pieces = pieces_of(words.upright, [line for line in drawn.lines if line.width == 0])
        return Sheet(
            number,
            *words.far,
            items=tuple(ruled(pieces, drawn.lines)),
            aside=tuple(piece for group in words.aside for piece in pieces_of(group)),
            dots=drawn.dots,
            pictures=drawn.pictures,
            is_drawn=raw.FPDFPage_CountObjects(page) > 0,
        )

    def _recognised(self, sheet: Sheet) -> Sheet:
        """A page as its scan gives it, if there is nothing on it but what is drawn."""
        if sheet.items or sheet.aside or not sheet.is_drawn:
            return sheet
        self.scanned.append(sheet.number)
        words: tuple[Word, ...] = ()
        if ocr.available() and len(self.scanned) <= MOST_SCANNED_PAGES:
            words = scanned_words(self._document[sheet.number - 1])
        if not words:
            self.unread.append(sheet.number)
        return replace(sheet, items=pieces_of(words), pictures=(), is_drawn=False)

    def _note_pictures(self, sheet: Sheet) -> None:
        """Note the pictures of a page that are no dots and no scan of the page itself."""
        page = sheet.width * sheet.height
        for box in sheet.pictures:
            if _LEAST_PICTURE * page < box.width * box.height < _WHOLE_PAGE * page:
                self._pictures[box.rounded()].add(sheet.number)


def _with_fields(page: pypdfium2.PdfPage) -> int:
    """Draw on a page what is filled into its fields and written over it; the number of comments, which stay out."""
    comments = 0
    is_written_on = False
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, place)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        comments += kind in _COMMENTS
        is_written_on = is_written_on or kind in _WRITTEN
    if is_written_on:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return comments


def _unread(path: str, numbers: Sequence[int]) -> list[Skipped]:
    return [Skipped(f"{path}, page {number}", _without_text()) for number in numbers]


def _without_text() -> SkipReason:
    return SkipReason("scanned" if ocr.available() else "scanned_without_ocr")


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
