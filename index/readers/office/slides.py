"""Presentations (pptx): a page a slide, with its title, lists, tables and notes."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.errors import UnreadableDocument
from index.readers.archives import open_zip
from index.readers.draft import Draft
from index.reasons import SkipReason
from index.text.characters import one_line
from index.text.grid import Cell, spread

_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
_LISTS = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})
_AROUND = frozenset(
    {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER}
)
_TITLE_LEVEL = 1


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a pptx file; its slides are its pages. Hidden slides are left out, and counted."""
    open_zip(data)
    try:
        presentation = Presentation(io.BytesIO(data))
        draft, left_out = _written(presentation.slides)
        properties = presentation.core_properties
    # python-pptx takes what it finds in a damaged file for what should be there.
    except (
        PythonPptxError,
        BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
    ) as error:
        raise UnreadableDocument(SkipReason("damaged", detail=str(error))) from error
    # python-pptx leaves the date of its template in every presentation that it writes.
    made = None if "python-pptx" in properties.comments else properties.created
    return FileReadings.of(
        Reading(
            text=draft.text,
            title=one_line(properties.title),
            date=made.date() if made else None,
            date_source=DateSource.FILE_PROPERTIES if made else None,
            pages=draft.pages(),
            blocks=draft.blocks(),
            left_out=LeftOut.each_of(left_out),
        )
    )


def _written(slides: Iterable[Slide]) -> tuple[Draft, Counter[LeftOutKind]]:
    draft = Draft()
    left_out: Counter[LeftOutKind] = Counter()
    for number, slide in enumerate(slides, 1):
        if slide.element.get("show") == "0":
            left_out[LeftOutKind.HIDDEN] += 1
            continue
        draft.page(number)
        _write(draft, slide, left_out)
    return draft, left_out


def _write(draft: Draft, slide: Slide, left_out: Counter[LeftOutKind]) -> None:
    # The title comes first, wherever it is drawn.
    for shape in sorted(_shapes(slide.shapes), key=lambda each: _role(each) not in _TITLES):
        if isinstance(shape, GraphicFrame) and shape.has_table:
            draft.table(
                spread(_rows(shape.table)), marked=int(shape.table.first_row and len(shape.table.rows) > 1)
            )
        elif isinstance(shape, Shape) and _role(shape) not in _AROUND:
            _write_shape(draft, shape)
        left_out[LeftOutKind.IMAGES] += shape.shape_type == MSO_SHAPE_TYPE.PICTURE
        left_out[LeftOutKind.EMBEDDED] += isinstance(shape, GraphicFrame) and not shape.has_table
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
        for line in slide.notes_slide.notes_text_frame.text.split("\n"):
            draft.paragraph(line)


def _write_shape(draft: Draft, shape: Shape) -> None:
    lines = [paragraph for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]
    if _role(shape) in _TITLES:
        draft.heading(" ".join(line.text for line in lines), _TITLE_LEVEL)
    elif _role(shape) in _LISTS and len(lines) > 1:
        for line in lines:
            draft.item(line.text, line.level + 1)
    else:
        for line in lines:
            draft.paragraph(line.text)


def _shapes(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """The shapes, those in groups included."""
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _role(shape: BaseShape) -> PP_PLACEHOLDER | None:
    """What a placeholder of the layout is there for."""
    return shape.placeholder_format.type if shape.is_placeholder else None


def _rows(table: Table) -> Iterator[list[Cell]]:
    for row in table.rows:
        yield [
            Cell(cell.text, cell.span_width, cell.span_height) for cell in row.cells if not cell.is_spanned
        ]
