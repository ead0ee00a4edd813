"""The facts of a sentence: those of what it cites, of other evidence, or of none."""

import datetime

import pytest

from assistant.prove.facts import judge
from assistant.prove.proof import Proof
from assistant.prove.verdicts import Reason

DATE = datetime.date(2026, 1, 16)
MEETING = Proof(
    "La próxima reunión del Grupo de Implementación de Seguridad será realizada el 23 de enero.", "es", DATE
)
STATE = Proof(
    "El Departamento de Estado señaló que el secretario Marco Rubio no aceptó el progreso gradual.",
    "es",
    DATE,
)
COST = Proof(
    "El plan costará 1.500 millones de pesos, un 25 % más, y ocupará a treinta y cinco personas.", "es"
)
BORN = Proof(
    "Nació el 7 de noviembre de 1867 en Varsovia.", "es", context="Marie Curie\nFue física y química."
)


@pytest.mark.parametrize(
    ("sentence", "proof"),
    [
        ("La reunión será el 23 de enero de 2026.", MEETING),
        ("La reunión será el viernes 23 de enero.", MEETING),
        ("La reunión del GIS será en enero.", MEETING),
        ("Según la nota del 16 de enero de 2026, la reunión será el 23 de enero.", MEETING),
        ("Marco Rubio no aceptó el progreso gradual.", STATE),
        ("El secretario no aceptó «el progreso gradual».", STATE),
        ("El plan costará 1,500 millones de pesos.", COST),
        ("El plan costará mil quinientos millones de pesos y ocupará a 35 personas.", COST),
        ("El plan costará veinticinco por ciento más.", COST),
        ("Marie Curie nació en Varsovia en 1867.", BORN),
        ("Dijo Marie Curie que nació en Varsovia.", BORN),
        ("Nacida en Varsovia en 1867, Marie Curie.", BORN),
        ("El Departamento de Estado habló.", Proof("Habló el Departmento de Estado.", "es")),
    ],
)
def test_what_the_evidence_says_in_other_words_is_proved(sentence: str, proof: Proof) -> None:
    assert judge(sentence, "es", [proof]).reason is None


@pytest.mark.parametrize(
    ("sentence", "proof", "reason", "detail"),
    [
        ("La reunión será el 24 de enero.", MEETING, Reason.DATE, "el 24 de enero"),
        ("La reunión será el 23 de enero de 2027.", MEETING, Reason.DATE, "el 23 de enero de 2027"),
        ("La reunión con Antony Blinken será el 23 de enero.", MEETING, Reason.NAME, "Antony Blinken"),
        ("Habló Fernanda Paz.", Proof("Habló Fernando Paz.", "es"), Reason.NAME, "Fernanda Paz"),
        ("Blinken no aceptó el progreso gradual.", STATE, Reason.NAME, "Blinken"),
        ("El secretario no aceptó «el progreso lento».", STATE, Reason.QUOTATION, "el progreso lento"),
        ("El plan costará 1.600 millones de pesos.", COST, Reason.NUMBER, "1.600 millones"),
        ("El plan ocupará a treinta y seis personas.", COST, Reason.NUMBER, "treinta y seis"),
    ],
)
def test_what_the_evidence_does_not_say_is_stopped_and_named(
    sentence: str, proof: Proof, reason: Reason, detail: str
) -> None:
    verdict = judge(sentence, "es", [proof])
    assert (verdict.reason, verdict.detail, verdict.is_proved) == (reason, detail, False)


def test_a_sentence_without_evidence_is_not_proved() -> None:
    assert judge("La reunión será el 23 de enero.", "es", []).reason is Reason.NO_CITATION


def test_two_quotes_may_together_support_a_sentence() -> None:
    sentence = "La reunión será el 23 de enero y el plan costará 1.500 millones de pesos."
    assert not judge(sentence, "es", [MEETING]).is_proved
    assert judge(sentence, "es", [MEETING, COST]).is_proved


