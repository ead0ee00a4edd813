"""Two dates named together, each of which may lend the other its month and its year."""

from datetime import date

import pytest

from assistant.questions.sides import paired_dates
from index.dates import Grain

TODAY = date(2026, 11, 23)


def days(text: str, language: str, today: date = TODAY) -> list[str]:
    pair = paired_dates(text, language, today)
    return [f"{named.interval.start} {named.interval.end}" for named in pair] if pair else []


def of_january(*numbers: int) -> list[str]:
    return [f"2026-01-{number:02} 2026-01-{number:02}" for number in numbers]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("el 5 y el 12 de enero", "es"),
        ("entre el 5 y el 12 de enero", "es"),
        ("el 5 con el 12 de enero de 2026", "es"),
        ("lo dicho el lunes 5 y el lunes 12 de enero", "es"),
        ("el 5 de enero y el 12", "es"),
        ("2026-01-05 y 2026-01-12", "es"),
        ("January 5 and 12", "en"),
        ("January 5 and January 12, 2026", "en"),
        ("the 5th and the 12th of January", "en"),
        ("entre 5 e 12 de janeiro", "pt"),
        ("le 5 et le 12 janvier 2026", "fr"),
    ],
)
def test_a_day_takes_the_month_and_the_year_of_the_other(text: str, language: str) -> None:
    assert days(text, language) == of_january(5, 12)


@pytest.mark.parametrize("month", ["agoſto", "julıo"])
def test_a_month_in_letters_that_only_look_like_its_own_is_none(month: str) -> None:
    assert days(f"Compara lo publicado el 5 de {month} y el 12 de julio", "es") == []


@pytest.mark.parametrize(
    ("text", "language", "grain"),
    [
        ("enero y febrero de 2026", "es", Grain.MONTH),
        ("January and February", "en", Grain.MONTH),
        ("en 2024 y en 2025", "es", Grain.YEAR),
        ("ayer y hoy", "es", Grain.DAY),
        ("la semana pasada y esta semana", "es", Grain.WEEK),
        ("yesterday and today", "en", Grain.DAY),
    ],
)
def test_months_years_and_days_told_from_today_are_a_pair_too(text: str, language: str, grain: Grain) -> None:
    pair = paired_dates(text, language, TODAY)
    assert pair is not None
    assert [named.grain for named in pair] == [grain, grain]
    assert pair[0].interval.end is not None and pair[1].interval.start is not None
    assert pair[0].interval.end < pair[1].interval.start


@pytest.mark.parametrize(
    ("text", "newest", "starts"),
    [
        ("el 31 de diciembre y el 5 de enero", date(2026, 3, 1), ["2025-12-31", "2026-01-05"]),
        ("diciembre y enero", TODAY, ["2025-12-01", "2026-01-01"]),
        ("enero y noviembre", TODAY, ["2026-01-01", "2026-11-01"]),
        ("enero y febrero", date(2026, 1, 15), ["2026-01-01", "2026-02-01"]),
        ("enero y diciembre", date(2026, 3, 1), ["2026-01-01", "2025-12-01"]),
    ],
)
def test_dates_without_year_are_the_last_that_are_next_to_each_other(
    text: str, newest: date, starts: list[str]
) -> None:
    pair = paired_dates(text, "es", TODAY, newest)
    assert pair is not None
    assert [str(named.interval.start) for named in pair] == starts


def test_a_date_without_year_is_not_after_the_newest_document() -> None:
    pair = paired_dates("el 5 y el 12 de enero", "es", TODAY, newest=date(2024, 3, 1))
    assert pair is not None
    assert [named.interval.start for named in pair] == [date(2024, 1, 5), date(2024, 1, 12)]
    today = paired_dates("ayer y hoy", "es", TODAY, newest=date(2024, 3, 1))
    assert today is not None
    assert today[1].interval.start == TODAY


def test_two_days_of_one_month_are_of_one_year() -> None:
    assert days("el 5 y el 12 de enero", "es", date(2026, 1, 12)) == of_january(5, 12)
    # The 12th is still to come, and the one of last year is not meant.
    assert days("el 5 y el 12 de enero", "es", date(2026, 1, 8)) == []


@pytest.mark.parametrize(
    "text",
    [
        "el 12 de enero",
        "el 5, el 8 y el 12 de enero",
        "los 5 acuerdos y las 12 propuestas de enero",
        "el 31 de febrero y el 2 de enero",
        "hoy y mañana",
        "México y Canadá",
    ],
)
def test_fewer_dates_or_more_or_one_to_come_are_no_pair(text: str) -> None:
    assert days(text, "es") == []


def test_the_words_of_a_date_hold_its_article_and_its_weekday() -> None:
    text = "lo dicho el lunes 5 y el lunes 12 de enero sobre el gas"
    pair = paired_dates(text, "es", TODAY)
    assert pair is not None
    assert [named.span.of(text) for named in pair] == ["el lunes 5", "el lunes 12 de enero"]
