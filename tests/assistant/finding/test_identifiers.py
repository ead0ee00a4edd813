"""Identifiers that a question names: they stand in a document whole, or the answer is refused."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.finding.identifiers import identifiers_of, nearest, stands_in
from tests.news import small_archive

INVOICES = (
    {"id": "a", "title": "Factura F-2025-031", "text": "Factura F-2025-031. Total a pagar: 1.240,00 euros."},
    {"id": "b", "title": "Factura F-2024-007", "text": "Factura F-2024-007. Total a pagar: 310,50 euros."},
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("invoices"), INVOICES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "identifiers"),
    [
        ("¿Cuánto suma la factura F-2025-044?", ["F-2025-044"]),
        ("¿Qué dice la sentencia 43/2026?", ["43/2026"]),
        ("What does the IB3170 cost?", ["IB3170"]),
        ("¿Qué valor tiene SERVER_REGION?", ["SERVER_REGION"]),
        ("¿Qué se aprobó el 12/05/2025 a las 10h?", []),
        ("¿Quién cobró 12.400 euros en 2024?", []),
        ("¿Cuántos casos de covid-19 hubo el 3º día?", []),
    ],
)
def test_codes_are_told_from_numbers_dates_and_names(question: str, identifiers: list[str]) -> None:
    assert identifiers_of(question, "es") == identifiers


def test_an_identifier_stands_whole_whatever_joins_its_parts() -> None:
    assert stands_in("F-2025-044", "la factura f/2025/044, pagada")
    assert not stands_in("F-2025-044", "la factura F-2025-0441")
    assert not stands_in("43/2026", "la sentencia 143/2026")
    assert stands_in("JT4140", "la junta tórica JT-4140 mide 41 mm")
    assert not stands_in("JT4140", "la junta tórica JT-41401")


def test_the_nearest_is_of_the_same_form() -> None:
    assert nearest("F-2025-044", ["F-2025-031, F-2024-900 y A-12"]) == "F-2025-031"
    assert nearest("JT4999", ["JT-4411 o K-7/B"]) == "JT-4411"
    assert nearest("F-2025-044", ["nada de eso, salvo 2025"]) == ""


def test_what_is_asked_of_an_unknown_invoice_is_refused_with_the_nearest_named(archive: Assistant) -> None:
    answer = archive.ask("¿Cuál es el total de la factura F-2025-044?")
    assert not answer.answered
    assert answer.text == "No encuentro «F-2025-044» en los documentos. Lo más parecido es «F-2025-031»."
    english = archive.ask("What is the total of the invoice F-2025-044?")
    assert english.text.startswith("I don't find “F-2025-044” in the documents.")


def test_the_year_in_an_identifier_is_no_day_to_search(archive: Assistant) -> None:
    answer = archive.ask("¿Qué dice la factura F-2026-12?")
    assert answer.text.startswith("No encuentro «F-2026-12» en los documentos.")
    assert answer.searched is None


def test_what_is_asked_of_one_invoice_is_never_told_from_another(archive: Assistant) -> None:
    answer = archive.ask("¿Cuál es el total de la factura F-2024-007?")
    assert {citation.document.id for citation in answer.citations} <= {"b"}
