"""The values that travel from a file to the index: documents, and the spans that point into them.

Every offset in Hemeroteca counts code points of `Document.text`, start inclusive, end exclusive.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from index.errors import Outside
from index.reasons import Skipped

if TYPE_CHECKING:
    from index.event_dates import DateRow


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether all of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged document: its number, counted from 1, and where its text stands."""

    number: int
    span: Span


class BlockKind(StrEnum):
    """What a block is to whoever reads the document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    TURN = "turn"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document that a person sees as one; blocks stand in reading order and never overlap.

    `level` is 1 to 6 for a heading, and how deep an item is nested, from 1. `headings` are the titles above it,
    outermost first. A row has the names of its `columns` and the spans of its `cells`, one for each column (an
    empty cell has an empty span). `lead` is the paragraph that introduces the list, table or code it belongs to.
    An item has its `number` as it is printed, such as "3" or "b". A turn spans what is said, and the label
    above it if that has a line of its own; it has its `speaker`, and the `time` as written.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[Span, ...] = ()
    lead: Span | None = None
    number: str = ""
    speaker: str = ""
    time: str = ""


class LeftOutKind(StrEnum):
    """What a reader may see in a file and not read."""

    IMAGES = "images"
    COMMENTS = "comments"
    FORMULAS = "formulas"
    PAGES = "pages"
    ATTACHMENTS = "attachments"
    QUOTED_TEXT = "quoted text"
    HIDDEN = "hidden"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many things of a kind a document holds that are not in its text."""

    kind: LeftOutKind
    count: int

    @classmethod
    def each_of(cls, counts: Mapping[LeftOutKind, int]) -> tuple[Self, ...]:
        """The kinds of which there are any."""
        return tuple(cls(kind, count) for kind, count in counts.items() if count > 0)


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """A document by its id, and what it holds that is not in its text."""

    document: str
    left_out: tuple[LeftOut, ...]


class DateSource(StrEnum):
    """Where a publication date was found, the strongest first. Events are never dated by a file time."""

    HEADER = "header"
    FRONT_MATTER = "front matter"
    HTML_META = "html meta"
    JSON = "json"
    FILE_NAME = "file name"
    DATELINE = "dateline"
    PDF_INFO = "pdf info"
    FILE_PROPERTIES = "file properties"
    FILE_TIME = "file time"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in one file, or in one entry of a file that holds several documents.

    `entry` is empty when the file is the document; else it names the document within the file: the `id` of
    a JSONL line, the member path of a zip. `body` is where the prose starts in `text`, after a header that
    is not to be quoted. `title` and `language` are empty when the file does not tell. A reader that gives no
    `blocks` leaves them to be told from the plain text.
    """

    text: str
    title: str = ""
    date: datetime.date | None = None
    date_source: DateSource | None = None
    url: str | None = None
    language: str = ""
    body: int = 0
    pages: tuple[Page, ...] = ()
    entry: str = ""
    blocks: tuple[Block, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the archive keeps it. `path` is the file's, relative to the documents folder.

    Its `blocks` come with it from a reader. A stored document has only its turns, which tell who speaks where; the
    others are asked for by their place, since a table may have a hundred thousand of them: `index.store.Store.blocks`.
    Its `dates` come from a store, in their order; None if it is of none: `index.event_dates.dates_within`.
    """

    id: str
    path: str
    title: str
    text: str
    language: str
    date: datetime.date | None = None
    date_source: DateSource | None = None
    url: str | None = None
    body: int = 0
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    dates: "tuple[DateRow, ...] | None" = field(default=None, compare=False, repr=False)

    @property
    def published(self) -> datetime.date | None:
        """The day by which its "yesterday" is resolved: its date, unless that is only the file's time."""
        return None if self.date_source is DateSource.FILE_TIME else self.date

    def to_dict(self) -> dict[str, Any]:
        """What there is to tell of a document but its blocks."""
        return {
            "id": self.id,
            "path": self.path,
            "title": self.title,
            "date": None if self.date is None else self.date.isoformat(),
            "date_source": self.date_source,
            "url": self.url,
            "language": self.language,
            "text": self.text,
            "left_out": [asdict(part) for part in self.left_out],
        }

    def speaker_of(self, offset: int) -> str:
        """Who speaks at `offset` of a transcript or chat, as the label there calls them; empty in any other text."""
        place = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        return self.blocks[place].speaker if place >= 0 and offset < self.blocks[place].span.end else ""

    def page_of(self, offset: int) -> int | None:
        """The number of the page that holds `offset`, or None when the document has no pages."""
        for page in self.pages:
            if page.span.start <= offset < page.span.end:
                return page.number
        return None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a list shows it: all but its text."""

    id: str
    path: str
    title: str
    language: str
    date: datetime.date | None = None
    date_source: DateSource | None = None
    url: str | None = None

    @property
    def published(self) -> datetime.date | None:
        """Its own date, as a document's."""
        return None if self.date_source is DateSource.FILE_TIME else self.date


@dataclass(frozen=True, slots=True)
class TextSize:
    """How long a document's text is, in code points and in bytes of UTF-8."""

    characters: int
    bytes: int


@dataclass(frozen=True, slots=True)
class PageQuote:
    """Words to mark, and where among the page's letters they begin, 0 to 1, to tell repetitions apart."""

    words: str
    place: float


@dataclass(frozen=True, slots=True)
class FileReadings:
    """The documents of one file, over which it iterates, and the parts that could not be read.

    `depends` is what it may depend on besides the file how much of it can be read.
    """

    readings: tuple[Reading, ...]
    skipped: tuple[Skipped, ...] = ()
    depends: frozenset[Outside] = frozenset()

    @classmethod
    def of(cls, *readings: Reading, skipped: Iterable[Skipped] = (), depends: Iterable[Outside] = ()) -> Self:
        """The readings of a file, in the file's order."""
        return cls(readings, tuple(skipped), frozenset(depends))

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)
