"""Stretches of a quote that are of the kind a question wants."""

import pytest

from assistant.extraction.candidates import FINDERS
from assistant.questions.question_words import AnswerType

FIGURES = (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.DURATION)


@pytest.mark.parametrize(
    ("wanted", "quote", "found"),
    [
        (AnswerType.MONEY, "Costó un millón 613 mil pesos.", "un millón 613 mil pesos"),
        (AnswerType.MONEY, "Pagó 1.200,50 euros y se fue.", "1.200,50 euros"),
        (AnswerType.PERCENT, "Subió más de 2 mil 300 por ciento.", "más de 2 mil 300 por ciento"),
        (AnswerType.DURATION, "Duró dos mil tres a 2 mil 5 años.", "dos mil tres a 2 mil 5 años"),
    ],
)
def test_a_figure_of_several_parts_is_found_as_a_whole(wanted: AnswerType, quote: str, found: str) -> None:
    assert [span.of(quote) for span in FINDERS[wanted](quote)] == [found]


@pytest.mark.parametrize("wanted", FIGURES)
@pytest.mark.parametrize("figures", ["100 " * 300, "120 340 560 " * 100, "mil 3 " * 150, "dos y tres " * 100])
def test_a_long_row_of_figures_without_a_unit_is_read_to_its_end(wanted: AnswerType, figures: str) -> None:
    # To try all ways in which such a row falls into numbers would never end.
    assert list(FINDERS[wanted](f"2 mil {figures}filas")) == []
