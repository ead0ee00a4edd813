"""Numbers are the same however they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.prove.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("mil", "es", "1000"),
        ("1.000", "es", "1000"),
        ("1,000", "en", "1000"),
        ("25 %", "es", "25"),
        ("veintitrés", "es", "23"),
        ("treinta y cinco mil", "es", "35000"),
        ("ciento veinte", "es", "120"),
        ("2 mil 500", "es", "2500"),
        ("mil millones", "es", "1000000000"),
        ("2,5 millones", "es", "2500000"),
        ("1.234,56", "es", "1234.56"),
        ("1,234.56", "en", "1234.56"),
        ("twenty-three", "en", "23"),
        ("two hundred and five", "en", "205"),
        ("three million", "en", "3000000"),
        ("dois mil", "pt", "1000"),
        ("38.115,00 €", "es", "38115"),
        ("EUR 150,000", "en", "150000"),
        ("1 200 €", "es", "1200"),
        ("12 345,50 euros", "es", "12345.5"),
        ("1\u202f200 personas", "es", "1200"),
        ("US$ 5m", "en", "5000000"),
        ("£18.5bn", "en", "18500000000"),
        ("3,2 M€", "es", "3200000"),
        ("2 mill. de euros", "es", "2000000"),
        ("23 pesos con 60 centavos", "es", "23.60"),
        ("5 dollars and 20 cents", "en", "5.2"),
    ],
)
def test_a_number_is_read_whatever_way_it_is_written(text: str, language: str, value: str) -> None:
    (number,) = find_numbers(text, language)
    assert Decimal(value) in number.readings


def test_numbers_side_by_side_stay_apart() -> None:
    values = [set(number.readings) for number in find_numbers("10 y 20, cinco y seis; 3", "es")]
    assert values == [{10}, {20}, {5}, {6}, {3}]


def test_short_scales_and_groups_without_a_currency_are_none() -> None:
    assert [set(number.readings) for number in find_numbers("5 m y 100 200 filas", "es")] == [
        {5},
        {100},
        {200},
    ]


def test_a_number_of_several_figures_has_every_reading_of_each() -> None:
    (number,) = find_numbers("1.234 millones 567.890", "es")
    assert number.readings >= {Decimal("1234567890"), Decimal("1801890"), Decimal("1234000567.890")}


def test_no_row_of_figures_and_scales_is_one_number_of_countless_readings() -> None:
    row = " ".join(["999999999999999.999 mil", *(f"10000000.{part} mil" for part in range(101, 401))])
    found = find_numbers(row, "es")
    assert max(len(number.readings) for number in found) <= 16
    assert found[0].span.start == 0
    assert found[-1].span.end == len(row)


@given(st.integers(0, 10**9))
def test_thousands_marks_do_not_change_a_number(value: int) -> None:
    for text in (f"{value}", f"{value:,}", f"{value:,}".replace(",", ".")):
        (number,) = find_numbers(text, "es")
        assert Decimal(value) in number.readings


@given(st.text())
def test_every_number_stands_where_its_span_says(text: str) -> None:
    for number in find_numbers(text, "es"):
        assert 0 <= number.span.start < number.span.end <= len(text)
