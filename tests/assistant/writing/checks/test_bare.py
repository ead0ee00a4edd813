"""Bare answers, which must be what the evidence plainly answers the question with."""

import pytest

from assistant.writing.checks.bare import unproved_answer
from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge

DEAD = Proof("El virus mató a 3.245 personas en Valdoria, informó el ministerio el lunes.", "es")
CASES = Proof("Valdoria sumó 3.245 casos de gripe y 12 muertos en la última semana.", "es")
FIRM = Proof("Tesla se asoció en 1886 con Robert Lane para fundar Tesla Electric Light.", "es")
BAR = Proof("Los vecinos llevaron comida al hospital Maciel, dijo el portavoz del bar Rumba.", "es")
PLAN = Proof("El gobierno elaboró el plan de contención para mitigar el impacto de la sequía.", "es")


@pytest.mark.parametrize(
    ("question", "claim", "proof", "proved"),
    [
        ("¿Cuántos casos de gripe suma Valdoria?", "3.245", CASES, True),
        ("¿Cuántos casos de gripe suma Valdoria?", "12", CASES, False),
        ("¿Cuántos casos de gripe suma Valdoria?", "3.245", DEAD, False),
        ("¿Cuándo informó el ministerio de Valdoria?", "El lunes.", DEAD, True),
        ("¿Dónde queda el bar Rumba?", "En el Maciel", BAR, False),
        ("¿Para qué se elaboró el plan de contención?", "Para mitigar la sequía.", PLAN, True),
        ("¿Quién dirige el hospital de Rocha?", "Maciel", BAR, False),
        ("¿Con quién se asoció Tesla en 1886?", "Tesla Electric Light", FIRM, False),
        ("¿Con quién se asoció Tesla en 1886?", "Robert Lane", FIRM, True),
        ("How many cases of flu were there in Valdoria?", "3.245", CASES, True),
    ],
)
def test_a_bare_answer_must_be_what_the_quote_answers_with(
    question: str, claim: str, proof: Proof, proved: bool
) -> None:
    language = "en" if question.startswith("How") else "es"
    assert unproved_answer(claim, language, question, [proof]) == (None if proved else claim)


def test_nothing_but_names_is_a_bare_answer_however_many_they_are() -> None:
    told = Proof("Juegan la copa Nacional, Peñarol, Liverpool, Fénix, Plaza y Rentistas.", "es")
    beside = Proof("Todos cobran 200.000 dólares.", "es", context=told.quote)
    claim, question = "Nacional, Peñarol, Liverpool, Fénix, Plaza y Rentistas.", "¿Qué clubes juegan la copa?"
    assert unproved_answer(claim, "es", question, [told]) is None
    assert unproved_answer(claim, "es", question, [beside]) == claim


def test_a_whole_sentence_is_left_to_the_other_checks() -> None:
    sentence = "El portavoz del bar Rumba dijo que los vecinos llevaron comida al hospital."
    assert unproved_answer(sentence, "es", "¿Dónde queda el bar Rumba?", [BAR]) is None


def test_without_a_question_there_is_nothing_to_answer() -> None:
    assert unproved_answer("3.245", "es", "", [DEAD]) is None


def test_one_proof_of_several_is_enough() -> None:
    assert unproved_answer("3.245", "es", "¿Cuántos casos de gripe suma Valdoria?", [DEAD, CASES]) is None


def test_the_quote_that_repeats_the_question_must_hold_the_answer_too() -> None:
    heading, question = Proof("En casa", "es"), "¿Dónde se reúne el taller de diseño de Valdoria?"
    topic = Proof("Taller de diseño de Valdoria: se reúne hoy.", "es")
    assert unproved_answer("En casa", "es", question, [topic, heading]) == "En casa"


def test_a_bare_answer_that_is_not_given_is_dropped_with_its_reason() -> None:
    verdict = judge("3.245", "es", [DEAD], question="¿Cuántos casos de gripe suma Valdoria?")
    assert (verdict.reason, verdict.detail) == (Reason.BARE, "3.245")
