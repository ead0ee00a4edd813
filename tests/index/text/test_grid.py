"""Tables as grids: which row names the columns, and merged cells in every place that they cover."""

import random
import string

from hypothesis import given
from hypothesis import strategies as st

from index.text.grid import Cell, NamedRow, named_rows, spread

CENTRES = [
    [Cell("Centro", down=2), Cell("2024", across=2), Cell("2025", across=2)],
    [Cell("Ingresos"), Cell("Gastos"), Cell("Ingresos"), Cell("Gastos")],
    [Cell("Norte"), Cell("1"), Cell("2"), Cell("3"), Cell("4")],
]
COURSES = [
    ["Taller", "Monitora", "Precio"],
    ["Costura", "Amaia", "38,50 €"],
    ["Huerto", "", "15,00 €"],
    ["Fotografía", "Lorea", ""],
]


def printed(rows: list[list[str]], *, marked: int = 0, headed: bool = False) -> list[str]:
    """Each row as `column=cell` pairs, those with words."""
    return [
        "|".join(
            f"{row.columns[place]}={cell}" if place < len(row.columns) else cell
            for place, cell in enumerate(row.cells)
            if cell
        )
        for row in named_rows(rows, marked, headed)
    ]


def test_merged_cells_count_in_every_place_that_they_cover() -> None:
    rows = [[Cell("a", across=2, down=2), Cell("b")], [Cell("c")], [Cell("d"), Cell("e"), Cell("f")]]
    assert list(spread(rows)) == [["a", "a", "b"], ["a", "a", "c"], ["d", "e", "f"]]


def test_a_cell_over_the_whole_width_is_alone_in_its_row() -> None:
    assert list(spread([[Cell("Zona norte", across=4)]])) == [["Zona norte"]]


def test_a_cell_that_claims_a_million_columns_does_not_get_them() -> None:
    (row,) = spread([[Cell("a", across=1_000_000, down=1_000_000), Cell("b")]])
    assert len(row) < 1000


def test_names_in_two_rows_are_joined() -> None:
    (row,) = named_rows(list(spread(CENTRES)))
    assert row.columns == ("Centro", "2024 Ingresos", "2024 Gastos", "2025 Ingresos", "2025 Gastos")
    assert row.cells == ("Norte", "1", "2", "3", "4")


def test_an_empty_cell_keeps_its_place() -> None:
    assert printed(COURSES)[1:] == ["Taller=Huerto|Precio=15,00 €", "Taller=Fotografía|Monitora=Lorea"]


def test_the_first_row_that_fits_names_the_columns_and_not_the_title_above() -> None:
    rows = [["Talleres de otoño", "", ""], ["", "", ""], *COURSES]
    assert printed(rows, headed=True)[:2] == [
        "Talleres de otoño",
        "Taller=Costura|Monitora=Amaia|Precio=38,50 €",
    ]


def test_labels_above_a_table_are_labels() -> None:
    rows = [
        ["Titular", "Ana Ruiz"],
        ["Cuenta", "ES00 0000"],
        [],
        ["Fecha", "Concepto", "Saldo"],
        ["3/2", "Hielo", "12"],
    ]
    assert printed(rows, headed=True) == [
        "Titular=Ana Ruiz",
        "Cuenta=ES00 0000",
        "Fecha=3/2|Concepto=Hielo|Saldo=12",
    ]


def test_each_table_of_a_sheet_has_its_own_names() -> None:
    rows = [
        *COURSES,
        [],
        ["Personal"],
        ["Nombre", "Puesto", "Jornada"],
        ["Ana", "Jefa", "75 %"],
        ["Luis", "Mozo", "50 %"],
    ]
    assert printed(rows, headed=True)[-3:] == [
        "Personal",
        "Nombre=Ana|Puesto=Jefa|Jornada=75 %",
        "Nombre=Luis|Puesto=Mozo|Jornada=50 %",
    ]


def test_empty_rows_between_the_rows_of_a_table_do_not_end_it() -> None:
    rows = [COURSES[0], [], COURSES[1], COURSES[2], [], COURSES[3], [], ["Total", "", "53,50 €"]]
    assert printed(rows, headed=True) == [*printed(COURSES), "Taller=Total|Precio=53,50 €"]


def test_names_that_are_repeated_on_the_next_page_are_no_row() -> None:
    assert printed([*COURSES[:2], COURSES[0], *COURSES[2:]]) == printed(COURSES)


def test_years_may_name_columns_and_figures_may_not() -> None:
    assert printed([["Concepto", "2024", "2025"], ["Luz", "10", "12"]]) == ["Concepto=Luz|2024=10|2025=12"]
    assert printed([["Luz", "10", "12"], ["Agua", "3", "4"]]) == ["Luz|10|12", "Agua|3|4"]


def test_two_columns_may_be_labels_and_values() -> None:
    rows = [["Arrendador", "Ana Ruiz"], ["Domicilio", "Calle Mayor"], ["NIF", "12345678Z"]]
    assert printed(rows) == ["Arrendador=Ana Ruiz", "Domicilio=Calle Mayor", "NIF=12345678Z"]


def test_two_columns_may_be_named_by_the_first_row() -> None:
    assert (
        printed([["Concepto", "Importe"], ["Hielo", "12 €"], ["Grúa", "40 €"]])[0]
        == "Concepto=Hielo|Importe=12 €"
    )
    terms = [
        ["Término", "Significado"],
        ["Fianza", "Lo que se entrega al firmar"],
        ["Renta", "Lo que se paga cada mes"],
    ]
    assert printed(terms)[1] == "Término=Renta|Significado=Lo que se paga cada mes"


def test_two_who_sign_side_by_side_do_not_name_each_other() -> None:
    assert (
        printed([["La Arrendadora", "El Arrendatario"], ["Ana Ruiz", "Luis Gil"]])[0]
        == "La Arrendadora|El Arrendatario"
    )


def test_the_labels_of_a_form_stand_before_their_values() -> None:
    rows = [["Nombre:", "Ana", "NIF:", "12345678Z"], ["Fecha:", "1/2/2024", "Lugar:", "Arzúa"]]
    assert printed(rows) == ["Nombre=Ana|NIF=12345678Z", "Fecha=1/2/2024|Lugar=Arzúa"]


def test_what_the_format_marks_is_taken_at_its_word() -> None:
    assert printed([["1", "2"], ["a", "b"]], marked=1) == ["1=a|2=b"]


def test_a_note_below_a_table_belongs_to_no_column() -> None:
    note = "Fuente: registro de talleres del centro"
    assert list(named_rows([*COURSES, [note, "", ""]]))[-1] == NamedRow((note,))


@given(
    st.lists(
        st.lists(st.sampled_from(["", "Ana", "Precio", "12", "2024", "3€", "Nota:"]), max_size=5),
        max_size=12,
    )
)
def test_no_words_of_a_table_are_lost(rows: list[list[str]]) -> None:
    kept = {word for row in named_rows(rows) for word in " ".join((*row.cells, *row.columns)).split()}
    assert {word.rstrip(":") for row in rows for word in row if word} <= {
        word.rstrip(":") for word in kept
    } | {""}


def test_a_hundred_thousand_rows_each_after_an_empty_one_are_read() -> None:
    dice = random.Random(3)
    rows = [
        cells for n in range(50_000) for cells in ([], [f"a{n}", dice.choice(string.ascii_letters), str(n)])
    ]
    assert len(list(named_rows([["Clave", "Letra", "Número"], *rows], headed=True))) == 50_000
