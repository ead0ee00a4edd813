"""Comparisons whose two sides are days."""

from datetime import date

import pytest

from assistant.questions.sides import Side, day_sides_of
from index.dates import Interval

TODAY = date(2026, 11, 23)


def told(question: str, language: str = "es") -> list[tuple[str, str]]:
    return [(side.label, side.topic) for side in day_sides_of(question, language, TODAY)]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué diferencia hay entre lo dicho el 5 y el 12 de enero sobre el puente?",
        "¿Qué diferencias hay sobre el puente entre el 5 y el 12 de enero?",
        "¿Qué cambió entre el 5 y el 12 de enero sobre el puente?",
        "¿Qué cambió sobre el puente del 5 al 12 de enero?",
        "Entre el 5 y el 12 de enero, ¿qué cambió en el puente?",
        "¿En qué ha cambiado el puente entre el 5 y el 12 de enero?",
        "Explícame las diferencias entre lo dicho el 5 y el 12 de enero sobre el puente",
        "¿Cómo ha cambiado el puente entre el 5 y el 12 de enero?",
        "Compara lo que se dijo el 5 y lo que se dijo el 12 de enero sobre el puente",
        "¿En qué se diferencia lo dicho el 5 de enero de lo dicho el 12 de enero sobre el puente?",
    ],
)
def test_the_topic_is_looked_for_on_both_days_under_their_full_dates(question: str) -> None:
    first, second = (Interval(day, day) for day in (date(2026, 1, 5), date(2026, 1, 12)))
    assert day_sides_of(question, "es", TODAY) == (
        Side("5 de enero de 2026", "el puente", subject="el puente", days=first),
        Side("12 de enero de 2026", "el puente", subject="el puente", days=second),
    )


@pytest.mark.parametrize(
    ("question", "language", "labels"),
    [
        (
            "What changed between January 5 and 12 about the bridge?",
            "en",
            "January 5, 2026 / January 12, 2026",
        ),
        ("How did the bridge change between 5 and 12 January?", "en", "January 5, 2026 / January 12, 2026"),
        ("Compare January and February 2026 on the bridge", "en", "January 2026 / February 2026"),
        (
            "O que mudou entre 5 e 12 de janeiro sobre a ponte?",
            "pt",
            "5 de janeiro de 2026 / 12 de janeiro de 2026",
        ),
        (
            "Quelle différence entre le 5 et le 12 janvier sur le pont ?",
            "fr",
            "5 janvier 2026 / 12 janvier 2026",
        ),
        ("Compara 2024 y 2025 en materia de puentes", "es", "2024 / 2025"),
        ("Compara ayer y hoy sobre el puente", "es", "22 de noviembre de 2026 / 23 de noviembre de 2026"),
    ],
)
def test_days_are_said_in_the_language_of_the_question(question: str, language: str, labels: str) -> None:
    sides = told(question, language)
    assert " / ".join(label for label, _ in sides) == labels
    assert all(topic for _, topic in sides)


def test_what_somebody_said_is_looked_for_as_a_question() -> None:
    question = "Compara lo que dijo la alcaldesa el 5 y el 12 de enero sobre el puente"
    sides = day_sides_of(question, "es", TODAY)
    assert {side.topic for side in sides} == {"¿Qué dijo la alcaldesa sobre el puente?"}
    assert {(side.subject, side.named) for side in sides} == {("el puente", True)}


def test_what_somebody_said_of_anything_need_not_name_them() -> None:
    sides = day_sides_of("Compara lo que dijo la alcaldesa el 5 y el 12 de enero", "es", TODAY)
    assert {(side.topic, side.named) for side in sides} == {("¿Qué dijo la alcaldesa?", False)}


@pytest.mark.parametrize(
    "question",
    [
        "Compara el 5 y el 12 de enero",
        "¿Qué diferencias hay entre la conferencia del 5 y la del 12 de enero?",
    ],
)
def test_days_that_nothing_is_asked_about_are_wanted_whole(question: str) -> None:
    assert told(question) == [("5 de enero de 2026", ""), ("12 de enero de 2026", "")]


def test_a_month_that_tells_which_thing_is_meant_hides_no_documents() -> None:
    sides = day_sides_of("Compara la inflación de enero y la de febrero de 2026", "es", TODAY)
    assert [side.topic for side in sides] == [
        "la inflación de enero de 2026",
        "la inflación de febrero de 2026",
    ]
    assert all(side.days is None and side.subject == "la inflación" for side in sides)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué pasó entre el 5 y el 12 de enero?",
        "¿Qué se dijo el 5 y el 12 de enero sobre el puente?",
        "Compara México y Canadá",
        "Compara lo que dijo Rubio el 5 de enero con lo que dijo Lavrov el 12 de enero",
        "¿Qué cambió la semana pasada?",
        "",
    ],
)
def test_other_questions_compare_no_days(question: str) -> None:
    assert told(question) == []
