from datetime import date

import pytest

from index.filters import EVERYTHING, DocumentFilter
from ui.desk import filter_words, language_name, read_filter
from ui.texts import load_texts

TEXTS = load_texts("es")


def test_what_the_page_sends_becomes_a_filter() -> None:
    sent = '{"from": "2026-01-01", "as_of": "2026-01-22", "language": "es", "documents": ["a.txt"]}'
    assert read_filter(sent) == DocumentFilter(
        published_from=date(2026, 1, 1), as_of=date(2026, 1, 22), language="es", documents=("a.txt",)
    )


@pytest.mark.parametrize("sent", ["", "{}", '{"documents": []}'])
def test_no_bounds_admit_everything(sent: str) -> None:
    assert read_filter(sent) == EVERYTHING


@pytest.mark.parametrize(
    "sent",
    [
        "[]",
        "nonsense",
        '{"from": "ayer"}',
        '{"from": "2026-02-01", "to": "2026-01-01"}',
        '{"language": "es\' OR 1=1"}',
        '{"user": "ana"}',
    ],
)
def test_what_no_page_of_ours_sends_is_no_filter(sent: str) -> None:
    assert read_filter(sent) is None


def test_a_filter_is_told_bound_by_bound() -> None:
    wanted = DocumentFilter(
        published_from=date(2026, 1, 1), as_of=date(2026, 1, 22), language="es", documents=("a", "b")
    )
    assert filter_words(wanted, TEXTS, {"a": "Nota", "b": "Otra"}.__getitem__) == (
        "documentos con fecha desde el 1 de enero de 2026",
        "nada posterior al 22 de enero de 2026",
        "documentos en español",
        "«Nota»",
        "«Otra»",
    )
    assert filter_words(EVERYTHING, TEXTS, str) == ()


@pytest.mark.parametrize(("code", "name"), [("en", "inglés"), ("xx", "xx"), ("not a code", "not a code")])
def test_a_language_is_called_by_its_name_or_its_code(code: str, name: str) -> None:
    assert language_name(code, TEXTS) == name
