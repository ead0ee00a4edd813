"""The facts of a sentence: those of what it cites, of other evidence, or of none."""

import datetime

import pytest

from assistant.prove.facts import judge, judge_code
from assistant.prove.proof import Proof, Reason

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


def test_an_english_order_at_the_beginning_is_no_name() -> None:
    assert judge("Send these commands over the serial port:", "en", [MEETING]).reason is not Reason.NAME


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


@pytest.mark.parametrize(
    ("sentence", "language", "quote"),
    [
        ("Costará 23.60 pesos.", "es", "Costará 23 pesos con 60 centavos."),
        ("It costs 5.2 dollars.", "en", "It costs 5 dollars and 20 cents."),
        ("Subió 200 pesos.", "es", "Pasó de 6 mil 200 a 6 mil 400 pesos."),
        ("En total son 45 escuelas.", "es", "Son 20 escuelas en el norte y 25 en el sur."),
        ("The session lasts 2 hours.", "en", "The session lasts 120 minutes."),
        ("Mide 1.5 km.", "es", "Mide 1500 metros."),
        ("Son unos 13 millones.", "es", "Son 13.4 millones."),
        ("Se paga cada dos meses.", "es", "La pensión es bimestral."),
        ("Los dos firmaron.", "es", "Ana Ruiz y Juan Paz firmaron."),
        ("Primero, firmaron.", "es", "Ana Ruiz y Juan Paz firmaron."),
        ("Se aplicará en 2027.", "es", "Se aplicará en el ’27."),
        ("La norma es de 2021 a 2024.", "es", "La norma empezó en 2021 y acabó en 2024."),
        ("Pesa 3 MB.", "es", "Pesa ~ 3MB de memoria."),
    ],
)
def test_a_number_is_given_in_any_form_that_comes_to_the_same(
    sentence: str, language: str, quote: str
) -> None:
    assert judge(sentence, language, [Proof(quote, language, DATE)]).reason is None


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Las siete escuelas cerraron.", "Ana Ruiz y Juan Paz firmaron."),
        ("La sesión dura 3 horas.", "La sesión dura 120 minutos."),
        ("Son 15 millones.", "Son 13.4 millones."),
        ("Costará 23.90 pesos.", "Costará 23 pesos con 60 centavos."),
        ("Mide 1.5 kg.", "Mide 1500 metros."),
    ],
)
def test_a_number_that_comes_to_something_else_is_an_invention(sentence: str, quote: str) -> None:
    verdict = judge(sentence, "es", [Proof(quote, "es", DATE)])
    assert (verdict.reason, verdict.is_left_out) == (Reason.NUMBER, True)


def test_what_stands_over_a_quote_proves_as_the_quote_does() -> None:
    proof = Proof("Abre a las 10.", "es", heading="Feria de Valdoria\nTarifas de 2025: 30 euros")
    assert judge("La Feria de Valdoria cuesta 30 euros en 2025.", "es", [proof]).is_proved


@pytest.mark.parametrize("code", ["feria-cli alta", "feria-cli alta\nferia-cli baja MIO", ""])
def test_code_of_the_words_that_are_cited_is_proved(code: str) -> None:
    assert judge_code(code, [Proof("Se usa feria-cli alta o feria-cli baja NOMBRE.", "es")]).is_proved


def test_code_of_other_words_is_marked() -> None:
    verdict = judge_code("rm -rf /", [Proof("Se usa feria-cli alta.", "es")])
    assert (verdict.reason, verdict.is_left_out) == (Reason.QUOTATION, False)


def test_an_invented_name_is_left_out_though_other_evidence_is_in_another_language() -> None:
    printed = Proof("The command prints the last 50 switchings.", "en")
    spanish = Proof("La línea nocturna empezará en septiembre.", "es")
    verdict = judge("It was written by Karl Brandt.", "en", [printed], others=[spanish])
    assert verdict.is_left_out and verdict.detail == "Karl Brandt"
