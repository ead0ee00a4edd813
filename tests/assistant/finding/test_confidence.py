"""How sure it is that the evidence answers."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Evidence
from assistant.finding.confidence import confidence, confidence_features
from assistant.questions.understanding import understand
from assistant.questions.wording import Wording, wording
from index.document import DateSource, Document, Span

TEXT = "El alcalde Julián Ferrat abrió el puente de Arteaga el 3 de marzo. La obra mide 412 metros."
DOCUMENT = Document(id="d", path="d.txt", title="Puente", text=TEXT, language="es")


def read(question: str, language: str = "es") -> Wording:
    return wording(understand(question, language), ["es"], lambda stems: dict.fromkeys(stems, 5.0))


def evidence(similarity: float = 0.88) -> tuple[Evidence, ...]:
    end = TEXT.index(" La obra")
    return (
        Evidence(1, DOCUMENT, Span(0, end), 1.0, similarity),
        Evidence(2, DOCUMENT, Span(end + 1, len(TEXT)), 0.5, similarity - 0.03),
    )


def test_without_evidence_nothing_is_sure() -> None:
    assert confidence(read("¿Quién abrió el puente?"), ()) == 0.0


def test_a_question_whose_words_stand_in_the_quote_is_surer_than_one_about_another_place() -> None:
    here, elsewhere = (
        read("¿Quién abrió el puente de Arteaga?"),
        read("¿Quién abrió el túnel de Salvatierra?"),
    )
    assert confidence(here, evidence()) > 0.5 > confidence(elsewhere, evidence(0.82))


def test_nearer_evidence_is_surer() -> None:
    question = read("¿Quién abrió el puente de Arteaga?")
    assert confidence(question, evidence(0.92)) > confidence(question, evidence(0.82))


def test_a_name_that_the_document_never_mentions_is_missed() -> None:
    present = confidence_features(read("¿Qué abrió Julián Ferrat?"), evidence())
    absent = confidence_features(read("¿Qué abrió Ramiro Salvatierra?"), evidence())
    assert (present["names"], absent["names"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("question", "published", "other"),
    [
        ("¿Cuál fue el beneficio de 2025?", None, True),
        ("¿Cuál fue el beneficio de 2024?", None, False),
        ("¿Cuál fue el beneficio?", None, False),
        ("¿Qué pasó con el beneficio en 2025?", date(2025, 3, 1), False),
        ("¿Cuántos millones ganó la empresa en 2025?", date(2025, 3, 1), True),
    ],
)
def test_a_quote_of_another_year_is_less_sure(question: str, published: date | None, other: bool) -> None:
    text = "El beneficio de 2024 fue de 12 millones, frente a 10 en 2023."
    source = None if published is None else DateSource.HEADER
    document = Document("d", "d.txt", "Cuentas", text, "es", published, source)
    quote = (Evidence(1, document, Span(0, len(text)), 1.0, 0.9),)
    features = confidence_features(read(question), quote)
    assert features["other_year"] == other


def test_words_do_not_count_against_a_question_in_another_language() -> None:
    features = confidence_features(read("Who opened the bridge?", "en"), evidence())
    assert features["foreign"] == 1.0
    assert features["words"] == features["window"] == 0.0


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién es el presidente de Francia?",
        "¿Cuándo nació Marco Rubio?",
        "¿Cuánto cuesta un kilo de tortillas?",
        "What is the capital of Australia?",
        "How do I reset my password?",
        "asdf qwer zxcv",
    ],
)
def test_what_the_shipped_document_does_not_say_is_below_the_threshold(
    seed_assistant: Assistant, question: str
) -> None:
    assert seed_assistant.ask(question).confidence < seed_assistant.settings.threshold
