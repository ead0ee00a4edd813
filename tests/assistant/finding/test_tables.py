"""Sums, means and extremes over the columns of tables, with their rows as quotes."""

from collections.abc import Iterator

import pytest

from assistant import Assistant, Settings
from assistant.finding.tables import compute_over_table
from assistant.questions.list_questions import read_table_question
from index.filters import EVERYTHING
from index.store.store import Store

GRANTS = (
    "Entidad;Concepto;Importe\nClub Náutico;Regata;8.000,00 €\nCoral;Gira;2.501,00 €\n"
    "Ateneo;Cine;975,30 €\nClub Náutico;Vela;1.200,00 €\n"
)
SPENT = (
    "# Gastos de la oficina\n\n"
    "| Gasto | Euros |\n|---|---|\n| Papel | 45,20 |\n| Portátil | 1.280 |\n| Total | 1.325,20 |\n"
)
RAIN = (
    "month,station,rain_mm\nJanuary,North,12.5\nJanuary,South,9.1\nFebruary,North,40.25\nFebruary,South,38\n"
)
PLOTS = "Parcela;Titular;Metros;Cuota\n3;Carles;55;86,00 €\n7;Joan;70;108,00 €\n14;Remei;62;96,00 €\n"
HOURS = "Persona;Enero;Febrero;Total\nSara;12;35;47\nNacho;20;0;20\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("tables")
    tables = {
        "subvenciones.csv": GRANTS,
        "gastos.md": SPENT,
        "rainfall.csv": RAIN,
        "horas.csv": HOURS,
        "huertos.csv": PLOTS,
    }
    for name, text in tables.items():
        (folder / name).write_text(text, "utf-8")
    settings = Settings(documents=folder, index=tmp_path_factory.mktemp("index"), engine="extractive")
    with Assistant(settings) as assistant:
        assistant.sync()
        yield assistant.retriever().store


@pytest.mark.parametrize(
    ("question", "told", "rows"),
    [
        ("total de subvenciones", "Suma de «Importe» en 4 filas: 12.676,30 €.", 4),
        ("¿Cuánto suman las subvenciones del Club Náutico?", "Suma de «Importe» en 2 filas: 9.200,00 €.", 2),
        ("¿Cuál es el importe mayor?", "Lo mayor en «Importe» («subvenciones»): 8.000,00 €.", 1),
        ("¿Qué entidad recibió más?", "Lo mayor en «Importe» («subvenciones»): 9.200,00 €.", 2),
        ("¿Cuál fue la subvención más baja?", "Lo menor en «Importe» («subvenciones»): 975,30 €.", 1),
        ("¿Cuál fue el gasto mayor?", "Lo mayor en «Euros» («Gastos de la oficina»): 1.280.", 1),
        ("¿Quién hizo más horas?", "Lo mayor en «Total» («horas»): 47.", 1),
        ("¿Cuánto suman las cuotas?", "Suma de «Cuota» en 3 filas: 290,00 €.", 3),
        ("¿Quién hizo más horas en enero?", "Lo mayor en «Enero» («horas»): 20.", 1),
    ],
)
def test_what_is_computed_stands_over_the_rows_that_it_comes_from(
    store: Store, question: str, told: str, rows: int
) -> None:
    found = compute_over_table(store, question, "es", EVERYTHING)
    assert found is not None and found.listing is not None
    assert found.listing.opening == told
    assert len(found.evidence) == rows


def test_a_mean_is_told_in_the_language_of_the_question(store: Store) -> None:
    found = compute_over_table(store, "average rain in February", "en", EVERYTHING)
    assert found is not None and found.listing is not None
    assert found.listing.opening == "Mean of “rain_mm” over 2 rows: 39.12."
    assert [item.quote for item in found.evidence] == [
        "month: February; station: North; rain_mm: 40.25",
        "month: February; station: South; rain_mm: 38",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuánto recibió el Ateneo?",
        "¿Cuál es el mayor problema de la oficina?",
        "¿Cuál es la subvención mayor de Cartagena?",
        "¿Cuánto suman los gastos?",
        "¿Cuántas horas hizo Nacho en abril?",
        "¿Cuál es la parcela más grande?",
        "",
    ],
)
def test_what_no_column_holds_or_the_document_tells_itself_is_left_to_the_passages(
    store: Store, question: str
) -> None:
    assert compute_over_table(store, question, "es", EVERYTHING) is None


def test_the_longest_wording_says_what_is_computed() -> None:
    lowest = read_table_question("¿Cuál fue la subvención más baja?")
    assert lowest is not None and (lowest.function, lowest.words) == ("smallest", ("subvencion",))
