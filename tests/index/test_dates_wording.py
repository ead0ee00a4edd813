"""Dates in words."""

from datetime import date

import pytest

from index.dates import Grain, Interval, format_date, month_names

DAY = Interval(date(2026, 1, 23), date(2026, 1, 23))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "23 de enero de 2026"),
        ("en", "January 23, 2026"),
        ("pt", "23 de janeiro de 2026"),
        ("fr", "23 janvier 2026"),
        ("de", "2026-01-23/2026-01-23"),
    ],
)
def test_a_day_is_written_as_its_language_does(language: str, expected: str) -> None:
    assert format_date(DAY, Grain.DAY, language) == expected


@pytest.mark.parametrize(
    ("start", "end", "grain", "language", "expected"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), Grain.MONTH, "es", "febrero de 2026"),
        (date(2026, 1, 12), date(2026, 1, 18), Grain.WEEK, "es", "del 12 al 18 de enero de 2026"),
        (date(2026, 1, 12), date(2026, 1, 18), Grain.WEEK, "en", "January 12 to 18, 2026"),
        (date(2026, 2, 27), date(2026, 3, 1), Grain.DAY, "fr", "du 27 février au 1er mars 2026"),
        (date(2026, 4, 1), date(2026, 6, 30), Grain.QUARTER, "fr", "d'avril à juin 2026"),
        (
            date(2025, 12, 29),
            date(2026, 1, 4),
            Grain.WEEK,
            "pt",
            "de 29 de dezembro de 2025 a 4 de janeiro de 2026",
        ),
        (date(2014, 1, 1), date(2018, 12, 31), Grain.YEAR, "es", "de 2014 a 2018"),
        (date(2026, 3, 1), None, Grain.MONTH, "es", "desde marzo de 2026"),
        (None, date(2026, 5, 30), Grain.MONTH, "es", "hasta el 30 de mayo de 2026"),
        (None, date(2009, 12, 31), Grain.YEAR, "en", "until 2009"),
    ],
)
def test_a_period_is_as_precise_as_its_grain(
    start: date | None, end: date | None, grain: Grain, language: str, expected: str
) -> None:
    assert format_date(Interval(start, end), grain, language) == expected


def test_the_months_are_named_in_small_letters_where_the_language_is_known() -> None:
    assert month_names("en-GB")[:2] == ("january", "february")
    assert len(month_names("es")) == 12
    assert month_names("de") == ()
