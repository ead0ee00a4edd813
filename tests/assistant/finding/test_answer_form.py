"""Whether a sentence holds what a question wants."""

import pytest

from assistant.finding.answer_form import figure_held, form_held, identity_held, name_held, unit_held
from assistant.questions.understanding import understand


@pytest.mark.parametrize(
    ("question", "holding", "lacking"),
    [
        ("¿Cuándo se abrió el puente?", "Abrió el 3 de marzo.", "Abrió con una fiesta."),
        ("¿Cuántos metros mide?", "Mide 412 metros.", "Mide mucho."),
        ("¿Cuánto costó la obra?", "Costó 5 millones de pesos.", "Costó demasiado."),
        ("¿Quién cortó la cinta?", "La cortó Julián Ferrat.", "La cortaron ayer."),
        ("¿Por qué se cerró?", "Se cerró porque había grietas.", "Se cerró el paso."),
        ("How many people came?", "Llegaron 9 000 visitantes.", "Llegaron muchos."),
    ],
)
def test_the_form_that_a_question_wants_is_held_or_not(question: str, holding: str, lacking: str) -> None:
    asked = understand(question, "en" if question.startswith("How") else "es")
    assert (form_held(asked, holding), form_held(asked, lacking)) == (1.0, -1.0)


def test_a_question_that_wants_no_form_says_nothing_of_any_sentence() -> None:
    asked = understand("¿Qué protocolo se sigue?", "es")
    assert form_held(asked, "Abrió el 3 de marzo con 412 personas.") == 0.0


def test_only_figures_and_dates_must_be_held_since_people_may_go_unnamed() -> None:
    who, when = understand("¿Quiénes cruzan el puente?", "es"), understand("¿Cuándo se abrió?", "es")
    assert figure_held(who, "Lo cruzan los vecinos.") == 0.0
    assert figure_held(when, "Lo abrieron los vecinos.") == -1.0


def test_who_holds_an_office_must_be_named() -> None:
    who = understand("¿Quién es la directora del puerto?", "es")
    assert name_held(who, "El puerto lo dirige desde mayo Marta Iriarte.") == 1.0
    assert name_held(who, "Van muchos; está allá la directora del puerto.") == -1.0
    assert name_held(who, "La directora del puerto llamó al Instituto del Agua.") == -1.0
    assert name_held(understand("¿Quiénes cruzan el puente?", "es"), "Lo cruzan los vecinos.") == 0.0
    assert identity_held(who, "Lo dijo la directora del puerto, Marta Iriarte.") == 1.0
    assert identity_held(who, "Marta Iriarte llamó a la directora del puerto.") == 0.0
    assert identity_held(who, "Lo dijo la directora, Marta Iriarte.") == 0.0


def test_a_sentence_that_says_who_somebody_is_holds_the_identity() -> None:
    who = understand("¿Quién es Julián Ferrat?", "es")
    assert identity_held(who, "El alcalde Julián Ferrat cortó la cinta.") == 1.0
    assert identity_held(who, "Luego habló Julián Ferrat y la gente aplaudió.") == 0.0


def test_identity_is_nothing_to_a_question_for_something_else() -> None:
    assert identity_held(understand("¿Cuándo habló Julián Ferrat?", "es"), "El alcalde Julián Ferrat.") == 0.0


def test_what_is_counted_stands_in_the_sentence_in_any_number() -> None:
    asked = understand("¿Cuántos metros mide?", "es")
    assert unit_held(asked, "Le falta un metro.", "es") == 1.0
    assert unit_held(asked, "Le faltan 412 pasos.", "es") == 0.0
