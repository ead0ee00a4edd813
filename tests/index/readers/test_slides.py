"""Presentations: a page a slide, with titles, lists, tables and notes."""

import io

from pptx import Presentation
from pptx.util import Inches

from index.document import BlockKind, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes

SHOW = type(Presentation())


def read(show: SHOW) -> Reading:
    file = io.BytesIO()
    show.save(file)
    (reading,) = read_bytes(file.getvalue(), "a.pptx")
    return reading


def lines(reading: Reading) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks]


def test_slides_are_pages() -> None:
    show = Presentation()
    for words in ("Primera lámina.", "Segunda lámina."):
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame.text = words
    reading = read(show)
    assert [page.span.of(reading.text) for page in reading.pages] == ["Primera lámina.", "Segunda lámina."]
    assert reading.date is None


def test_the_title_stands_above_the_points_and_the_notes() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Objetivos"
    body = slide.placeholders[1].text_frame
    body.text = "Ahorrar agua"
    inner = body.add_paragraph()
    inner.text, inner.level = "Un 20 %", 1
    slide.notes_slide.notes_text_frame.text = "Decir que falta el permiso."
    reading = read(show)
    assert lines(reading) == ["Objetivos", "- Ahorrar agua", "- Un 20 %", "Decir que falta el permiso."]
    assert [(block.kind, block.level) for block in reading.blocks[1:3]] == [
        (BlockKind.ITEM, 1),
        (BlockKind.ITEM, 2),
    ]
    assert all(block.headings == ("Objetivos",) for block in reading.blocks[1:])


def test_tables_have_named_columns_and_merged_cells() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(5), Inches(2)).table
    for place, words in enumerate(["Partida", "2025", "2026", "Luz", "10", "12", "", "", "3"]):
        table.cell(place // 3, place % 3).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    assert lines(read(show)) == ["Partida: Luz; 2025: 10; 2026: 12", "Partida: Luz; 2026: 3"]


def test_hidden_slides_are_left_out_and_counted() -> None:
    show = Presentation()
    for words in ("Se ve.", "No se ve."):
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame.text = words
    slide.element.set("show", "0")
    reading = read(show)
    assert (reading.text, reading.left_out) == ("Se ve.", (LeftOut(LeftOutKind.HIDDEN, 1),))
