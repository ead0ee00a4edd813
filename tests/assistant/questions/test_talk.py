import pytest

from assistant.questions.talk import Talk, talk_of
from prompts import LANGUAGES, phrase


@pytest.mark.parametrize(
    ("said", "talk", "language"),
    [
        ("Hola", Talk.GREETING, "es"),
        ("¡Hola, buenos días! ¿Cómo está?", Talk.GREETING, "es"),
        ("hello!", Talk.GREETING, "en"),
        ("Olá, tudo bem?", Talk.GREETING, "pt"),
        ("Bonjour", Talk.GREETING, "fr"),
        ("Perfecto, muchas gracias", Talk.THANKS, "es"),
        ("Thank you very much.", Talk.THANKS, "en"),
        ("Gracias, hasta luego", Talk.FAREWELL, "es"),
        ("¿Qué puedes hacer?", Talk.CAPABILITIES, "es"),
        ("Hola, ¿en qué me puedes ayudar?", Talk.CAPABILITIES, "es"),
        ("What can you do?", Talk.CAPABILITIES, "en"),
        ("O que você pode fazer?", Talk.CAPABILITIES, "pt"),
        ("Que peux-tu faire ?", Talk.CAPABILITIES, "fr"),
        ("¿Cuántos documentos tienes?", Talk.SIZE, "es"),
        ("How many documents do you have?", Talk.SIZE, "en"),
        ("¿Qué hay de nuevo?", Talk.NEWS, "es"),
        ("What's new?", Talk.NEWS, "en"),
        ("¿De qué tratan?", Talk.SUBJECTS, "es"),
        ("What are they about?", Talk.SUBJECTS, "en"),
        ("más detalles", Talk.MORE, "es"),
        ("Sigue", Talk.MORE, "es"),
        ("tell me more", Talk.MORE, "en"),
        ("¿Estás seguro?", Talk.CERTAINTY, "es"),
        ("Are you sure?", Talk.CERTAINTY, "en"),
        ("¿Y en qué documento?", Talk.SOURCES, "es"),
        ("In which document?", Talk.SOURCES, "en"),
    ],
)
def test_what_is_said_to_the_assistant_is_told_with_its_language(
    said: str, talk: Talk, language: str
) -> None:
    heard = talk_of(said, "es")
    assert heard is not None and (heard.talk, heard.language) == (talk, language)


@pytest.mark.parametrize(
    "question",
    [
        "Hola, ¿quién es Marco Rubio?",
        "¿Qué puede hacer México ante los aranceles?",
        "Gracias, ¿y cuándo?",
        "¿Quién es el canciller?",
        "¿Cuántos documentos firmó el canciller?",
        "¿Qué hay de nuevo en Jalisco?",
        "¿En qué documento se habla de Pemex?",
        "Who are the ministers?",
        "¿Bien?",
        "",
        "hola " * 1000,
    ],
)
def test_a_question_about_the_documents_is_no_small_talk(question: str) -> None:
    assert talk_of(question, "es") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_what_it_can_do(language: str) -> None:
    assert len(phrase("capabilities", language)) > len(phrase("greeting", language)) > 0
