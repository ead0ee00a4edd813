"""The calendar days beside the words of an answer, and behind its quotes."""

from datetime import date

import pytest

from assistant.answer import AnswerSentence, Citation
from assistant.days.calendar_days import dates_of_citations, show_dates, words_told
from index.document import Document

PUBLISHED = date(2026, 1, 16)
HEARING = "La vista se celebró el 15 de enero, con el resultado que obra en la grabación."


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("La reunión será mañana.", {"mañana"}),
        ("La reunión será mañana y la firma, el lunes.", {"mañana", "el lunes"}),
        ("La reunión será el 23 de enero de 2026.", set()),
    ],
)
def test_the_words_whose_days_are_told_behind_a_quote_are_read_back(quote: str, words: set[str]) -> None:
    document = Document("a", "a.txt", "Nota", quote, "es", PUBLISHED)
    citation = Citation(1, quote, 0, len(quote), document)
    shown = show_dates(AnswerSentence(f"Según la nota: «{quote}»", (1,)), [citation], "es")
    assert words_told(f"{shown.text} [1]") == words
    assert words <= {day.text for day in dates_of_citations([citation])}


def test_words_before_a_colon_in_a_quote_are_not_told() -> None:
    assert words_told("Según la nota: «Agenda para mañana: la reunión.» [1]") == set()


def citation(quote: str, published: date) -> Citation:
    return Citation(1, quote, 0, len(quote), Document("d", "d.txt", "", quote, "es", published))


def shown(text: str, quote: str, published: date) -> str:
    return show_dates(AnswerSentence(text, (1,)), [citation(quote, published)], "es").text


def test_a_bare_day_means_what_it_means_in_its_quote() -> None:
    published = date(2026, 11, 23)
    lead, proof = (
        shown("El 15 de enero.", HEARING, published),
        shown(f"Según él: «{HEARING}»", HEARING, published),
    )
    days = lead.removeprefix("El 15 de enero (").removesuffix(").")
    assert days.startswith("2026-01-15")
    assert f"(el 15 de enero: {days})" in proof


def test_a_day_that_the_quote_does_not_name_is_read_by_itself() -> None:
    assert (
        shown("Fue el 20 de noviembre.", HEARING, date(2026, 11, 23))
        == "Fue el 20 de noviembre (2026-11-20)."
    )


def test_a_day_with_its_year_needs_no_telling() -> None:
    assert shown("El 15 de enero de 2026.", HEARING, date(2026, 11, 23)) == "El 15 de enero de 2026."
