"""Whose words a question asks for."""

import pytest

from assistant.questions.subject import Reported, reported


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("¿Qué dijo Marcelo Ebrard?", "Marcelo Ebrard", ""),
        ("¿Qué dijo Ebrard sobre los aranceles?", "Ebrard", "los aranceles"),
        ("¿Qué dijo Ebrard de los aranceles?", "Ebrard", "los aranceles"),
        ("¿Qué ha dicho la presidenta acerca de Cuba?", "la presidenta", "Cuba"),
        ("¿Qué anunció la gobernadora de Guerrero?", "la gobernadora de Guerrero", ""),
        ("Cita textualmente lo que dijo la ministra sobre el agua", "la ministra", "el agua"),
        ("¿Qué más dijo Ana Ruiz respecto al tranvía?", "Ana Ruiz", "tranvía"),
        ("What did Ebrard say about tariffs?", "Ebrard", "tariffs"),
        ("What has the governor announced?", "the governor", ""),
        ("O que disse a presidenta sobre Cuba?", "a presidenta", "Cuba"),
        ("Qu’a dit la présidente sur Cuba ?", "la présidente", "Cuba"),
    ],
)
def test_the_speaker_and_the_topic_are_told_apart(question: str, speaker: str, topic: str) -> None:
    assert reported(question) == Reported(speaker, topic)


def test_a_question_of_thousands_of_spaces_is_read_too() -> None:
    assert reported("What did" + " " * 20_000 + "Ebrard" + " " * 20_000 + "say?") == Reported("Ebrard")
    assert reported("what did" + " " * 20_000 + "x") is None


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién dijo que habrá aranceles?",
        "¿Qué se dijo sobre Cuba?",
        "¿Qué dijo sobre Cuba?",
        "¿Qué es Pemex?",
        "What happened in Cuba?",
        "",
    ],
)
def test_other_questions_ask_for_no_ones_words(question: str) -> None:
    assert reported(question) is None
