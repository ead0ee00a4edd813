"""What a question wants compared, and what a question for a summary is about."""

import pytest

from assistant.questions.sides import Side, sides_of
from assistant.questions.subject import subject_of


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Compara Suecia con Noruega", ("Suecia", "Noruega")),
        ("Compara a México y Estados Unidos", ("México", "Estados Unidos")),
        ("¿Qué diferencias hay entre la llamada y el mensaje?", ("la llamada", "el mensaje")),
        ("¿En qué se diferencian la llamada y el mensaje?", ("la llamada", "el mensaje")),
        (
            "¿Qué diferencias hay entre el plan del PRI y el del gobierno?",
            ("el plan del PRI", "el plan del gobierno"),
        ),
        ("Dime las diferencias entre la llamada y el mensaje", ("la llamada", "el mensaje")),
        ("Compare Brazil and Argentina", ("Brazil", "Argentina")),
        ("What is the difference between the call and the message?", ("the call", "the message")),
        ("How do the call and the message differ?", ("the call", "the message")),
        ("Quais são as diferenças entre Portugal e Espanha?", ("Portugal", "Espanha")),
    ],
)
def test_the_two_sides_are_told(question: str, labels: tuple[str, str]) -> None:
    assert tuple(side.label for side in sides_of(question)) == labels


def test_what_is_said_of_both_sides_is_looked_for_on_each() -> None:
    assert sides_of("Compara a México y Estados Unidos en seguridad") == (
        Side("México", "México en seguridad"),
        Side("Estados Unidos", "Estados Unidos en seguridad"),
    )
    assert sides_of("Compara la economía de Brasil y Argentina") == (
        Side("Brasil", "la economía de Brasil"),
        Side("Argentina", "la economía de Argentina"),
    )


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("Compara lo que acordaron con lo que exige Rubio", ("¿Qué acordaron?", "¿Qué exige Rubio?")),
        (
            "¿Qué diferencias hay entre lo que dijo el PRI y lo que dijo el PAN sobre la ley?",
            ("¿Qué dijo el PRI sobre la ley?", "¿Qué dijo el PAN sobre la ley?"),
        ),
        ("Compare what they agreed with what Rubio demands", ("What they agreed?", "What Rubio demands?")),
    ],
)
def test_a_side_that_is_a_clause_is_looked_for_as_a_question(question: str, topics: tuple[str, str]) -> None:
    sides = sides_of(question)
    assert tuple(side.topic for side in sides) == topics
    assert not any(side.named for side in sides)


@pytest.mark.parametrize("question", ["¿Quién es Rubio?", "Compara", "Compara los documentos", "¿Y México?"])
def test_other_questions_have_no_sides(question: str) -> None:
    assert sides_of(question) == ()


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("¿Qué pasó con el crucero?", "el crucero"),
        ("Resume la reunión de Washington.", "la reunión de Washington"),
        ("Hazme un resumen de la reunión", "la reunión"),
        ("Summarize the call", "the call"),
        ("What happened to the ship?", "the ship"),
        ("¿Qué documentos hablan de Pemex?", "Pemex"),
        ("¿En qué notas se menciona a Ana Ruiz?", "Ana Ruiz"),
        ("Which articles talk about the ferry?", "the ferry"),
        ("Quais documentos falam do ferry?", "ferry"),
        ("Quels documents parlent de Cuba ?", "Cuba"),
        ("¿Quién es Rubio?", "¿Quién es Rubio?"),
        ("¿Qué documentos firmaron?", "¿Qué documentos firmaron?"),
        ("Resume", "Resume"),
    ],
)
def test_the_subject_is_what_is_left_of_the_asking(question: str, subject: str) -> None:
    assert subject_of(question) == subject
