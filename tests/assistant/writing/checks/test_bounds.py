"""Numbers that a quote gives as a bound, or about."""

import pytest

from assistant.writing.checks.bounds import unbounded_number
from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge

ARRESTED = Proof("Más de 250 personas fueron detenidas y casi un 47 % quedó libre; hubo 12 heridos.", "es")
SPENT = Proof("Some 3,000 families lost their homes, at least 15 of them in Lima.", "en")


@pytest.mark.parametrize(
    ("claim", "language"),
    [
        ("Más de 250 personas fueron detenidas.", "es"),
        ("Fueron detenidas al menos 250 personas.", "es"),
        ("Unas 250 personas fueron detenidas.", "es"),
        ("Quedó libre cerca de un 47 %.", "es"),
        ("Hubo 12 heridos.", "es"),
        ("Hubo más de 12 heridos.", "es"),
        ("More than 250 people were arrested.", "en"),
        ("Nobody was hurt.", "en"),
    ],
)
def test_a_number_with_a_bound_like_that_of_the_quote_stands(claim: str, language: str) -> None:
    assert unbounded_number(claim, language, [ARRESTED]) is None


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("250 personas fueron detenidas.", "250"),
        ("Menos de 250 personas fueron detenidas.", "250"),
        ("Quedó libre el 47 %.", "47"),
        ("Exactly 3,000 families lost their homes.", "3,000"),
        ("15", "15"),
    ],
)
def test_a_bound_is_no_count(claim: str, number: str) -> None:
    assert unbounded_number(claim, "es", [ARRESTED, SPENT]) == number


def test_one_quote_that_counts_is_enough() -> None:
    counted = Proof("La policía contó 250 detenidos.", "es")
    assert unbounded_number("Hubo 250 detenidos.", "es", [ARRESTED, counted]) is None


def test_a_bound_stands_before_the_currency_too() -> None:
    limit = Proof("Hotels cost up to EUR 120 and trips more than US$ 500.", "en")
    assert unbounded_number("Hotels cost up to €120, trips more than $500.", "en", [limit]) is None
    assert unbounded_number("Trips cost $500.", "en", [limit]) == "500"


def test_the_days_of_a_date_are_no_numbers() -> None:
    open_until = Proof("La muestra abre hasta el 12 de abril y reúne 12 cuadros.", "es")
    assert unbounded_number("Reúne 12 cuadros.", "es", [open_until]) is None


def test_a_sentence_that_drops_the_bound_is_not_shown() -> None:
    verdict = judge("Fueron detenidas 250 personas.", "es", [ARRESTED])
    assert (verdict.reason, verdict.detail) == (Reason.BOUND, "250")
