"""One reader a format: bytes → documents. A new format is a module with `read` and a line in `FORMATS`."""

import importlib
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from zipfile import BadZipFile, ZipFile

from index.document import DateSource, FileReadings, Reading
from index.errors import UnreadableDocument
from index.language import detect_language
from index.readers.dating import date_of_name, dateline, month_of_title
from index.reasons import SkipReason
from index.text.blocks import plain_blocks
from index.text.headings import is_telling, title_of
from index.text.structure import with_turns

__all__ = ["FORMATS", "READERS", "Format", "fingerprint", "read_bytes", "suffix_of"]

Reader = Callable[[bytes, str], FileReadings]

_TEXT_WITHIN = 2_048
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MSG = "__substg1.0_".encode("utf-16-le")
_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(
    rb"\A(?:(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject):[^\n]{0,998}\n"
    rb"(?:[ \t][^\n]{0,998}\n)*){3}",
    re.IGNORECASE,
)
# The entry by which a container is known.
_CONTAINERS = {
    "word/document.xml": ".docx",
    "ppt/presentation.xml": ".pptx",
    "xl/workbook.xml": ".xlsx",
    "META-INF/container.xml": ".epub",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its reader as `module:function`, and the reader's version, raised when its output changes.

    `room` is the folder that the module is in. It is no part of what an index remembers of a reader.
    """

    reader: str
    version: int
    suffixes: tuple[str, ...]
    room: str = ""


_PLAIN = Format("plain:read", 4, (".txt", ".text"))
FORMATS: tuple[Format, ...] = (
    _PLAIN,
    Format("plain:read_log", 1, (".log",)),
    Format("plain:read_settings", 1, (".yaml", ".yml", ".ini", ".cfg", ".conf")),
    Format("markdown:read", 3, (".md", ".markdown")),
    Format("json_documents:read", 3, (".json",)),
    Format("json_documents:read_lines", 3, (".jsonl", ".ndjson")),
    Format("hypertext:read_html", 3, (".html", ".htm", ".xhtml")),
    Format("pdf.reading:read", 4, (".pdf",)),
    Format("word:read", 4, (".docx",), "office"),
    Format("opendocument:read", 4, (".odt",), "office"),
    Format("opendocument:read_sheets", 1, (".ods",), "office"),
    Format("opendocument:read_slides", 1, (".odp",), "office"),
    Format("rich_text:read", 3, (".rtf",), "office"),
    Format("slides:read", 3, (".pptx",), "office"),
    Format("tables:read_workbook", 4, (".xlsx",), "office"),
    Format("tables:read_csv", 4, (".csv", ".tsv"), "office"),
    Format("hypertext:read_book", 3, (".epub",)),
    Format("hypertext:read_rst", 1, (".rst", ".rest")),
    Format("mail:read_eml", 4, (".eml",)),
    Format("mail:read_msg", 4, (".msg",)),
    Format("mail:read_mbox", 1, (".mbox",)),
    Format("archives:read_zip", 2, (".zip",)),
    Format("archives:read_gzip", 2, (".gz",)),
)
READERS: Mapping[str, Format] = MappingProxyType({s: form for form in FORMATS for s in form.suffixes})
MOST_CHARACTERS = 64_000_000
# Files that are zip containers themselves: one without what its name promises is damaged, and no zip file.
_PACKED = frozenset({".docx", ".odt", ".ods", ".odp", ".pptx", ".xlsx", ".epub"})
# Text that looks like a page is one only under a name that says nothing else: Markdown may begin with HTML.
_MAY_BE_PAGE = _PACKED | {"", ".txt", ".text", ".pdf", ".rtf"}
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
    form = _format_of(path, b"")
    return f"{form.reader}@{form.version}"


def read_bytes(data: bytes, path: str, mtime: datetime | None = None) -> FileReadings:
    """The documents in `data`, which is the content of the file at `path`; in this process, without limits.

    Each has a title, a language if it can be told, and a date with its source; `mtime` is the weakest source.
    Raises UnreadableDocument with the reason why the file gives no text.
    """
    if not data:
        raise UnreadableDocument(SkipReason("empty"))
    found = _load(_format_of(path, data))(data, path)
    readings = tuple(_complete(reading, path, mtime) for reading in found.readings if reading.text.strip())
    if not readings:
        raise UnreadableDocument(SkipReason("no_text"), found.depends)
    if sum(len(reading.text) for reading in readings) > MOST_CHARACTERS:
        raise UnreadableDocument(SkipReason("too_long", limit=MOST_CHARACTERS))
    return replace(found, readings=readings)


def _format_of(path: str, data: bytes) -> Format:
    """The format that the first bytes tell, whatever the name; where they do not, the one of the name."""
    suffix = suffix_of(path)
    told = suffix_of_content(data)
    if (told == ".zip" and suffix in _PACKED) or (told == ".html" and suffix not in _MAY_BE_PAGE):
        told = ""
    if told == ".eml" and suffix:
        told = ""
    form = READERS.get(told or suffix, None if suffix else _PLAIN)
    if form is None:
        raise UnreadableDocument(SkipReason("no_reader", suffix))
    return form


@cache
def _load(form: Format) -> Reader:
    module, _, function = form.reader.partition(":")
    place = ".".join(filter(None, (__name__, form.room, module)))
    loaded: Reader = getattr(importlib.import_module(place), function)
    return loaded


def _complete(reading: Reading, path: str, mtime: datetime | None) -> Reading:
    """`reading` with what its file did not tell: title, language and a date from the name, text or time."""
    language = reading.language or detect_language(reading.text[reading.body :])
    title = reading.title if is_telling(reading.title) else title_of(reading.text, reading.body)
    reading = replace(reading, title=title, language=language)
    published, source = next(_dates(reading, language, path, mtime.date() if mtime else None), (None, None))
    return replace(
        reading,
        date=published,
        date_source=source,
        blocks=with_turns(reading.text, reading.blocks or plain_blocks(reading.text, reading.body)),
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
    if month := month_of_title(reading.title, language):
        yield month, DateSource.DATELINE
    if file_time:
        yield file_time, DateSource.FILE_TIME


def suffix_of_content(data: bytes) -> str:
    """The suffix of the format that the bytes are of; empty where they do not tell, as those of plain text."""
    if data.startswith(b"PK\x03\x04"):
        return _suffix_of_zip(data)
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"\x1f\x8b"):
        return ".gz"
    if data[:_TEXT_WITHIN].lstrip().startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(_OLE):
        return ".msg" if _MSG in data else ""
    if _PAGE.match(data[:_TEXT_WITHIN]):
        return ".html"
    return ".eml" if _MAIL.match(data[: 4 * _TEXT_WITHIN]) else ""


def _suffix_of_zip(data: bytes) -> str:
    try:
        with ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
            if "mimetype" in names and container.getinfo("mimetype").file_size < 100:
                kind = container.read("mimetype").strip()
                if kind in _OPEN_DOCUMENTS:
                    return _OPEN_DOCUMENTS[kind]
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError):
        return ""
    return next((suffix for name, suffix in _CONTAINERS.items() if name in names), ".zip")
