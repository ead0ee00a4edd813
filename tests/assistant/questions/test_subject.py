"""Which questions want the gist of documents."""

import pytest

from assistant.questions.subject import asks_for_the_whole, names_nothing


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Resume el documento", "es"),
        ("resume la conferencia de prensa", "es"),
        ("¿De qué trata el documento?", "es"),
        ("Summarize the documents", "en"),
        ("What is this article about?", "en"),
        ("¿De qué se habló?", "es"),
        ("¿De qué trató la conferencia?", "es"),
        ("¿De qué hablaron en la conferencia de prensa?", "es"),
        ("¿Qué temas se tocaron?", "es"),
        ("¿Cuáles fueron los principales temas de la conferencia?", "es"),
        ("What was discussed?", "en"),
        ("What topics were covered?", "en"),
        ("¿Qué dice el documento?", "es"),
        ("What does the document say?", "en"),
    ],
)
def test_a_summary_of_nothing_named_is_of_the_whole(question: str, language: str) -> None:
    assert asks_for_the_whole(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Resume la reforma electoral", "es"),
        ("¿De qué trata el acuerdo de seguridad?", "es"),
        ("¿Quién firma el documento?", "es"),
        ("¿De qué hablaron en la reunión ministerial?", "es"),
        ("¿De qué hablaron Ebrard y Paz?", "es"),
        ("What is the document about Ebrard about?", "en"),
        ("¿Qué dice el comunicado sobre el fentanilo?", "es"),
        ("¿Qué dice Ebrard?", "es"),
    ],
)
def test_a_question_that_names_something_is_not(question: str, language: str) -> None:
    assert not asks_for_the_whole(question, language)


def test_what_happened_names_nothing() -> None:
    assert names_nothing("¿Qué pasó?", "es")
    assert not names_nothing("¿Qué pasó con el crucero?", "es")
