"""EPUB books: the chapters in reading order, by the container's own table."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from index.document import DateSource, Reading
from index.encoding import decode
from index.errors import UnreadableDocument
from index.readers.markup import blocks, parse_page
from index.readers.prose import one_line, paragraphs
from index.readers.reading import FileReadings, parse_date
from index.readers.xmltree import local_name, parse_xml
from index.readers.zips import member, open_zip


def read(data: bytes, path: str) -> FileReadings:
    """The one document of an epub file, with the title, date and language that it declares."""
    book = open_zip(data)
    place = _package_path(book)
    package = parse_xml(member(book, place))
    published = parse_date(_about(package, "date"))
    return FileReadings.of(
        Reading(
            text=paragraphs(
                block for chapter in _chapters(package, place) for block in _words(book, chapter)
            ),
            title=one_line(_about(package, "title")),
            date=published,
            date_source=DateSource.FILE_PROPERTIES if published else None,
            language=_about(package, "language")[:2].lower(),
        )
    )


def _package_path(book: ZipFile) -> str:
    container = parse_xml(member(book, "META-INF/container.xml"))
    paths = (element.get("full-path") for element in container.iter() if local_name(element) == "rootfile")
    found = next(filter(None, paths), None)
    if found is None:
        raise UnreadableDocument("the file is damaged: the book names no contents")
    return found


def _chapters(package: etree._Element, place: str) -> Iterator[str]:
    """The paths of the chapters within the book."""
    items = {e.get("id"): e.get("href", "") for e in package.iter() if local_name(e) == "item"}
    for element in package.iter():
        if local_name(element) == "itemref" and element.get("idref") in items:
            href = unquote(items[element.get("idref")])
            yield posixpath.normpath(posixpath.join(posixpath.dirname(place), href))


def _words(book: ZipFile, chapter: str) -> Iterator[str]:
    return blocks(parse_page(decode(member(book, chapter))))


def _about(package: etree._Element, name: str) -> str:
    return next((e.text.strip() for e in package.iter() if local_name(e) == name and e.text), "")
