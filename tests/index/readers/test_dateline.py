"""The day that a document gives itself in its own words, and the dates in it that are of something else."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import pdf_of
from reader_samples import WORDS

from index.document import DateSource, Reading
from index.readers import read_bytes
from index.readers.dating import dateline

DAY = date(2024, 5, 3)
INFO = "/CreationDate (D:20260116120000)"


def read(text: str, name: str = "a.txt", mtime: datetime | None = None) -> Reading:
    (reading,) = read_bytes(text.encode(), name, mtime)
    return reading


@pytest.mark.parametrize(
    "line",
    [
        "En Madrid, a 3 de mayo de 2024",
        "En la ciudad de Madrid, a tres de mayo de dos mil veinticuatro.",
        "EN MADRID, A 3 DE MAYO DE 2024",
        "En la ciudad de México, a los 3 días del mes de mayo de 2024",
        "Bogotá, a los tres (3) días del mes de mayo de 2024",
        "Las Palmas de Gran Canaria, 3 de mayo de 2024.",
        "Palma (Mallorca), a 3 de mayo de 2024",
        "Madrid, viernes 3 de mayo de 2024",
        "3 de mayo de 2024",
        "Fecha: 03/05/2024",
        "**Fecha:** 3 de mayo de 2024",
        "Fecha | 3-5-2024",
        "Fecha del parte: 3 de mayo de 2024",
        "Fecha de emisión: 2024-05-03",
        "Publicado el 3 de mayo de 2024",
        "May 3, 2024",
        "Date: May 3, 2024",
        "London, 3rd May 2024",
        "Washington, D.C., May 3, 2024",
        "Dated 3 May 2024",
        "Lisboa, 3 de maio de 2024",
        "Madrid, 3 de mayo de 2.024",
        "A LOS TRES DÍAS DEL MES DE MAYO DE DOS MIL VEINTICUATRO",
        "Fecha: 3 de mayo de 2024   Hora: 19:00   Lugar: Salón de plenos",
        "Lugar: Salón de plenos. Fecha: 03/05/2024. Hora de inicio: 19:00",
        "Autora: Marta Gil. Fecha: 3 de mayo de 2024.",
        "Nº: 23 | Fecha: 3-5-2024 | Cliente: Hornos SL",
        "Fait à Paris, le 3 mai 2024",
        "En Tudela, a 3 de mayo de 2024, a las 19:00 horas",
        "En Tudela, a 3 de mayo de 2024, a las diecinueve horas, se reúnen los señores",
        "En la Casa Consistorial de Tudela, siendo las 19 horas del día 3 de mayo de 2024, se reúne el Pleno",
        "Tudela, 3 de mayo de 2024, 19:00 h",
    ],
)
def test_a_day_that_stands_alone_near_the_top_is_the_documents(line: str) -> None:
    reading = read(f"INFORME\n\n{line}\n\n{WORDS}\n")
    assert (reading.date, reading.date_source) == (DAY, DateSource.DATELINE)


@pytest.mark.parametrize(
    "line",
    [
        "Fecha de nacimiento: 3 de mayo de 2024",
        "Fecha de vencimiento: 03/05/2024",
        "Fecha de nacimiento: 3 de mayo de 2024   DNI: 123",
        "Cliente: Hornos SL   Vencimiento: 03/05/2024   Importe: 20",
        "Vencimiento 03/05/2024",
        "Due date: May 3, 2024",
        "Next Meeting, May 3, 2024",
        "Última actualización, 3 de mayo de 2024",
        "Cuentas anuales a 3 de mayo de 2024",
        "El contrato se firmó el 3 de mayo de 2024",
        "CONTRATO DE 3 DE MAYO DE 2024",
        "Desde el 3 de mayo de 2024",
        "Del 3 al 5 de mayo de 2024",
        "3 de mayo",
        "mayo de 2024",
        "03/05/24",
        "> Madrid, 3 de mayo de 2024",
        "-----Mensaje original-----\nFecha: 3 de mayo de 2024",
    ],
)
def test_a_date_of_something_else_or_half_a_date_does_not_date_the_document(line: str) -> None:
    reading = read(f"INFORME\n\n{line}\n\n{WORDS}\n")
    assert (reading.date, reading.date_source) == (None, None)


@pytest.mark.parametrize(
    "opening",
    [
        "En Madrid, a 3 de mayo de 2024, reunidos de una parte doña Ana Ruiz y de otra don Luis Gil.",
        "This Agreement is entered into as of 3 May 2024 between Grupo Trigal and La Espiga.",
        "En Teruel, siendo las 19:00 horas del día 3 de mayo de 2024, se reúnen los señores concejales.",
        "THIS LEASE AGREEMENT is made and entered into on May 3, 2024, by and between A and B.",
    ],
)
def test_the_opening_of_a_contract_dates_it(opening: str) -> None:
    assert dateline(f"CONTRATO\n\n{opening}\n\n{WORDS}") == DAY


def test_a_sentence_that_begins_with_a_place_and_a_day_is_no_opening() -> None:
    assert dateline(f"En Madrid, a 3 de mayo de 2024, llovía. {WORDS}") is None


def test_the_place_and_day_over_the_signatures_date_what_has_no_day_at_its_top() -> None:
    signed = "En Madrid, a 3 de mayo de 2024\n\nFdo.: Ana Ruiz"
    assert dateline(f"{WORDS}\n\n" * 60 + signed) == DAY


@pytest.mark.parametrize("signed", ["3 de mayo de 2024", "Así se acordó en Madrid, a 3 de mayo de 2024"])
def test_near_the_end_a_day_needs_its_place_and_nothing_else(signed: str) -> None:
    assert dateline(f"{WORDS}\n\n" * 60 + signed) is None


def test_a_day_alone_in_the_middle_is_no_dateline() -> None:
    page = f"{WORDS}\n\n" * 60
    assert dateline(f"{page}Madrid, 3 de mayo de 2024\n\n{page}") is None


def test_the_days_of_a_chronicle_do_not_date_it() -> None:
    entries = "\n\n".join(f"{day} de mayo de 2024\n\n{WORDS * 50}" for day in (3, 4, 7))
    assert dateline(f"CRONOLOGÍA\n\n{entries}") is None


def test_two_different_days_at_the_top_date_nothing() -> None:
    assert dateline(f"Madrid, 3 de mayo de 2024\nLima, 4 de mayo de 2024\n\n{WORDS}") is None


def test_a_day_and_month_that_english_may_swap_is_not_taken() -> None:
    assert dateline("Date: 03/05/2024", language="en") is None
    assert dateline("Date: 03/05/2024") is None
    assert dateline("Fecha: 03/05/2024", language="es") == DAY
    assert dateline("Date: 13/05/2024", language="en") == date(2024, 5, 13)


def test_a_dateline_is_stronger_than_the_properties_of_the_file() -> None:
    (reading,) = read_bytes(pdf_of(f"Madrid, 3 de mayo de 2024\n\n{WORDS}", info=INFO), "a.pdf")
    assert (reading.date, reading.date_source) == (DAY, DateSource.DATELINE)


def test_a_file_name_is_stronger_than_a_dateline_and_than_the_properties_of_the_file() -> None:
    (reading,) = read_bytes(pdf_of(f"Madrid, 3 de mayo de 2024\n\n{WORDS}", info=INFO), "2025-10-07.pdf")
    assert (reading.date, reading.date_source) == (date(2025, 10, 7), DateSource.FILE_NAME)


@pytest.mark.parametrize(
    ("text", "name", "source"),
    [
        (" date 2026-01-16 \nMadrid, 3 de mayo de 2024", "a.txt", DateSource.HEADER),
        ("---\ndate: 2026-01-16\n---\nMadrid, 3 de mayo de 2024", "a.md", DateSource.FRONT_MATTER),
        ('{"date": "2026-01-16", "text": "Madrid, 3 de mayo de 2024"}', "a.json", DateSource.JSON),
    ],
)
def test_what_tells_the_day_of_publication_is_stronger_than_a_dateline(
    text: str, name: str, source: DateSource
) -> None:
    reading = read(text, name)
    assert (reading.date, reading.date_source) == (date(2026, 1, 16), source)


def test_a_day_after_the_files_own_time_is_not_the_documents() -> None:
    text = f"Madrid, 3 de mayo de 2024\n\n{WORDS}"
    assert read(text, mtime=datetime(2024, 5, 2, 23, tzinfo=UTC)).date_source is DateSource.DATELINE
    assert read(text, mtime=datetime(2024, 4, 20, tzinfo=UTC)).date_source is DateSource.FILE_TIME


@given(
    st.text(alphabet=st.sampled_from("EnMadrid,a 3 mayo2024de\n:*>|/-.FechaDateThis ()") | st.characters())
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert dateline(text) is None or isinstance(dateline(text), date)


@pytest.mark.parametrize(
    "unit",
    [
        "\n",
        " ",
        "A, ",
        "En A ",
        "This a ",
        "3 de mayo de 2024\n",
        "2024-05-03\n",
        "#",
        "-- ",
        "A de ",
        "mil ",
    ],
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    dateline(text)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Boletín municipal, mayo de 2024", date(2024, 5, 1)),
        ("Informe de mayo a junio de 2024", None),
        ("Presupuesto de 2024", None),
    ],
)
def test_a_month_in_the_title_dates_what_nothing_else_does(title: str, day: date | None) -> None:
    assert read(f"# {title}\n\n{WORDS}\n", "a.md").date == day


def test_the_time_of_the_file_is_weaker_than_the_month_of_its_title() -> None:
    written = datetime(2026, 1, 16, tzinfo=UTC)
    assert read(f"# Boletín, mayo de 2024\n\n{WORDS}\n", "a.md", written).date == date(2024, 5, 1)
