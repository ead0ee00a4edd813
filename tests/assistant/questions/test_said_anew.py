"""Follow-ups on what somebody said."""

import pytest

from assistant.questions.followups import standalone_question
from assistant.questions.history import Exchange, leans_on_history

SAID = "¿Qué dijo Ebrard sobre los aranceles?"


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        (SAID, "¿Y la presidenta?", "¿Qué dijo la presidenta sobre los aranceles?"),
        (SAID, "¿Y Omar García Harfuch?", "¿Qué dijo Omar García Harfuch sobre los aranceles?"),
        (SAID, "¿Y la gobernadora de Guerrero?", "¿Qué dijo la gobernadora de Guerrero sobre los aranceles?"),
        (SAID, "¿Y qué dijo de los homicidios?", "¿Qué dijo Ebrard de los homicidios?"),
        (SAID, "¿Qué más dijo?", "¿Qué más dijo Ebrard?"),
        (
            "What did Ebrard say about tariffs?",
            "And the president?",
            "What did the president say about tariffs?",
        ),
        ("What did Ebrard say about tariffs?", "What else did he say?", "What else did Ebrard say?"),
    ],
)
def test_what_somebody_said_is_asked_of_another_or_of_the_same(
    before: str, question: str, standalone: str
) -> None:
    assert standalone_question(question, [Exchange(before, "")]).text == standalone


@pytest.mark.parametrize(
    ("before", "question"),
    [("¿Quién es Ebrard?", "¿Y la presidenta?"), (SAID, "¿Y cuándo?"), (SAID, "¿Y sobre el T-MEC?")],
)
def test_other_follow_ups_keep_their_own_ways(before: str, question: str) -> None:
    assert standalone_question(question, [Exchange(before, "")]).text not in (question, before)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué ha dicho la presidenta sobre Cuba?",
        "¿Qué diferencia hay entre lo dicho el 5 y el 12 de enero sobre el T-MEC?",
    ],
)
def test_what_is_said_is_nothing_said_before(question: str) -> None:
    assert not leans_on_history(question)


def test_dicha_reunion_is_one_spoken_of_before() -> None:
    assert leans_on_history("¿Dónde será dicha reunión?")
