"""PDF by PDFium: paragraphs put back together, page numbers, and scanned pages by OCR if it is installed."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import pypdfium2

from index.document import DateSource, Reading, Skipped
from index.encoding import clean
from index.errors import UnreadableDocument
from index.outside import Outside
from index.readers import ocr
from index.readers.pages import join_pages
from index.readers.prose import one_line, paragraphs
from index.readers.reading import FileReadings, parse_date
from index.readers.reflow import reflow

MOST_PAGES = 5_000
MOST_SCANNED_PAGES = 20
_NO_TEXT = "no text (scanned?)"
_OCR_DPI = 200
# A scan of a poster must not become a picture of gigabytes.
_MOST_PIXELS = 5_000
# PDFium writes this where a word was divided at the end of a line.
_DIVIDED = re.compile("[\ufffe\uffff\x02]\n?")
# Running heads and page numbers: lines that stand first or last on most pages, whatever the number in them.
_LEAST_PAGES_FOR_HEADS = 3
_SHARE_FOR_HEADS = 0.6


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a PDF with its pages. Raises UnreadableDocument if it is locked or without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "protected with a password" if "password" in str(error).lower() else "the file is damaged"
        raise UnreadableDocument(reason) from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise UnreadableDocument(f"it has {len(document):,} pages, the limit is {MOST_PAGES:,}; split it")
        printed = _without_heads([_printed(document, number) for number in range(len(document))])
        scanned = [
            number for number, words in enumerate(printed) if not words and _is_drawn(document, number)
        ]
        about = document.get_metadata_dict()
        for number in scanned[:MOST_SCANNED_PAGES] if ocr.available() else ():
            printed[number] = ocr.recognise(_picture(document, number))
    text, pages = join_pages(paragraphs(reflow(page)) for page in printed)
    depends = {Outside.OCR} if scanned else frozenset[Outside]()
    if not text:
        raise UnreadableDocument(_NO_TEXT if ocr.available() else f"{_NO_TEXT}; {ocr.NEEDED}", depends)
    published = parse_date(about["CreationDate"].removeprefix("D:")[:8])
    return FileReadings.of(
        Reading(
            text=text,
            title=one_line(about["Title"]),
            date=published,
            date_source=DateSource.PDF_INFO if published else None,
            pages=pages,
        ),
        skipped=_unread(path, [number for number in scanned if not printed[number].strip()]),
        depends=depends,
    )


def _printed(document: pypdfium2.PdfDocument, number: int) -> str:
    """The words of a page as lines; empty for a page that is damaged, drawn or scanned."""
    try:
        words = document[number].get_textpage().get_text_range(errors="replace")
    except pypdfium2.PdfiumError:
        return ""
    return clean(_DIVIDED.sub("-\n", words)).strip()


def _is_drawn(document: pypdfium2.PdfDocument, number: int) -> bool:
    try:
        return any(True for _ in document[number].get_objects(max_depth=1))
    except pypdfium2.PdfiumError:
        return False


def _picture(document: pypdfium2.PdfDocument, number: int) -> bytes:
    page = document[number]
    scale = min(_OCR_DPI / 72, _MOST_PIXELS / max(*page.get_size(), 1))
    picture = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    return picture.getvalue()


def _without_heads(pages: Sequence[str]) -> list[str]:
    rows = [page.split("\n") for page in pages]
    heads = _repeated([page[0] for page in rows if page[0]])
    feet = _repeated([page[-1] for page in rows if page[-1]])
    return ["\n".join(_trimmed(page, heads, feet)) for page in rows]


def _trimmed(rows: Sequence[str], heads: frozenset[str], feet: frozenset[str]) -> Sequence[str]:
    start = 1 if rows and _unnumbered(rows[0]) in heads else 0
    end = len(rows) - 1 if len(rows) > start and _unnumbered(rows[-1]) in feet else len(rows)
    return rows[start:end]


def _repeated(rows: Sequence[str]) -> frozenset[str]:
    counts = Counter(map(_unnumbered, rows))
    return frozenset(
        row
        for row, count in counts.items()
        if count >= _LEAST_PAGES_FOR_HEADS and count >= len(rows) * _SHARE_FOR_HEADS
    )


def _unnumbered(row: str) -> str:
    return re.sub(r"\d+", "#", row.strip())


def _unread(path: str, numbers: Sequence[int]) -> list[Skipped]:
    reason = _NO_TEXT if ocr.available() else f"{_NO_TEXT}; {ocr.NEEDED}"
    return [Skipped(f"{path}, page {number + 1}", reason) for number in numbers]
