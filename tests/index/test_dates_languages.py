"""Dates in English, Portuguese, French and a language of the tests' own, and in texts whose language is not told."""

from datetime import date
from pathlib import Path

import pytest

from index.dates import find_dates
from index.dates.lexicon import read_lexicon

PUBLISHED = date(2026, 1, 16)
ITALIAN = Path(__file__).with_name("dates.it.toml")


def intervals(text: str, language: str = "") -> list[str]:
    found = find_dates(text, PUBLISHED, language)
    return ["/".join(str(day) for day in (e.interval.start, e.interval.end)) for e in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left yesterday and returns on January 23.", ["2026-01-15/2026-01-15", "2026-01-23/2026-01-23"]),
        ("from May 5 to May 9, 2025", ["2025-05-05/2025-05-09"]),
        ("the third quarter of 2025", ["2025-07-01/2025-09-30"]),
        ("Q3 2025", ["2025-07-01/2025-09-30"]),
        ("two weeks ago", ["2026-01-02/2026-01-02"]),
        ("half a year ago", ["2025-07-16/2025-07-16"]),
        ("more than 3 days ago", ["None/2026-01-13"]),
        ("in mid-August 2025", ["2025-08-10/2025-08-20"]),
        ("late last year", ["2025-09-01/2025-12-31"]),
        ("the Friday before Christmas 2025", ["2025-12-19/2025-12-19"]),
        ("the week after next", ["2026-01-26/2026-02-01"]),
        ("by the end of the year", ["None/2026-12-31"]),
        ("the 1990s", ["1990-01-01/1999-12-31"]),
        ("earlier this year", ["2026-01-01/2026-01-16"]),
        ("10 days before Christmas 2025", ["2025-12-15/2025-12-15"]),
        ("In May 2024 he may march", ["2024-05-01/2024-05-31"]),
        ("every Monday for 100 days", []),
        ("Years Ended March 31, 2018 $177,935", ["2018-03-31/2018-03-31"]),
        ("September 2018 results", ["2018-09-01/2018-09-30"]),
        ("this may look odd, and client 1 may write", []),
        ("the 40-character key of May 2024", ["2024-05-01/2024-05-31"]),
        ("two weeks from now", ["2026-01-30/2026-01-30"]),
        ("from 2019 to present", ["2019-01-01/2026-01-16"]),
        ("May 5-9, 2025", ["2025-05-05/2025-05-09"]),
        ("in twenty twenty-four", ["2024-01-01/2024-12-31"]),
        ("April said that June would come", []),
        ("less than 3 days ago", ["2026-01-13/2026-01-16"]),
        ("we will know in less than 3 days", ["2026-01-16/2026-01-19"]),
        ("2025-H1", ["2025-01-01/2025-06-30"]),
        ("2025 March", ["2025-03-01/2025-03-31"]),
        ("the two first weeks of 2025", ["2024-12-30/2025-01-12"]),
        ("two and a half years ago", ["2023-07-16/2023-07-16"]),
        ("the week before last", ["2025-12-29/2026-01-04"]),
        ("the year before 2015", ["2014-01-01/2014-12-31"]),
        ("a week from Monday", ["2026-01-26/2026-01-26"]),
        ("two days from Monday to Friday", []),
        ("five years from April 1, 2025", ["2025-04-01/2030-03-31"]),
        ("within the next three years", ["2026-01-16/2029-01-16"]),
        ("the early '90s", ["1990-01-01/1993-04-30"]),
        ("the meeting is on Thursday", ["2026-01-22/2026-01-22"]),
    ],
)
def test_english_dates_are_resolved(text: str, expected: list[str]) -> None:
    assert intervals(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ele disse ontem que voltará na sexta-feira", ["2026-01-15/2026-01-15", "2026-01-16/2026-01-16"]),
        ("entre maio e julho de 2024", ["2024-05-01/2024-07-31"]),
        ("na semana passada", ["2026-01-05/2026-01-11"]),
        ("daqui a duas semanas", ["2026-01-30/2026-01-30"]),
        ("o mês que vem", ["2026-02-01/2026-02-28"]),
        ("nos anos 90", ["1990-01-01/1999-12-31"]),
        ("1º de janeiro de 2020", ["2020-01-01/2020-01-01"]),
        ("todos os sábados, há 24 horas", []),
        ("o mês retrasado", ["2025-11-01/2025-11-30"]),
        ("os três dias anteriores ao Natal de 2025", ["2025-12-22/2025-12-24"]),
    ],
)
def test_portuguese_dates_are_resolved(text: str, expected: list[str]) -> None:
    assert intervals(text, "pt") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fait à Paris, le 1er mars 2025", ["2025-03-01/2025-03-01"]),
        ("Hier, la ministre a parlé", ["2026-01-15/2026-01-15"]),
        ("la semaine dernière", ["2026-01-05/2026-01-11"]),
        ("d'août 2019 à aujourd'hui", ["2019-08-01/2026-01-16"]),
        ("dix-sept mai deux mille vingt-cinq", ["2025-05-17/2025-05-17"]),
        ("au XIXe siècle", ["1800-01-01/1899-12-31"]),
        ("début mai 2025", ["2025-05-01/2025-05-15"]),
        ("jusqu'au 5 mai 2025", ["None/2025-05-05"]),
        ("il y a trois semaines", ["2025-12-26/2025-12-26"]),
        ("l'arrêté du 2 septembre 2009 pris en application", ["2009-09-02/2009-09-02"]),
        ("depuis le 1 er janvier 2019", ["2019-01-01/None"]),
        ("il coûte 2025 euros, tous les lundis", []),
        ("ouvert du lundi au vendredi de 8h à 22h, outre-mer.", []),
        ("la semaine suivant Noël 2025", ["2025-12-29/2026-01-04"]),
        ("l'avant-dernière semaine de mai 2025", ["2025-05-19/2025-05-25"]),
    ],
)
def test_french_dates_are_resolved(text: str, expected: list[str]) -> None:
    assert intervals(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("il 3 marzo 2025", "2025-03-03/2025-03-03"),
        ("ieri", "2026-01-15/2026-01-15"),
        ("la settimana scorsa", "2026-01-05/2026-01-11"),
        ("dal 3 al 5 marzo 2025", "2025-03-03/2025-03-05"),
        ("tre giorni fa", "2026-01-13/2026-01-13"),
        ("l'inizio di maggio 2025", "2025-05-01/2025-05-15"),
        ("da agosto 2019 a oggi", "2019-08-01/2026-01-16"),
    ],
)
def test_another_language_needs_no_more_than_its_words(text: str, expected: str) -> None:
    italian = read_lexicon("it", ITALIAN.read_text("utf-8"))
    (found,) = find_dates(text, PUBLISHED, italian)
    assert f"{found.interval.start}/{found.interval.end}" == expected


