"""Sheets and csv: values as they are shown, under the names of their columns."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from reader_samples import zip_of

from index.document import BlockKind, LeftOut, LeftOutKind, Reading
from index.errors import UnreadableDocument
from index.readers import read_bytes
from index.readers.office.number_formats import Style, shown
from index.text.sentences import split_sentences

SPAIN = Style.told_by("es", ["0.00 €"], from_1904=False)
MEXICO = Style.told_by("es", ["$0.00"], from_1904=False)
NAMES = ("Entidad", "Importe", "Fecha")


def one(data: bytes, path: str) -> Reading:
    (reading,) = read_bytes(data, path)
    return reading


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(rows: Iterable[Sequence[Any]]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def altered(book: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its first sheet changed."""
    container = zipfile.ZipFile(io.BytesIO(book))
    members = {name: container.read(name) for name in container.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    return zip_of({**members, sheet: change(members[sheet])})


def lines(reading: Reading) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks if block.kind is not BlockKind.HEADING]


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (1234567.5, "#,##0.00 €", "1.234.567,50 €"),
        (0.85, "0.0%", "85,0%"),
        (-5, "#,##0.00 [$€-C0A];[Red]-#,##0.00 [$€-C0A]", "-5,00 €"),
        (-1234, "#,##0 ;(#,##0)", "(1.234)"),
        (1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-@_-', "1.234,50 €"),
        (38, "00000", "00038"),
        (5, '0 "unidades"', "5 unidades"),
        (1_500_000, '#,##0.0,," M"', "1,5 M"),
        (0.1 + 0.2, "General", "0,3"),
        (12345678901, "General", "12345678901"),
        (2.5, "# ?/?", "2,5"),
        (45730, "dd/mm/yyyy", "2025-03-14"),
        (45730.5, "m/d/yy h:mm", "2025-03-14 12:00"),
        (45730, 'd" de "mmmm" de "yyyy', "14 de marzo de 2025"),
        (45730, "mmm-yy", "mar-25"),
        (0.4375, "h:mm AM/PM", "10:30"),
        (1.25, "[h]:mm", "30:00"),
        (-3, "0;;0", ""),
    ],
)
def test_a_figure_is_written_as_its_format_shows_it(number: float, code: str, words: str) -> None:
    assert shown(number, code, SPAIN) == words


def test_sums_in_dollars_have_decimal_points_also_in_spanish() -> None:
    assert shown(1234.5, "$#,##0.00", MEXICO) == "$1,234.50"


@pytest.mark.parametrize(
    "code", ["", ";", '"' * 300, "[" * 300, "0" * 300, "0." + "0" * 250, "\\", "y" * 255, "%" * 255]
)
@pytest.mark.parametrize("number", [0.0, -1.5, 1e300, 45730.5, 1e-300])
def test_no_format_is_too_strange(number: float, code: str) -> None:
    assert isinstance(shown(number, code, SPAIN), str)


def test_cells_are_read_as_the_sheet_shows_them() -> None:
    book, sheet = workbook([NAMES, ["Club Náutico", 8000, datetime.datetime(2025, 3, 14)]])
    sheet["B2"].number_format, sheet["C2"].number_format = "#,##0.00 €", "dd/mm/yyyy"
    assert lines(one(saved(book), "a.xlsx")) == [
        "Entidad: Club Náutico; Importe: 8.000,00 €; Fecha: 2025-03-14"
    ]


def test_a_row_knows_the_names_of_its_columns_and_where_its_cells_stand() -> None:
    reading = one(b"Entidad;Importe;Fecha\nClub;;2025\nCoral;3;2026\n", "a.csv")
    row = reading.blocks[0]
    assert (row.kind, row.columns) == (BlockKind.ROW, NAMES)
    assert [cell.of(reading.text) for cell in row.cells] == ["Club", "", "2025"]


def test_sheets_and_titles_stand_above_the_rows() -> None:
    book, sheet = workbook([["Subvenciones de 2025"], [], NAMES, ["Club", 1, "a"], ["Coral", 2, "b"]])
    sheet.title = "Cultura"
    assert one(saved(book), "a.xlsx").blocks[-1].headings == ("Cultura", "Subvenciones de 2025")


def test_a_formula_without_a_value_is_told_and_never_shown() -> None:
    book, _ = workbook([NAMES, ["Club", "=2000*4", "a"], ["Coral", 3, "=TODAY()"]])
    reading = one(saved(book), "a.xlsx")
    assert reading.left_out == (LeftOut(LeftOutKind.FORMULAS, 2),)
    assert "=" not in reading.text


