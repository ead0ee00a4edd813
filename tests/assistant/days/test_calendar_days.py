from datetime import date

import pytest

from assistant.answer import AnswerSentence, Citation
from assistant.days.calendar_days import dates_of_citations, show_dates, words_told
from index.documents import Document

PUBLISHED = date(2026, 1, 16)


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
