"""PDF by PDFium: its pages in reading order, as headings, prose, lists and tables; scans by OCR if it is there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.errors import Outside, UnreadableDocument
from index.readers import ocr
from index.readers.dating import parse_date
from index.readers.pdf.assembly import assembled
from index.readers.pdf.drawn import drawn_on
from index.readers.pdf.furniture import without_heads
from index.readers.pdf.parts import Part, parts_of
from index.readers.pdf.sheet import Box, Sheet, Word, pieces_of
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
        return tuple(LeftOut(kind, count) for kind, count in self._left_out.items() if count)

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
