import pytest

from index.language import detect_language, detect_question_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿y dónde será?", "es"),
        ("y donde sera", "es"),
        ("PIB de México?", "es"),
        ("¿Quién es el canciller?", "es"),
        ("quien gano las elecciones en Washington", "es"),
        ("¿Qué dijo el Departamento de Estado en X?", "es"),
        ("and when?", "en"),
        ("Who won the World Cup in 2022?", "en"),
        ("When is the next security group meeting?", "en"),
        ("What did Sheinbaum say about Pemex?", "en"),
        ("Quando será a próxima reunião?", "pt"),
        ("O que mudou entre 5 e 12 de janeiro sobre a Venezuela?", "pt"),
        ("Quem é o ministro das Relações Exteriores?", "pt"),
        ("Quand aura lieu la prochaine réunion ?", "fr"),
        ("Qui est le ministre des affaires étrangères ?", "fr"),
    ],
)
def test_a_short_question_is_told_by_its_small_words(question: str, language: str) -> None:
    assert detect_question_language(question, "es") == language


@pytest.mark.parametrize("default", ["es", "en"])
def test_a_question_of_names_alone_takes_the_default(default: str) -> None:
    assert detect_question_language("Pemex 2022", default) == default


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La presidenta anunció ayer un acuerdo con los gobernadores del norte del país.", "es"),
        ("The president announced an agreement with the northern governors yesterday.", "en"),
        ("O presidente anunciou ontem um acordo com os governadores do norte do país.", "pt"),
        ("La présidente a annoncé hier un accord avec les gouverneurs du nord du pays.", "fr"),
    ],
)
def test_the_language_of_a_document_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "12345 67890", "ok", "\n\n"])
def test_too_few_letters_have_no_language(text: str) -> None:
    assert detect_language(text) == ""