@pytest.mark.parametrize("broken", ["capitalised = false", "[words.unit]", "[wording]"])
def test_words_of_a_language_that_lack_a_part_are_told_by_their_language(broken: str) -> None:
    written = ITALIAN.read_text("utf-8").replace(broken, "[odd]" if broken.startswith("[") else "")
    if broken == "[words.unit]":
        written = written.replace("[odd]", "[words.nothing]")
    with pytest.raises(ValueError, match="“it”"):
        read_lexicon("it", written)


def test_an_english_numeric_date_may_be_read_in_both_orders() -> None:
    found = find_dates("on 3/4/2025", None, "en")[0]
    assert [reading.start for reading in found.readings] == [date(2025, 3, 4), date(2025, 4, 3)]
    assert not found.sure


def test_a_full_date_in_another_language_is_read_within_a_spanish_text() -> None:
    assert intervals("Lo publicó la secretaría (@sec) July 30, 2021", "es") == ["2021-07-30/2021-07-30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did the minister say in the meeting of last week?", "2026-01-05/2026-01-11"),
        ("¿Qué dijo el ministro en la reunión de la semana pasada?", "2026-01-05/2026-01-11"),
        ("O que o ministro disse na reunião da semana passada?", "2026-01-05/2026-01-11"),
    ],
)
def test_the_language_is_guessed_when_it_is_not_told(text: str, expected: str) -> None:
    assert intervals(text) == [expected]
