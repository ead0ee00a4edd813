"""The shipped document's questions: what a newcomer asks first."""

import pytest

from assistant import Answer, Assistant

ANSWERS = {
    "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?": "23 de enero",
    "¿Quién es el canciller?": "Juan Ramón de la Fuente",
    "¿Dónde será la reunión ministerial?": "Washington, D.C.",
    "¿Cuándo será la reunión ministerial?": "en febrero",
    "¿Qué dijo el Departamento de Estado en X sobre el progreso gradual?": "es inaceptable",
    "¿Qué tráfico quieren detener?": "fentanilo",
    "When is the next security group meeting?": "23 de enero",
    "Who is the foreign minister?": "Juan Ramón de la Fuente",
    "Where will the ministerial meeting take place?": "Washington, D.C.",
}
UNANSWERABLE = (
    "¿Cuál es el PIB de México?",
    "Who won the World Cup in 2022?",
    "¿Cuántos habitantes tiene Guadalajara?",
    "¿Quién escribió Cien años de soledad?",
)


def prove(answer: Answer) -> None:
    for citation in answer.citations:
        assert citation.verified
        assert citation.document.text[citation.start : citation.end] == citation.quote
        if citation.focus is not None:
            assert citation.start <= citation.focus.start < citation.focus.end <= citation.end


@pytest.mark.parametrize(("question", "words"), ANSWERS.items())
def test_a_question_that_the_document_answers_is_answered_with_a_proved_quote(
    seed_assistant: Assistant, question: str, words: str
) -> None:
    answer = seed_assistant.ask(question)
    assert answer.answered
    assert any(words in citation.quote for citation in answer.citations)
    assert 1 <= len(answer.citations) <= 3
    prove(answer)


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_a_question_that_the_document_does_not_answer_is_declined(
    seed_assistant: Assistant, question: str
) -> None:
    answer = seed_assistant.ask(question)
    assert not answer.answered
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("question", "language", "refusal"),
    [
        ("¿Cuál es el PIB de México?", "es", "No lo encuentro en los documentos."),
        ("Who won the World Cup in 2022?", "en", "I don't find this in the documents."),
    ],
)
def test_declining_speaks_the_language_of_the_question(
    seed_assistant: Assistant, question: str, language: str, refusal: str
) -> None:
    answer = seed_assistant.ask(question)
    assert (answer.language, answer.text) == (language, refusal)


def test_a_date_leads_the_answer_and_is_resolved_against_the_documents_own_date(
    seed_assistant: Assistant,
) -> None:
    answer = seed_assistant.ask("¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?")
    assert answer.sentences[0].text.startswith("23 de enero de 2026")
    (citation, *_) = answer.citations
    assert citation.focus is not None
    assert "23 de enero" in citation.document.text[citation.focus.start : citation.focus.end]
