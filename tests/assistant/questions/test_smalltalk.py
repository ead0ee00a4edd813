import pytest

from assistant import Assistant
from assistant.questions.smalltalk import reply_to
from prompts import LANGUAGES, phrase


@pytest.mark.parametrize(
    ("said", "kind", "language"),
    [
        ("Hola", "greeting", "es"),
        ("¡Hola, buenos días! ¿Cómo está?", "greeting", "es"),
        ("hello!", "greeting", "en"),
        ("Olá, tudo bem?", "greeting", "pt"),
        ("Bonjour", "greeting", "fr"),
        ("Perfecto, muchas gracias", "thanks", "es"),
        ("Thank you very much.", "thanks", "en"),
        ("Gracias, hasta luego", "farewell", "es"),
        ("¿Qué puedes hacer?", "capabilities", "es"),
        ("Hola, ¿en qué me puedes ayudar?", "capabilities", "es"),
        ("What can you do?", "capabilities", "en"),
        ("O que você pode fazer?", "capabilities", "pt"),
        ("Que peux-tu faire ?", "capabilities", "fr"),
    ],
)
def test_small_talk_is_replied_to_in_its_own_language(said: str, kind: str, language: str) -> None:
    assert reply_to(said, "es") == phrase(kind, language)


@pytest.mark.parametrize(
    "question",
    [
        "Hola, ¿quién es Marco Rubio?",
        "¿Qué puede hacer México ante los aranceles?",
        "Gracias, ¿y cuándo?",
        "¿Quién es el canciller?",
        "Who are the ministers?",
        "¿Bien?",
        "",
        "hola " * 1000,
    ],
)
def test_a_question_about_the_documents_is_no_small_talk(question: str) -> None:
    assert reply_to(question, "es") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_what_it_can_do(language: str) -> None:
    assert len(phrase("capabilities", language)) > len(phrase("greeting", language)) > 0


def test_an_assistant_greets_without_citing_anything(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("¡Hola!")
    assert answer.text == phrase("greeting", "es")
    assert not answer.answered and not answer.citations


def test_thanks_in_between_do_not_break_a_follow_up(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.ask("¿Cuándo será la Reunión Ministerial de Seguridad?")
    conversation.ask("Gracias")
    assert conversation.ask("¿Y dónde?").standalone == "¿Dónde será la Reunión Ministerial de Seguridad?"
