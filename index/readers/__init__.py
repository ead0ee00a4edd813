"""One reader a format: bytes → documents. A new format is a module with `read` and a line in `FORMATS`."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from types import MappingProxyType

from index.documents import DateSource, Reading
from index.errors import UnreadableDocument
from index.language import detect_language
from index.readers.names import date_of_name
from index.readers.reading import FileReadings
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
    Format("text:read", 1, (".txt", ".text")),
    Format("markdown:read", 1, (".md", ".markdown")),
    Format("json_documents:read", 1, (".json",)),
    Format("json_documents:read_lines", 1, (".jsonl", ".ndjson")),
    Format("html_page:read", 1, (".html", ".htm", ".xhtml")),
    Format("pdf:read", 1, (".pdf",)),
    Format("word:read", 1, (".docx",)),
    Format("opendocument:read", 1, (".odt",)),
    Format("rich_text:read", 1, (".rtf",)),
    Format("slides:read", 1, (".pptx",)),
    Format("tables:read_workbook", 1, (".xlsx",)),
    Format("tables:read_csv", 1, (".csv", ".tsv")),
    Format("ebook:read", 1, (".epub",)),
    Format("mail:read_eml", 1, (".eml",)),
    Format("mail:read_msg", 1, (".msg",)),
    Format("archive:read_zip", 1, (".zip",)),
    Format("archive:read_gzip", 1, (".gz",)),
)
READERS: Mapping[str, Format] = MappingProxyType({s: form for form in FORMATS for s in form.suffixes})
MOST_CHARACTERS = 64_000_000


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
    """`reading` with what its file did not tell: title, language and a date from the name or the time."""
    published, source = reading.date, reading.date_source
    if published is None:
        published, source = date_of_name(reading.entry) or date_of_name(path), DateSource.FILE_NAME
    if published is None and mtime is not None:
        published, source = mtime.date(), DateSource.FILE_TIME
    return replace(
        reading,
        title=reading.title if is_telling(reading.title) else title_of(reading.text, reading.body),
        language=reading.language or detect_language(reading.text[reading.body :]),
        date=published,
        date_source=source if published else None,
    )
