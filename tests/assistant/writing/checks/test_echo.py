"""Words that a sentence takes from the question and not from its evidence."""

import pytest

from assistant.writing.checks.echo import echoed_word
from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge

PROOF = Proof(
    "El presidente pedía el fin del aislamiento y 400 fallecidos fueron enterrados en Manaos.",
    "es",
    context="Bolsonaro habla de nuevo\nLa provincia de Amazonas espera.",
)


@pytest.mark.parametrize(
    ("question", "sentence", "word"),
    [
        ("¿Qué pide la izquierda?", "La izquierda pide el fin del aislamiento.", "izquierda"),
        ("¿Qué pide el presidente?", "El presidente pide el fin del aislamiento.", None),
        ("¿Qué pide Bolsonaro?", "Bolsonaro pide el fin del aislamiento.", None),
        ("¿Cuántas muertes hubo?", "Hubo 400 muertes.", None),
        ("¿Dónde enterró a los muertos la provincia?", "La provincia enterró a 400 en Manaos.", None),
        ("¿Qué pide la izquierda?", "El presidente pedía el fin del aislamiento.", None),
        ("¿Qué fue de los fines?", "El presidente pedía los fines.", None),
        ("¿A cuántos se sepultó ayer?", "Ayer sepultaron a 400 fallecidos.", "ayer"),
        ("¿A cuántos se sepultó?", "Sepultaron a 400 fallecidos.", None),
        ("¿Cuántos fueron asintomáticos?", "400 fueron asintomáticos.", "asintomáticos"),
        ("", "La izquierda pide el fin del aislamiento.", None),
    ],
)
def test_a_word_from_the_question_must_stand_in_the_evidence(
    question: str, sentence: str, word: str | None
) -> None:
    assert echoed_word(sentence, "es", question, [PROOF]) == word


def test_evidence_in_another_language_says_it_in_other_words() -> None:
    assert echoed_word("The left wants an end.", "en", "What does the left want?", [PROOF]) is None


def test_an_echo_is_a_reason_to_drop_a_sentence() -> None:
    claim = "La izquierda pedía el fin del aislamiento."
    verdict = judge(claim, "es", [PROOF], question="¿Qué pide la izquierda?")
    assert (verdict.reason, verdict.detail) == (Reason.ECHO, "izquierda")
    assert judge("El presidente pedía el fin del aislamiento.", "es", [PROOF]).supported
