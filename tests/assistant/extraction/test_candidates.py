"""Stretches of a quote that are of the kind a question wants."""

import time

import pytest

from assistant.extraction.candidates import FINDERS
from assistant.questions.question_words import AnswerType
from tests.growth import least

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


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("El total es de 38.115,00 € con IVA.", ["38.115,00 €"]),
        ("Liability is limited to EUR 150,000 a year.", ["EUR 150,000"]),
        ("Son 1.840 EUR, 1.840EUR y EUR1.840.", ["1.840 EUR", "1.840EUR", "EUR1.840"]),
        ("Cuesta 1 200 € o 1\u00a0200\u00a0€.", ["1 200 €", "1\u00a0200\u00a0€"]),
        ("The fee was £300, then £18,500.50.", ["£300", "£18,500.50"]),
        ("It raised US$ 5m and €18.5bn.", ["US$ 5m", "€18.5bn"]),
        (
            "Pagará 3,2 M€, o 5 millones de €, o 2 mill. de euros.",
            ["3,2 M€", "5 millones de €", "2 mill. de euros"],
        ),
        ("Up to €120 per night.", ["Up to €120"]),
        ("Cuesta $1,500.00 MXN.", ["$1,500.00 MXN"]),
        ("HM-400 2 11.900,00 € 23.800,00 €", ["11.900,00 €", "23.800,00 €"]),
        ("Son 100€ y 200€.", ["100€", "200€"]),
        ("Pidió 2 $300 vouchers.", ["$300"]),
        ("Mide 5 m, pesa 5 kg y sirve a la cop 5.", []),
    ],
)
def test_an_amount_has_its_currency_before_or_behind_it(quote: str, found: list[str]) -> None:
    assert [span.of(quote) for span in FINDERS[AnswerType.MONEY](quote)] == found


def test_a_number_that_is_an_amount_of_money_has_its_currency() -> None:
    quote = "El total de 12 hornos es de 38.115,00 €."
    assert [span.of(quote) for span in FINDERS[AnswerType.NUMBER](quote)] == ["12", "38.115,00 €"]


@pytest.mark.parametrize("row", ["100 200 ", "€ ", "5 m ", "EUR 5 EUR ", "dos y tres ", "2 mil ", "5-"])
def test_a_hostile_row_of_figures_and_currencies_takes_no_longer_than_its_length(row: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        for wanted in FIGURES:
            list(FINDERS[wanted](row * times))
        return time.process_time() - began

    assert least(seconds, 5000) < 40 * max(least(seconds, 500), 0.01)
