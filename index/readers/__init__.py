"""One reader a format: bytes → documents. A new format is a module with `read` and a line in `FORMATS`."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from index.document import DateSource, Reading
from index.errors import UnreadableDocument
from index.language import detect_language
from index.readers.dateline import dateline
from index.readers.names import date_of_name
from index.readers.reading import FileReadings
from index.text.blocks import plain_blocks
from index.titles import is_telling, title_of

__all__ = ["FORMATS", "READERS", "FileReadings", "Format", "fingerprint", "read_bytes", "suffix_of"]

Reader = Callable[[bytes, str], FileReadings]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its reader as `module:function`, and the reader's version, raised when its output changes."""

    reader: str
    version: int
    suffixes: tuple[str, ...]


FORMATS: tuple[Format, ...] = (
    Format("text:read", 2, (".txt", ".text")),
    Format("markdown:read", 3, (".md", ".markdown")),
    Format("json_documents:read", 2, (".json",)),
    Format("json_documents:read_lines", 2, (".jsonl", ".ndjson")),
    Format("hypertext:read_html", 3, (".html", ".htm", ".xhtml")),
    Format("pdf:read", 3, (".pdf",)),
    Format("word:read", 4, (".docx",)),
    Format("opendocument:read", 3, (".odt",)),
    Format("rich_text:read", 2, (".rtf",)),
    Format("slides:read", 2, (".pptx",)),
    Format("tables:read_workbook", 4, (".xlsx",)),
    Format("tables:read_csv", 4, (".csv", ".tsv")),
    Format("hypertext:read_book", 3, (".epub",)),
    Format("hypertext:read_rst", 1, (".rst", ".rest")),
    Format("mail:read_eml", 3, (".eml",)),
    Format("mail:read_msg", 3, (".msg",)),
    Format("archive:read_zip", 2, (".zip",)),
    Format("archive:read_gzip", 2, (".gz",)),
)
READERS: Mapping[str, Format] = MappingProxyType({s: form for form in FORMATS for s in form.suffixes})
MOST_CHARACTERS = 64_000_000
# What programs note of the file, often long after the words in it were written.
_WHEN_MADE = frozenset({DateSource.PDF_INFO, DateSource.FILE_PROPERTIES})


def suffix_of(path: str) -> str:
    """The suffix that chooses the reader, in lower case, such as `.pdf`."""
    # As PurePosixPath has it, which takes longer than all else that a walk asks of a name.
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def fingerprint(path: str) -> str:
    """Names the reader of `path` and its version: what it reads from the same bytes changes only with this.

    Raises UnreadableDocument when no reader knows the suffix.
    """
    form = _format_of(path)
    return f"{form.reader}@{form.version}"


def read_bytes(data: bytes, path: str, mtime: datetime | None = None) -> FileReadings:
    """The documents in `data`, which is the content of the file at `path`; in this process, without limits.

    Each has a title, a language if it can be told, and a date with its source; `mtime` is the weakest source.
    Raises UnreadableDocument with the reason why the file gives no text.
    """
    if not data:
        raise UnreadableDocument("the file is empty")
    found = _load(_format_of(path).reader)(data, path)
    readings = tuple(_complete(reading, path, mtime) for reading in found.readings if reading.text.strip())
    if not readings:
        raise UnreadableDocument("the file holds no text", found.depends)
    if sum(len(reading.text) for reading in readings) > MOST_CHARACTERS:
        raise UnreadableDocument(f"the file holds more than {MOST_CHARACTERS:,} characters; split it")
    return replace(found, readings=readings)


def _format_of(path: str) -> Format:
    form = READERS.get(suffix_of(path))
    if form is None:
        raise UnreadableDocument(f"no reader for files that end in {suffix_of(path) or 'no suffix'}")
    return form


@cache
def _load(reader: str) -> Reader:
    module, _, function = reader.partition(":")
    loaded: Reader = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    return loaded


def _complete(reading: Reading, path: str, mtime: datetime | None) -> Reading:
    """`reading` with what its file did not tell: title, language and a date from the name, text or time."""
    language = reading.language or detect_language(reading.text[reading.body :])
    published, source = next(_dates(reading, language, path, mtime.date() if mtime else None), (None, None))
    return replace(
        reading,
        title=reading.title if is_telling(reading.title) else title_of(reading.text, reading.body),
        language=language,
        date=published,
        date_source=source,
        blocks=reading.blocks or plain_blocks(reading.text, reading.body),
    )


def _dates(
    reading: Reading, language: str, path: str, file_time: date | None
) -> Iterator[tuple[date, DateSource | None]]:
    """The dates that a document may go by, the strongest first. What was made on a day may tell of another."""
    if reading.date and reading.date_source not in _WHEN_MADE:
        yield reading.date, reading.date_source
    if named := date_of_name(reading.entry) or date_of_name(path):
        yield named, DateSource.FILE_NAME
    if told := dateline(reading.text, reading.body, language, file_time):
        yield told, DateSource.DATELINE
    if reading.date:
        yield reading.date, reading.date_source
    if file_time:
        yield file_time, DateSource.FILE_TIME