def test_the_context_may_name_but_not_count_or_date() -> None:
    proof = Proof("Nació en Varsovia.", "es", context="Marie Curie nació el 7 de noviembre de 1867.")
    assert judge("Marie Curie nació en Varsovia.", "es", [proof]).is_proved
    assert judge("Marie Curie nació en Varsovia en 1867.", "es", [proof]).reason is Reason.DATE


def test_a_document_without_a_date_proves_no_year() -> None:
    undated = Proof(MEETING.quote, "es")
    assert judge("La reunión será el 23 de enero.", "es", [undated]).is_proved
    assert judge("La reunión será el 23 de enero de 2026.", "es", [undated]).reason is Reason.DATE


def like(same: bool) -> float:
    return 0.95 if same else 0.8


def test_an_english_answer_is_judged_against_spanish_evidence() -> None:
    def similarity(one: str, other: str) -> float:
        return like("Security" in one and "Seguridad" in other)

    right = "The next meeting of the Security Implementation Group will be on January 23."
    assert judge(right, "en", [MEETING], similarity=similarity).is_proved
    for wrong, reason in (
        (right.replace("23", "24"), Reason.DATE),
        (right.replace("Group", "Group with Antony Blinken"), Reason.NAME),
    ):
        assert judge(wrong, "en", [MEETING], similarity=similarity).reason is reason


def test_what_other_evidence_says_leaves_a_sentence_unproved_and_what_none_says_is_left_out() -> None:
    sentence = "La reunión costará 1.500 millones de pesos."
    elsewhere = judge(sentence, "es", [MEETING], others=[COST])
    nowhere = judge(sentence, "es", [MEETING], others=[STATE])
    assert (elsewhere.reason, elsewhere.is_left_out) == (Reason.NUMBER, False)
    assert (nowhere.reason, nowhere.is_left_out) == (Reason.NUMBER, True)


def test_an_invention_weighs_more_than_what_is_cited_wrongly() -> None:
    sentence = "La reunión con Antony Blinken costará 1.500 millones de pesos."
    verdict = judge(sentence, "es", [MEETING], others=[COST])
    assert (verdict.reason, verdict.detail, verdict.is_left_out) == (Reason.NAME, "Antony Blinken", True)


def test_what_the_question_names_may_be_named_and_its_numbers_prove_nothing() -> None:
    question = "¿Qué opina el Partido Cívico de las 300 escuelas?"
    assert judge("El Partido Cívico habló de la reunión.", "es", [MEETING], question=question).is_proved
    assert judge("Habló de 300 escuelas.", "es", [MEETING], question=question).reason is Reason.NUMBER


@pytest.mark.parametrize(
    "sentence",
    [
        "Convocan a la reunión, que será el 23 de enero.",
        "Próximos pasos: la reunión será el 23 de enero.",
        "Además, la reunión será el 23 de enero.",
        "Consulte la nota: la reunión será el 23 de enero.",
        "Siete días después de la nota será la reunión.",
        "La nota es del 16 de enero de 2026.",
    ],
)
def test_openers_labels_and_the_documents_own_day_are_no_inventions(sentence: str) -> None:
    assert judge(sentence, "es", [MEETING]).reason is None


@pytest.mark.parametrize(
    ("sentence", "language", "quote"),
    [
        ("The WHO praised Germany.", "en", "La OMS elogió a Alemania."),
        ("La OTAN se reunió en Suiza.", "es", "NATO met in Switzerland."),
        ("Ecuador y EE. UU. firmaron.", "es", "Ecuador and the United States signed."),
        ("The UK signed.", "en", "El Reino Unido firmó."),
    ],
)
def test_countries_and_acronyms_are_known_in_every_language(sentence: str, language: str, quote: str) -> None:
    proof = Proof(quote, "en" if language == "es" else "es")
    assert judge(sentence, language, [proof]).reason is None


def test_a_translated_name_that_cannot_be_told_is_marked_and_not_left_out() -> None:
    verdict = judge("The State Department spoke.", "en", [Proof("Habló la Cancillería.", "es")])
    assert (verdict.reason, verdict.is_left_out) == (Reason.NAME, False)
