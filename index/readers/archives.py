"""Files that hold files: zip containers, opened only when they are honest and small enough, gz, and attachments."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from index.document import FileReadings, Reading
from index.errors import Outside, UnreadableDocument
from index.readers import read_bytes, suffix_of, suffix_of_content
from index.readers.chats import companion_of, with_companion
from index.reasons import SkipCode, Skipped, SkipReason

MOST_MEMBERS = 10_000
MOST_UNPACKED = 512 * 1024 * 1024
# Beyond this size, content that shrinks to less than a two-hundredth is a bomb, not a document.
_SUSPICIOUS_SIZE = 64 * 1024 * 1024
_MOST_RATIO = 200
# A name within the container, and its content or what fetches it.
Part = tuple[str, bytes | Callable[[], bytes]]
_CONTAINERS = frozenset({".zip", ".eml", ".msg"})
_DEEPEST = 2
_MOST_FOLDERS = 64
_MOST_TOLD = 3


def open_zip(data: bytes) -> ZipFile:
    """The container, after a look at what it declares. Raises UnreadableDocument if that is too much."""
    try:
        container = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(SkipReason("not_zip")) from error
    members = container.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise UnreadableDocument(SkipReason("too_many_entries", size=len(members), limit=MOST_MEMBERS))
    if unpacked > MOST_UNPACKED:
        raise UnreadableDocument(SkipReason("unpacks_too_large", size=unpacked, limit=MOST_UNPACKED))
    if unpacked > believable(len(data)):
        raise UnreadableDocument(SkipReason("too_tight", size=unpacked // len(data)))
    return container


def believable(packed: int) -> int:
    """The most bytes that a document of `packed` bytes unpacks to; beyond that it is a bomb."""
    return min(MOST_UNPACKED, max(_SUSPICIOUS_SIZE, _MOST_RATIO * packed))


def member(container: ZipFile, name: str) -> bytes:
    """The content of one entry. Raises UnreadableDocument when it is missing, damaged, encrypted or strange."""
    try:
        return container.read(name)
    except KeyError as error:
        raise UnreadableDocument(SkipReason("lacks_part", name)) from error
    # Before RuntimeError, which it is one of.
    except NotImplementedError as error:
        raise UnreadableDocument(SkipReason("packed_unknown", name, detail=str(error))) from error
    except RuntimeError as error:
        raise UnreadableDocument(SkipReason("password")) from error
    except (BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableDocument(SkipReason("damaged_part", name, detail=str(error))) from error


def read_zip(data: bytes, path: str) -> FileReadings:
    """The documents of a zip file. Raises UnreadableDocument when it is too large or holds none."""
    container = open_zip(data)
    names = [entry.filename for entry in container.infolist() if not entry.is_dir()]
    found = read_parts(
        ((name, partial(_content, container, name)) for name in names if not _is_hidden(name)), path
    )
    if not found.readings:
        code: SkipCode = "no_document_in_archive" if found.skipped else "empty_archive"
        raise UnreadableDocument(SkipReason(code, within=found.skipped[:_MOST_TOLD]), found.depends)
    return found


def _content(container: ZipFile, name: str) -> bytes:
    companion = companion_of(name)
    there = companion and companion in container.NameToInfo
    data = member(container, name)
    return with_companion(data, member(container, companion)) if there else data


def read_gzip(data: bytes, path: str) -> FileReadings:
    """What the reader of the file within finds: `page.html.gz` is read as `page.html`."""
    most = believable(len(data))
    try:
        content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableDocument(SkipReason("damaged", detail=str(error))) from error
    if len(content) > most:
        raise UnreadableDocument(SkipReason("unpacks_beyond", limit=most))
    inner = path.removesuffix(PurePosixPath(path).suffix)
    if suffix_of_content(content) == ".gz" and suffix_of(inner) != ".gz":
        raise UnreadableDocument(SkipReason("too_deep"))
    return read_bytes(content, inner)


def read_parts(parts: Iterable[Part], path: str) -> FileReadings:
    """The documents of the files within `path`, each named by its path there; the others with the reason."""
    readings: list[Reading] = []
    skipped: list[Skipped] = []
    depends: set[Outside] = set()
    for name, content in parts:
        place = f"{path}/{name}"
        try:
            if _depth(place) > _DEEPEST or place.count("/") > _MOST_FOLDERS:
                raise UnreadableDocument(SkipReason("too_deep"))
            data = content if isinstance(content, bytes) else content()
            if suffix_of_content(data) == ".zip" and _depth(place) == _depth(path):
                # An archive by another name counts as one, or one that holds itself would never end.
                place += ".zip"
            found = read_bytes(data, place)
        except UnreadableDocument as error:
            skipped.append(Skipped(place, error.reason))
            depends |= error.depends
            continue
        readings.extend(replace(reading, entry=reading.entry or place) for reading in found)
        skipped.extend(found.skipped)
        depends |= found.depends
    return FileReadings.of(*readings, skipped=skipped, depends=depends)


def _depth(path: str) -> int:
    return sum(suffix_of(part) in _CONTAINERS for part in PurePosixPath(path).parts)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def parse_xml(data: bytes) -> etree._Element:
    """The root element. Raises UnreadableDocument when the XML is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(SkipReason("damaged", detail=str(error))) from error


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute of whatever namespace; empty if it is not there."""
    attributes = () if element is None else element.items()
    return next((str(value) for key, value in attributes if str(key).rpartition("}")[2] == name), "")


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