def test_a_formula_with_a_value_is_its_value() -> None:
    book, _ = workbook([NAMES, ["Club", "=2000*4", "a"]])
    data = altered(saved(book), lambda xml: re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>8000</v>", xml))
    assert lines(one(data, "a.xlsx")) == ["Entidad: Club; Importe: 8000; Fecha: a"]


def test_merged_cells_count_for_every_row_and_column_that_they_cover() -> None:
    book, sheet = workbook(
        [
            ["Turnos", None, None],
            ["Planta", "Turno", "Jefa"],
            ["Primera", "Mañana", "Ana"],
            [None, "Tarde", "Luz"],
        ]
    )
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    assert lines(one(saved(book), "a.xlsx"))[-1] == "Planta: Primera; Turno: Tarde; Jefa: Luz"


def test_what_is_hidden_by_hand_is_left_out_and_counted() -> None:
    book, sheet = workbook([NAMES, ["Club", 1, "a"], ["Oculta", 2, "b"], ["Coral", 3, "c"]])
    book.create_sheet("Borrador").append(["Secreto"])
    book["Borrador"].sheet_state = "hidden"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    reading = one(saved(book), "a.xlsx")
    assert lines(reading) == ["Entidad: Club; Importe: 1", "Entidad: Coral; Importe: 3"]
    assert reading.left_out == (LeftOut(LeftOutKind.HIDDEN, 3),)


def test_rows_that_a_filter_hides_are_read() -> None:
    book, sheet = workbook([NAMES, ["Club", 1, "a"], ["Coral", 3, "c"]])
    sheet.auto_filter.ref = "A1:C3"
    sheet.row_dimensions[3].hidden = True
    assert len(lines(one(saved(book), "a.xlsx"))) == 2


def test_comments_are_counted() -> None:
    book, sheet = workbook([NAMES, ["Club", 1, "a"]])
    sheet["A2"].comment = Comment("¿Seguro?", "Ana")
    assert one(saved(book), "a.xlsx").left_out == (LeftOut(LeftOutKind.COMMENTS, 1),)


def test_a_cell_in_the_last_place_of_a_sheet_costs_nothing() -> None:
    book, sheet = workbook([NAMES, ["Club", 1, "a"]])
    sheet["XFD1048576"] = "lejos"
    merged = b'</sheetData><mergeCells><mergeCell ref="A2:XFC1048570"/></mergeCells>'
    data = altered(saved(book), lambda xml: xml.replace(b"</sheetData>", merged))
    assert "lejos" in one(data, "a.xlsx").text


@pytest.mark.parametrize(
    "broken",
    [
        b"<worksheet><sheetData><row r='x'/>",
        b'<worksheet><row><c r="A1" t="s"><v>x</v></c></row></worksheet>',
    ],
)
def test_a_damaged_sheet_is_refused(broken: bytes) -> None:
    data = altered(saved(workbook([NAMES])[0]), lambda xml: broken)
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_bytes(data, "a.xlsx")


@pytest.mark.parametrize(
    "table",
    [
        "Artículo;Precio;Nota\nMembrillo;3,10;a\nQueso;18,90;b\n",
        "sep=;\nArtículo;Precio;Nota\nMembrillo;3,10;a\nQueso;18,90;b\n",
        'Artículo,Precio,Nota\nMembrillo,"3,10",a\nQueso,"18,90",b\n',
        "Artículo\tPrecio\tNota\nMembrillo\t3,10\ta\nQueso\t18,90\tb\n",
        "Artículo|Precio|Nota\nMembrillo|3,10|a\nQueso|18,90|b\n",
        "Almacén de Tembleque;;\n;;\nArtículo;Precio;Nota\nMembrillo;3,10;a\nQueso;18,90;b\n",
    ],
)
def test_a_csv_is_read_whatever_parts_its_cells(table: str) -> None:
    assert lines(one(table.encode(), "a.csv")) == [
        "Artículo: Membrillo; Precio: 3,10; Nota: a",
        "Artículo: Queso; Precio: 18,90; Nota: b",
    ]


def test_a_line_break_within_quotes_does_not_end_a_row() -> None:
    assert lines(one(b'a,b,c\n"uno\ndos",2,3\n', "a.csv")) == ["a: uno dos; b: 2; c: 3"]


def test_lines_before_the_header_are_read_as_what_they_are() -> None:
    statement = (
        "Extracto\nTitular;Cofradía\nCuenta;ES00\n\nFecha;Concepto;Saldo\n03/02/2025;Hielo;18.204,11\n"
    )
    assert lines(one(statement.encode(), "a.csv")) == [
        "Titular: Cofradía",
        "Cuenta: ES00",
        "Fecha: 03/02/2025; Concepto: Hielo; Saldo: 18.204,11",
    ]


def test_each_row_of_a_table_is_a_sentence_of_its_own() -> None:
    text = one(("Proveedor;Importe;Estado\n" + "Hornos;38115;Pendiente de pago\n" * 3).encode(), "a.csv").text
    row = "Proveedor: Hornos; Importe: 38115; Estado: Pendiente de pago"
    assert [span.of(text) for span in split_sentences(text)] == [row] * 3


def test_a_table_has_its_title_from_its_file_name_unless_it_carries_one() -> None:
    book, _ = workbook([["Hornos", "Pendiente"]])
    assert one(b"a;b\n1;2\n", "informes/ventas-por_tienda 2025-10.csv").title == "ventas por tienda 2025-10"
    assert one(saved(book), "tesoreria.xlsx").title == "tesoreria"
    book.properties.title = "Vencimientos"
    assert one(saved(book), "tesoreria.xlsx").title == "Vencimientos"


def test_a_hundred_thousand_rows_are_read() -> None:
    table = "Clave;Nombre;Importe\n" + "".join(f"{n};Cliente {n};{n},50\n" for n in range(100_000))
    assert len(one(table.encode(), "a.csv").blocks) == 100_000


@pytest.mark.parametrize("value", ["inf", "nan", "1e999", "-1e400"])
def test_a_value_that_is_no_number_is_read_as_it_is_written(value: str) -> None:
    book, _ = workbook([NAMES, ["Club", 8000, "a"]])
    data = altered(saved(book), lambda xml: xml.replace(b"<v>8000</v>", f"<v>{value}</v>".encode()))
    assert lines(one(data, "a.xlsx")) == [f"Entidad: Club; Importe: {value}; Fecha: a"]
