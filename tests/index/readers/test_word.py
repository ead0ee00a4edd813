"""Word documents: what a person sees as headings, lists, tables and notes is read as that."""

import datetime
import io

import docx
import pytest
from docx.oxml import parse_xml
from reader_samples import WORDS, zip_of

from index.document import BlockKind, DateSource, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ITEM = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>'


def read(data: bytes) -> Reading:
    (reading,) = read_bytes(data, "a.docx")
    return reading


def made(body: str, **parts: str) -> Reading:
    """The reading of a docx with that XML in its body, and with parts such as numbering beside it."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind.rstrip("0123456789")}+xml"/>'
        for name, kind in [("document", "document.main"), *((name, name) for name in parts)]
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    packages = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'{head}<Types xmlns="{packages}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{packages}/relationships"><Relationship Id="a"'
        f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{packages}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f"{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": head + content for name, content in parts.items()},
    }
    return read(zip_of({name: content.encode() for name, content in members.items()}))


def p(words: str, properties: str = "", run: str = "") -> str:
    return f"<w:p>{properties}<w:r>{run}<w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def lines(reading: Reading, kind: BlockKind | None = None) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks if kind in (None, block.kind)]


def numbering(*levels: tuple[str, str]) -> str:
    drawn = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/>'
        f'<w:lvlText w:val="{template}"/></w:lvl>'
        for place, (figures, template) in enumerate(levels)
    )
    return (
        f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="7">{drawn}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def test_properties_insertions_and_tables_are_read() -> None:
    document = docx.Document()
    document.add_paragraph(WORDS)
    added = f'<w:ins {SPACE}><w:r><w:t xml:space="preserve"> Más.</w:t></w:r></w:ins>'
    document.element.body[0].append(parse_xml(added))
    properties = document.core_properties
    properties.created, properties.comments = datetime.datetime(2026, 1, 16), ""
    properties.title = "Un acuerdo"
    file = io.BytesIO()
    document.save(file)
    reading = read(file.getvalue())
    assert reading.text == f"{WORDS} Más."
    assert (reading.title, reading.date) == ("Un acuerdo", datetime.date(2026, 1, 16))
    assert reading.date_source is DateSource.FILE_PROPERTIES


def test_headings_are_told_by_their_style() -> None:
    document = docx.Document()
    document.add_heading("Contrato", 0)
    document.add_heading("Objeto", 1)
    document.add_heading("Alcance", 2)
    document.add_paragraph(WORDS)
    document.add_paragraph("Subir el intervalo.", style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    reading = read(file.getvalue())
    assert [(block.kind, block.level) for block in reading.blocks[:3]] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
    ]
    assert reading.blocks[3].headings == ("Objeto", "Alcance")
    assert (reading.blocks[4].kind, reading.title) == (BlockKind.ITEM, "Contrato")


def test_short_lines_in_bold_are_headings_where_no_styles_are_used() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    reading = made(
        p("CONTRATO", run=bold) + p("Primera. Objeto", run=bold) + p(WORDS) + p("Requisitos:", run=bold)
    )
    assert [block.kind for block in reading.blocks] == [
        BlockKind.HEADING,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    assert reading.blocks[2].headings == ("CONTRATO", "Primera. Objeto")


def test_items_have_their_numbers_as_they_are_printed() -> None:
    body = (
        p("Requisitos:")
        + p("Edad", ITEM.format(0, 1))
        + p("Mayor de edad", ITEM.format(1, 1))
        + p("O con permiso", ITEM.format(1, 1))
        + p("Empadronamiento", ITEM.format(0, 1))
        + p("Con certificado", ITEM.format(2, 1))
        + p("Otra lista", ITEM.format(0, 2))
    )
    reading = made(
        body, numbering=numbering(("decimal", "%1."), ("lowerLetter", "%2)"), ("upperRoman", "%1.%3"))
    )
    assert lines(reading, BlockKind.ITEM) == [
        "1. Edad",
        "a) Mayor de edad",
        "b) O con permiso",
        "2. Empadronamiento",
        "2.I. Con certificado",
        "1. Otra lista",
    ]
    assert [(block.number, block.level) for block in reading.blocks[1:4]] == [("1", 1), ("a", 2), ("b", 2)]
    assert all(block.lead == reading.blocks[0].span for block in reading.blocks[1:])


def test_a_numbered_heading_keeps_its_number() -> None:
    style = (
        f'<w:styles {SPACE}><w:style w:styleId="T1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Mio"><w:basedOn w:val="T1"/></w:style></w:styles>'
    )
    body = p("Objeto", '<w:pPr><w:pStyle w:val="T1"/></w:pPr>') + p(
        "Precio", '<w:pPr><w:pStyle w:val="Mio"/></w:pPr>'
    )
    reading = made(body, styles=style, numbering=numbering(("decimal", "Artículo %1.")))
    assert lines(reading, BlockKind.HEADING) == ["Artículo 1. Objeto", "Artículo 2. Precio"]


def test_merged_cells_count_for_every_row_and_nested_tables_are_read_once() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    nested = table(
        *(cell(p(name)) + cell(p(who)) for name, who in [("Menú", "Ana"), ("Postre", "Luz"), ("Pan", "Eva")])
    )
    body = table(
        *[cell(p("Planta")) + cell(p("Turno")) + cell(p("Teléfono"))],
        cell(p("Primera"), properties=down) + cell(p("Mañana")) + cell(p("4101")),
        cell(p(""), properties=on) + cell(p("Tarde"), nested) + cell(p("4102")),
        cell(p("Guardia nocturna"), properties='<w:gridSpan w:val="3"/>'),
    )
    assert lines(made(body)) == [
        "Planta: Primera; Turno: Mañana; Teléfono: 4101",
        "Planta: Primera; Turno: Tarde; Teléfono: 4102",
        "Guardia nocturna",
        "Menú: Ana",
        "Postre: Luz",
        "Pan: Eva",
    ]


def test_a_bold_first_row_names_the_columns_and_an_empty_cell_keeps_its_place() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    head = cell(p("Nombre", run=bold)) + cell(p("Cargo", run=bold))
    reading = made(table(head, cell(p("Ana Ruiz")) + cell(p("Directora")), cell(p("")) + cell(p("Vocal"))))
    assert lines(reading) == ["Nombre: Ana Ruiz; Cargo: Directora", "Cargo: Vocal"]
    assert [span.of(reading.text) for span in reading.blocks[1].cells] == ["", "Vocal"]


def test_a_table_that_only_puts_prose_side_by_side_is_prose() -> None:
    assert lines(made(table(cell(p(WORDS), p("Otro párrafo.")) + cell(p("Margen."))))) == [
        WORDS,
        "Otro párrafo.",
        "Margen.",
    ]


def test_notes_stand_below_their_paragraph_and_below_a_whole_list() -> None:
    def noted(words: str, note: int, properties: str = "") -> str:
        return f'<w:p>{properties}<w:r><w:t>{words}</w:t><w:footnoteReference w:id="{note}"/></w:r></w:p>'

    notes = f"<w:footnotes {SPACE}>" + "".join(
        f'<w:footnote w:id="{place}">{p(words)}</w:footnote>'
        for place, words in enumerate(["", "Nota una.", "Nota dos."])
    )
    body = (
        noted("El canon sube.", 1)
        + noted("Uno", 2, ITEM.format(0, 1))
        + p("Dos", ITEM.format(0, 1))
        + p("Fin.")
    )
    reading = made(body, footnotes=notes + "</w:footnotes>", numbering=numbering(("decimal", "%1.")))
    assert lines(reading)[:5] == ["El canon sube.", "Nota una.", "1. Uno", "2. Dos", "Fin."]
    assert "Nota dos." in lines(reading)


def test_heads_and_feet_are_read_once_and_page_numbers_are_not() -> None:
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    page = f"<w:ftr {SPACE}><w:p><w:r><w:t>Página </w:t></w:r>{number}</w:p>"
    head = f"<w:hdr {SPACE}>{p('Expediente 117')}</w:hdr>"
    reading = made(p(WORDS), header1=head, header2=head, footer1=page + p("Calle del Molino, 3") + "</w:ftr>")
    assert lines(reading) == ["Expediente 117", WORDS, "Calle del Molino, 3"]
    assert reading.title.startswith("La presidenta")


def test_text_boxes_are_read_once() -> None:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p('En un cuadro.')}</w:txbxContent>"
    both = f"<mc:AlternateContent {space}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    assert lines(made(f"<w:p><w:r><w:t>Fuera.</w:t>{both}</mc:AlternateContent></w:r></w:p>")) == [
        "Fuera.",
        "En un cuadro.",
    ]


def test_deleted_words_are_out_and_what_is_not_read_is_counted() -> None:
    picture = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    moved = "<w:moveFrom><w:r><w:t>antes </w:t></w:r></w:moveFrom>"
    deleted = f"<w:del><w:r><w:delText>no </w:delText></w:r></w:del>{moved}"
    body = f"<w:p>{deleted}<w:r><w:t>Se aprueba.</w:t><w:drawing><a:blip {picture}/></w:drawing></w:r></w:p>"
    comments = f'<w:comments {SPACE}><w:comment w:id="0">{p("¿Seguro?")}</w:comment></w:comments>'
    reading = made(body, comments=comments)
    assert reading.text == "Se aprueba."
    assert set(reading.left_out) == {LeftOut(LeftOutKind.COMMENTS, 1), LeftOut(LeftOutKind.IMAGES, 1)}


@pytest.mark.parametrize("strange", ["-1", "x", "²", "99999999999999999999", ""])
def test_strange_numbers_in_the_markup_do_no_harm(strange: str) -> None:
    properties = ITEM.format(strange, 1).replace("<w:numPr>", f'<w:outlineLvl w:val="{strange}"/><w:numPr>')
    wide = cell(p("a"), properties=f'<w:gridSpan w:val="{strange}"/>') + cell(p("b"))
    reading = made(p(WORDS, properties) + table(wide, wide), numbering=numbering(("decimal", "%1.")))
    assert WORDS in reading.text


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = "".join(
        f'<w:style w:styleId="{name}"><w:basedOn w:val="{base}"/></w:style>'
        for name, base in [("A", "B"), ("B", "A")]
    )
    body = p(WORDS, '<w:pPr><w:pStyle w:val="A"/></w:pPr>')
    assert made(body, styles=f"<w:styles {SPACE}>{styles}</w:styles>").text == WORDS


def test_what_stands_at_the_foot_of_pages_is_under_no_heading() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    foot = f"<w:ftr {SPACE}>{p('Calle del Molino, 3')}</w:ftr>"
    reading = made(p("Primera. Objeto", run=bold) + p(WORDS), footer1=foot)
    assert [block.headings for block in reading.blocks] == [(), ("Primera. Objeto",), ()]


def test_a_note_in_a_nested_table_is_read_once() -> None:
    noted = '<w:p><w:r><w:t>Canon</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    inner = table(cell(noted) + cell(p("3 €")), cell(p("Renta")) + cell(p("4 €")))
    outer = table(cell(p("Uno")) + cell(p("Dos")), cell(p("Tres")) + cell(p("Cuatro"), inner))
    notes = f'<w:footnotes {SPACE}><w:footnote w:id="1">{p("Desde 2024.")}</w:footnote></w:footnotes>'
    assert lines(made(outer, footnotes=notes)).count("Desde 2024.") == 1
