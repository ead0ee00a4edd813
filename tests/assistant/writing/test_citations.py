"""Markers, and the judgement whether a sentence is supported by what it cites."""

import datetime

import pytest

from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge, split_markers

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
    ("written", "text", "markers"),
    [
        ("Será en febrero [2].", "Será en febrero.", (2,)),
        ("Será en febrero. [2][3]", "Será en febrero.", (2, 3)),
        ("Será [1, 2] en febrero [1].", "Será en febrero.", (1, 2)),
        ("Será en febrero [1-3].", "Será en febrero.", (1, 2, 3)),
        ("Será en febrero 【2】.", "Será en febrero.", (2,)),
        ("Será en [sic] febrero.", "Será en [sic] febrero.", ()),
    ],
)
def test_markers_are_told_from_the_words(written: str, text: str, markers: tuple[int, ...]) -> None:
    marked = split_markers(written)
    assert (marked.text, marked.markers) == (text, markers)


def test_a_marker_of_a_huge_range_stays_small() -> None:
    assert len(split_markers("Todo [1-9999].").markers) < 30


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
def test_what_the_evidence_says_in_other_words_is_supported(sentence: str, proof: Proof) -> None:
    assert judge(sentence, "es", [proof]).reason is None


@pytest.mark.parametrize(
    ("sentence", "proof", "reason", "detail"),
    [
        ("La reunión será el 24 de enero.", MEETING, Reason.DATE, "el 24 de enero"),
        ("La reunión será el 23 de enero de 2027.", MEETING, Reason.DATE, "el 23 de enero de 2027"),
        ("El 16 de enero será la reunión.", MEETING, Reason.DATE, "El 16 de enero"),
        ("La reunión con Antony Blinken será el 23 de enero.", MEETING, Reason.NAME, "Antony Blinken"),
        ("Habló Fernanda Paz.", Proof("Habló Fernando Paz.", "es"), Reason.NAME, "Fernanda Paz"),
        ("Blinken no aceptó el progreso gradual.", STATE, Reason.NAME, "Blinken"),
        ("Marco Rubio aceptó el progreso gradual.", STATE, Reason.NEGATION, ""),
        ("La reunión no será realizada el 23 de enero.", MEETING, Reason.NEGATION, ""),
        ("El secretario no aceptó «el progreso lento».", STATE, Reason.QUOTATION, "el progreso lento"),
        ("El plan costará 1.600 millones de pesos.", COST, Reason.NUMBER, "1.600 millones"),
        ("El plan ocupará a treinta y seis personas.", COST, Reason.NUMBER, "treinta y seis"),
        ("Los delfines nadan en aguas tropicales.", MEETING, Reason.MEANING, ""),
    ],
)
def test_what_the_evidence_does_not_say_is_stopped_and_named(
    sentence: str, proof: Proof, reason: Reason, detail: str
) -> None:
    verdict = judge(sentence, "es", [proof])
    assert (verdict.reason, verdict.detail, verdict.supported) == (reason, detail, False)


def test_a_sentence_without_evidence_is_not_supported() -> None:
    assert judge("La reunión será el 23 de enero.", "es", []).reason is Reason.NO_CITATION


def test_two_quotes_may_together_support_a_sentence() -> None:
    sentence = "La reunión será el 23 de enero y el plan costará 1.500 millones de pesos."
    assert not judge(sentence, "es", [MEETING]).supported
    assert judge(sentence, "es", [MEETING, COST]).supported


def test_the_context_may_name_but_not_count_or_date() -> None:
    proof = Proof("Nació en Varsovia.", "es", context="Marie Curie nació el 7 de noviembre de 1867.")
    assert judge("Marie Curie nació en Varsovia.", "es", [proof]).supported
    assert judge("Marie Curie nació en Varsovia en 1867.", "es", [proof]).reason is Reason.DATE


def test_a_document_without_a_date_proves_no_year() -> None:
    undated = Proof(MEETING.quote, "es")
    assert judge("La reunión será el 23 de enero.", "es", [undated]).supported
    assert judge("La reunión será el 23 de enero de 2026.", "es", [undated]).reason is Reason.DATE


def like(same: bool) -> float:
    return 0.95 if same else 0.8


def test_an_english_answer_is_judged_against_spanish_evidence() -> None:
    def similarity(one: str, other: str) -> float:
        return like("Security" in one and "Seguridad" in other)

    right = "The next meeting of the Security Implementation Group will be on January 23."
    assert judge(right, "en", [MEETING], similarity=similarity).supported
    for wrong, reason in (
        (right.replace("23", "24"), Reason.DATE),
        (right.replace("Group", "Group with Antony Blinken"), Reason.NAME),
        (right.replace("will be", "will not be"), Reason.NEGATION),
    ):
        assert judge(wrong, "en", [MEETING], similarity=similarity).reason is reason


def test_within_a_language_words_and_their_synonyms_decide_whatever_the_similarity() -> None:
    sentence = "El encuentro del grupo tendrá lugar el 23 de enero."
    assert judge(sentence, "es", [MEETING], similarity=lambda *_: 0.5).supported
    assert judge("Los delfines nadan.", "es", [MEETING], similarity=lambda *_: 0.95).reason is Reason.MEANING
