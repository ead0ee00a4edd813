"""Whether a question asks after what has happened or after what is to come."""

import pytest

from assistant.questions.tense import Tense, tense_of


@pytest.mark.parametrize(
    ("question", "tense"),
    [
        ("¿Cuándo hablaron los ministros?", Tense.PAST),
        ("¿Cuándo se firmó el tratado que entrará en vigor en mayo?", Tense.PAST),
        ("¿Cuándo ha llegado el barco?", Tense.PAST),
        ("When did the ministers talk?", Tense.PAST),
        ("Tras lo que acordaron, ¿cuándo será la reunión?", Tense.FUTURE),
        ("¿Cuándo se van a reunir?", Tense.FUTURE),
        ("When will they meet?", Tense.FUTURE),
        ("Quand aura lieu la réunion ?", Tense.FUTURE),
        ("Quando será a reunião?", Tense.FUTURE),
        ("¿Cuándo es la reunión?", None),
        ("When is the meeting?", None),
        ("¿A qué hora abre el museo?", None),
        ("¿Para qué fecha se aplazaron las elecciones?", None),
        ("¿Cuándo estaba prevista la asamblea?", None),
        ("¿Cuándo iban a llegar?", None),
    ],
)
def test_the_first_verb_that_is_not_of_the_present_tells_the_tense(
    question: str, tense: Tense | None
) -> None:
    assert tense_of(question) is tense
