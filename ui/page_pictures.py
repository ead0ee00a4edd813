"""Pages of PDFs as pictures with an answer's quotes marked, drawn in a child process and kept for a while."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore, Lock

from index.document import Document, PageQuote, Span
from index.inside import open_inside
from index.readers import suffix_of
from index.sandbox import PageJob, ReaderPool
from ui.passages import Mark

SECONDS = 20.0  # that one page may take
AT_ONCE = 2  # pages drawn at a time, each in a process of its own
KEPT = 24 * 1024 * 1024  # bytes of pictures

Key = tuple[str, int, int, tuple[PageQuote, ...]]


def has_pictures(document: Document) -> bool:
    """Whether a document's pages can be drawn: a PDF that lies in the folder as it is, not in a container."""
    return suffix_of(document.path) == ".pdf" and bool(document.pages)


def quotes_on(document: Document, number: int, marks: Sequence[Mark]) -> tuple[PageQuote, ...]:
    """What of each mark stands on the page of that number, whose text may stand in several places."""
    spans = [page.span for page in document.pages if page.number == number]
    length = max(1, sum(span.end - span.start for span in spans))
    quotes = []
    before = 0
    for span in spans:
        for mark in marks:
            part = Span(max(mark.span.start, span.start), min(mark.span.end, span.end))
            if part.start < part.end:
                place = (before + part.start - span.start) / length
                quotes.append(PageQuote(part.of(document.text), place))
        before += span.end - span.start
    return tuple(quotes)


class PagePictures:
    """Draws pages of the PDFs in one folder; the last used pictures are kept. Safe to use from threads."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._limit = kept
        self._pictures: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = Lock()
        self._drawing = BoundedSemaphore(AT_ONCE)

    def draw(self, document: Document, number: int, marks: Sequence[Mark]) -> bytes:
        """The page as PNG with the marks that stand on it.

        Raises UnreadableDocument for a file that is gone, damaged, or takes too long.
        """
        quotes = quotes_on(document, number, marks)
        data = open_inside(self._folder, document.path)
        key = (document.path, hash(data), number, quotes)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        with self._drawing, ReaderPool(workers=1, seconds=SECONDS) as pool:
            picture = pool.draw(PageJob(data, number, quotes))
        self._keep(key, picture)
        return picture

    def _keep(self, key: Key, picture: bytes) -> None:
        with self._lock:
            self._pictures[key] = picture
            while sum(map(len, self._pictures.values())) > self._limit:
                self._pictures.popitem(last=False)
