"""What questions ask of time."""

from datetime import date

import pytest

from assistant.questions.question_dates import DateFilter, dates_of_question, recency

ASKED = date(2026, 1, 22)  # a Thursday


def asked(question: str, language: str = "es") -> DateFilter:
    found = dates_of_question(question, ASKED, language)
    assert found is not None
    assert found.span.of(question) == found.text
    return found


def days(question: str, language: str = "es") -> str:
    interval = asked(question, language).interval
    return "/".join(day.isoformat() if day else ".." for day in (interval.start, interval.end))


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("¿Qué pasó ayer?", "es", "2026-01-21/2026-01-21"),
        ("¿Qué pasó la semana pasada?", "es", "2026-01-12/2026-01-18"),
        ("¿Qué pasó el fin de semana?", "es", "2026-01-17/2026-01-18"),
        ("¿Qué pasó este año?", "es", "2026-01-01/2026-12-31"),
        ("¿Qué anunció el lunes?", "es", "2026-01-19/2026-01-19"),
        ("¿Qué pasó en noviembre?", "es", "2025-11-01/2025-11-30"),
        ("¿Qué pasó en 2023?", "es", "2023-01-01/2023-12-31"),
        ("¿Qué se dijo antes de junio?", "es", "../2025-05-31"),
        ("¿Qué ha dicho desde marzo?", "es", "2025-03-01/.."),
        ("¿Qué reunión habrá el 23 de enero?", "es", "2026-01-23/2026-01-23"),
        ("¿Qué pasó hace tres meses?", "es", "2025-10-01/2025-10-31"),
        ("¿De qué magnitud fue el sismo del viernes pasado?", "es", "2026-01-16/2026-01-16"),
        ("¿Con quién habló el canciller De la Fuente el domingo?", "es", "2026-01-18/2026-01-18"),
        ("¿Qué dijo el 5 y el 7 de enero?", "es", "2026-01-05/2026-01-07"),
        ("What happened in January 2026?", "en", "2026-01-01/2026-01-31"),
        ("What happened between May and July?", "en", "2025-05-01/2025-07-31"),
        ("What will happen next month?", "en", "2026-02-01/2026-02-28"),
        ("O que aconteceu ontem?", "pt", "2026-01-21/2026-01-21"),
    ],
)
def test_the_days_of_a_question_are_resolved_against_the_day_of_asking(
    question: str, language: str, expected: str
) -> None:
    assert days(question, language) == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Cuándo se reunirán los cancilleres?", "es"),
        ("¿Quién ganó las elecciones de 2018?", "es"),
        ("¿Qué es la Agenda 2030?", "es"),
        ("¿Quién organiza el Mundial 2026?", "es"),
        ("¿Qué dice la Ley de 1998?", "es"),
        ("¿Cuál fue la inflación de 2023?", "es"),
        ("¿Qué se sabe del sismo del 19 de septiembre?", "es"),
        ("¿De qué trata «Los días de mayo de 1968»?", "es"),
        ("¿Qué hizo el Mayo Zambada?", "es"),
        ("¿Cuántos días duró?", "es"),
        ("Who won the 2018 election?", "en"),
        ("May I ask who won?", "en"),
    ],
)
def test_a_date_that_names_a_thing_filters_nothing(question: str, language: str) -> None:
    assert dates_of_question(question, ASKED, language) is None


def test_before_an_event_of_a_month_keeps_that_whole_month() -> None:
    found = asked("¿Qué pasó antes de las elecciones de junio de 2025?")
    assert found.text == "antes de las elecciones de junio de 2025"
    assert (found.interval.start, found.interval.end) == (None, date(2025, 6, 30))


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("¿Qué noticias hay de ayer?", "publication"),
        ("artículos publicados entre el 5 y el 9 de enero", "publication"),
        ("¿Qué se publicó en diciembre sobre migración?", "publication"),
        ("news from yesterday", "publication"),
        ("¿Qué ocurrió en diciembre?", "event"),
        ("¿Qué noticias hay sobre la reunión del 23 de enero?", "event"),
    ],
)
def test_the_words_tell_publication_from_events(question: str, about: str) -> None:
    assert asked(question, "").about == about


def test_nothing_is_published_in_the_future() -> None:
    assert days("noticias publicadas en agosto") == "2025-08-01/2025-08-31"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Qué es lo último sobre el caso?", "newest"),
        ("¿Cuál fue la última conferencia?", "newest"),
        ("¿Quién es el canciller?", "newest"),
        ("¿Quién preside el Senado?", "newest"),
        ("What is the latest on the talks?", "newest"),
        ("Who is the president?", "newest"),
        ("¿Cuál fue el primer caso registrado?", "oldest"),
        ("¿Cuándo se detectó por primera vez?", "oldest"),
        ("What was the first case?", "oldest"),
        ("¿Quién es Juan Ramón de la Fuente?", None),
        ("¿Quién es la primera dama?", None),
        ("¿Qué hizo el primer ministro?", None),
        ("¿Qué pasó en los últimos 3 meses?", None),
        ("¿Qué pasó la última semana?", None),
        ("¿Qué pasó en el primer trimestre?", None),
    ],
)
def test_a_question_may_prefer_the_newest_or_the_oldest(question: str, expected: str | None) -> None:
    assert recency(question) == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What does the document of January 16 say?", "en"),
        ("¿Qué dice el documento de 16 de enero?", "es"),
        ("O que diz o documento de 16 de janeiro?", "pt"),
    ],
)
def test_what_was_published_on_a_day_was_so_by_the_day_of_asking(question: str, language: str) -> None:
    found = dates_of_question(question, date(2026, 11, 30), language)
    assert found is not None
    assert found.interval.start == found.interval.end == date(2026, 1, 16)
