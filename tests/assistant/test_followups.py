import pytest

from assistant.followups import leans_on_history, standalone_question

WHEN = "¿Cuándo será la próxima reunión del Grupo de Seguridad?"


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("¿Y dónde será?", WHEN, "¿Dónde será la próxima reunión del Grupo de Seguridad?"),
        ("And when?", "Where is the ministerial meeting?", "When the ministerial meeting?"),
        (
            "¿Qué más dijo?",
            "¿Qué dijo Rubio sobre el fentanilo?",
            "¿Qué más dijo Rubio sobre el fentanilo?",
        ),
    ],
)
def test_a_follow_up_takes_over_the_topic_of_the_last_question(
    question: str, before: str, whole: str
) -> None:
    assert standalone_question(question, [(before, "")]) == whole


@pytest.mark.parametrize(
    "question",
    ["¿Quién es el canciller de México?", "Who is Marco Rubio?", "¿Qué pasó en Guadalajara?"],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert not leans_on_history(question)
    assert standalone_question(question, [(WHEN, "")]) == question


def test_the_first_question_has_nothing_to_lean_on() -> None:
    assert standalone_question("¿Y dónde?", []) == "¿Y dónde?"
