"""OpenDocument: texts, sheets and presentations, as a person sees them."""

import datetime

from reader_samples import WORDS, zip_of

from index.document import BlockKind, DateSource, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes

NAMES = (
    'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:meta="m" xmlns:style="s" xmlns:draw="d"'
    ' xmlns:presentation="p" xmlns:dc="c"'
)
META = f"<office:x {NAMES}><meta:creation-date>2026-01-16T10:00:00</meta:creation-date></office:x>"


def read(content: str, name: str = "a.odt", styles: str = "") -> Reading:
    parts = {
        "content.xml": content,
        "styles.xml": styles,
        "meta.xml": META.removeprefix(f"<office:x {NAMES}>"),
    }
    wrapped = {
        name: f"<office:x {NAMES}>{part.removesuffix('</office:x>')}</office:x>"
        for name, part in parts.items()
    }
    (reading,) = read_bytes(zip_of({name: part.encode() for name, part in wrapped.items()}), name)
    return reading


def lines(reading: Reading) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks]


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def row(*words: str, cell: str = "") -> str:
    cells = "".join(f"<table:table-cell{cell}>{p(each)}</table:table-cell>" for each in words)
    return f"<table:table-row>{cells}</table:table-row>"


def items(*words: str) -> str:
    return "".join(
        f"<text:list-item>{p(each) if each[0] != '<' else each}</text:list-item>" for each in words
    )


def test_headings_paragraphs_and_properties_are_read() -> None:
    reading = read(
        f'<text:h text:outline-level="1">Acuerdo</text:h><text:h text:outline-level="2">Objeto</text:h>'
        f"{p(f'{WORDS}<text:s/>Fin.')}"
    )
    assert lines(reading) == ["Acuerdo", "Objeto", f"{WORDS} Fin."]
    assert reading.blocks[2].headings == ("Acuerdo", "Objeto")
    assert (reading.date, reading.date_source) == (datetime.date(2026, 1, 16), DateSource.FILE_PROPERTIES)


def test_items_have_their_numbers() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a"'
        ' style:num-suffix=")"/></text:list-style>'
    )
    inner = f"<text:list>{items('Mayor de edad', 'Con permiso')}</text:list>"
    nested = f"{p('Edad')}{inner}"
    listed = f'<text:list text:style-name="L">{items(nested, "Padrón")}</text:list>'
    more = f'<text:list text:style-name="L" text:continue-numbering="true">{items("Fotografía")}</text:list>'
    reading = read(style + p("Requisitos:") + listed.replace("<text:p><text:p>", "<text:p>") + more)
    assert lines(reading)[1:] == [
        "1. Edad",
        "a) Mayor de edad",
        "b) Con permiso",
        "2. Padrón",
        "3. Fotografía",
    ]
    assert reading.blocks[2].level == 2


def test_tables_have_named_columns_and_merged_cells() -> None:
    merged = row("Primera", cell=' table:number-rows-spanned="2"').replace("</table:table-row>", "")
    table = (
        f"<table:table><table:table-header-rows>{row('Planta', 'Turno')}</table:table-header-rows>"
        f"{merged}<table:table-cell>{p('Mañana')}</table:table-cell></table:table-row>"
        f"<table:table-row><table:covered-table-cell/><table:table-cell>{p('Tarde')}</table:table-cell></table:table-row>"
        f"</table:table>"
    )
    assert lines(read(table)) == ["Planta: Primera; Turno: Mañana", "Planta: Primera; Turno: Tarde"]


def test_notes_boxes_heads_and_feet_are_read_and_deleted_words_are_not() -> None:
    body = f"<text:note-body>{p('La nota.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    box = f"<draw:frame><draw:text-box>{p('El cuadro.')}</draw:text-box></draw:frame>"
    deleted = f"<text:tracked-changes>{p('Borrado.')}</text:tracked-changes>"
    number = p("Página <text:page-number>1</text:page-number>")
    styles = f"<style:header>{p('Expediente 7')}</style:header><style:footer>{number}</style:footer>"
    reading = read(deleted + p(f"El canon{note} sube.{box}"), styles=styles)
    assert lines(reading) == ["Expediente 7", "El canon sube.", "La nota.", "El cuadro."]


def test_comments_and_pictures_are_counted() -> None:
    reading = read(
        p(f"Sí.<office:annotation>{p('¿Seguro?')}</office:annotation><draw:frame><draw:image/></draw:frame>")
    )
    assert reading.text == "Sí."
    assert set(reading.left_out) == {LeftOut(LeftOutKind.COMMENTS, 1), LeftOut(LeftOutKind.IMAGES, 1)}


def test_sheets_are_read_as_they_are_shown() -> None:
    hidden = '<style:style style:name="no"><style:table-properties table:display="false"/></style:style>'
    formula = '<table:table-cell table:formula="of:=1"/>'
    far = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = (
        f'{hidden}<office:spreadsheet><table:table table:name="Cultura">{row("Entidad", "Importe", "Fecha")}'
        f"{row('Club', '8.000,00 €', '14/03/2025').replace('</table:table-row>', far + '</table:table-row>')}"
        f"<table:table-row><table:table-cell>{p('Coral')}</table:table-cell>{formula}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row></table:table>'
        f'<table:table table:name="Borrador" table:style-name="no">{row("Secreto")}</table:table></office:spreadsheet>'
    )
    reading = read(content, "cuentas.ods")
    assert lines(reading) == [
        "Cultura",
        "Entidad: Club; Importe: 8.000,00 €; Fecha: 14/03/2025",
        "Entidad: Coral",
    ]
    assert set(reading.left_out) == {LeftOut(LeftOutKind.HIDDEN, 1), LeftOut(LeftOutKind.FORMULAS, 1)}
    assert reading.title == "cuentas"


def test_slides_are_pages_with_their_titles() -> None:
    def slide(title: str, *points: str) -> str:
        head = (
            f'<draw:frame presentation:class="title"><draw:text-box>{p(title)}</draw:text-box></draw:frame>'
        )
        body = (
            f"<draw:frame><draw:text-box><text:list>{items(*points)}</text:list></draw:text-box></draw:frame>"
        )
        return f"<draw:page>{head}{body}</draw:page>"

    reading = read(slide("Objetivos", "Ahorrar agua") + "<draw:page/>" + slide("Plazos", "Mayo"), "a.odp")
    assert [(page.number, page.span.of(reading.text)) for page in reading.pages] == [
        (1, "Objetivos\n\n- Ahorrar agua"),
        (3, "Plazos\n\n- Mayo"),
    ]
    assert [block.kind for block in reading.blocks] == [BlockKind.HEADING, BlockKind.ITEM] * 2
