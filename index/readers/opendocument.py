"""OpenDocument texts (odt): headings, paragraphs, lists and tables in their order."""

from collections.abc import Iterator

from lxml import etree

from index.document import DateSource, Reading
from index.readers.prose import one_line, paragraphs
from index.readers.reading import FileReadings, parse_date
from index.readers.xmltree import local_name, parse_xml
from index.readers.zips import member, open_zip

_SPACES = {"s": " ", "tab": " ", "line-break": " "}
# Deleted words that change tracking keeps, and the names of people who commented.
_SILENT = frozenset({"tracked-changes", "annotation", "annotation-end"})


def read(data: bytes, path: str) -> FileReadings:
    """The one document of an odt file, with the title and date of its properties."""
    container = open_zip(data)
    content = parse_xml(member(container, "content.xml"))
    about = parse_xml(member(container, "meta.xml")) if "meta.xml" in container.namelist() else None
    published = parse_date(_property(about, "creation-date") or _property(about, "date"))
    return FileReadings.of(
        Reading(
            text=paragraphs_and_tables(content),
            title=one_line(_property(about, "title")),
            date=published,
            date_source=DateSource.FILE_PROPERTIES if published else None,
        )
    )


def paragraphs_and_tables(content: etree._Element) -> str:
    """The words of the document, with an empty line between its blocks."""
    return "\n\n".join(filter(None, _blocks(content)))


def _property(about: etree._Element | None, name: str) -> str:
    if about is None:
        return ""
    return next((element.text or "" for element in about.iter() if local_name(element) == name), "")


def _blocks(parent: etree._Element) -> Iterator[str]:
    for element in parent:
        name = local_name(element)
        if name in ("p", "h"):
            yield paragraphs([_words(element)])
        elif name == "table":
            yield paragraphs(_row(row) for row in element.iter() if local_name(row) == "table-row")
        elif name not in _SILENT:
            yield from _blocks(element)


def _row(row: etree._Element) -> str:
    cells = (one_line(_words(cell)) for cell in row if local_name(cell) == "table-cell")
    return " | ".join(filter(None, cells))


def _words(element: etree._Element) -> str:
    name = local_name(element)
    # A comment or an entity has no name; its content is not of the text.
    if not name or name in _SILENT:
        return ""
    inner = "".join(_words(child) + (child.tail or "") for child in element)
    between = " " if name in ("p", "h") else ""
    return _SPACES.get(name, "") + (element.text or "") + inner + between
