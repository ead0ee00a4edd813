"""Presentations (pptx): a page a slide, with its tables and notes."""

import io
from collections.abc import Iterable, Iterator
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide

from index.document import DateSource, Reading
from index.errors import UnreadableDocument
from index.readers.pages import join_pages
from index.readers.prose import one_line, paragraphs
from index.readers.reading import FileReadings
from index.readers.zips import open_zip


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a pptx file; its slides are its pages."""
    open_zip(data)
    try:
        presentation = Presentation(io.BytesIO(data))
    except (PythonPptxError, BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UnreadableDocument(f"the file is damaged: {error}") from error
    text, pages = join_pages(paragraphs(_pieces(slide)) for slide in presentation.slides)
    properties = presentation.core_properties
    return FileReadings.of(
        Reading(
            text=text,
            title=one_line(properties.title),
            date=properties.created.date() if properties.created else None,
            date_source=DateSource.FILE_PROPERTIES if properties.created else None,
            pages=pages,
        )
    )


def _pieces(slide: Slide) -> Iterator[str]:
    yield from _words(slide.shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
        yield from slide.notes_slide.notes_text_frame.text.split("\n")


def _words(shapes: Iterable[BaseShape]) -> Iterator[str]:
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _words(shape.shapes)
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            for row in shape.table.rows:
                yield " | ".join(filter(None, (one_line(cell.text) for cell in row.cells)))
        elif isinstance(shape, Shape):
            yield from shape.text_frame.text.split("\n")
