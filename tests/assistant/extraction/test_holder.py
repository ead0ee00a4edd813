"""Who holds an office, as sentences say it."""

import pytest

from assistant.extraction.holder import find_holder
from assistant.questions.understanding import understand


def holder(question: str, quote: str, language: str = "es") -> str | None:
    asked = understand(question, language)
    assert asked.office
    found = find_holder(asked, quote)
    return None if found is None else found.of(quote)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("¿Quién es la jueza del caso?", "La jueza del caso es Marta Iriarte, que pidió más tiempo."),
        (
            "¿Quién es la jueza del caso?",
            "Ayer habló Marta Iriarte, jueza del caso, y después el fiscal Luis Paz.",
        ),
        ("¿Quién es la jueza del caso de Salina?", "Lo dijo ayer la jueza del caso, Marta Iriarte."),
        ("¿Quién es la directora de Pesca?", "DIRECTORA GENERAL DE PESCA (DGP), MARTA IRIARTE"),
        (
            "¿Quién preside el Comité del Agua?",
            "Julián Ferrat vino con Marta Iriarte, presidenta del Comité del Agua.",
        ),
        (
            "¿Quién es la vicepresidenta de Valdoria?",
            "La reunión que pidió la vicepresidenta Marta Iriarte fue ayer.",
        ),
        ("¿Quién es la actual alcaldesa de Salina?", "Lo dijo la alcaldesa de Salina, Marta Iriarte, ayer."),
        ("¿Quién es la jueza del caso?", "La jueza del caso (Salina), Marta Iriarte, pidió tiempo."),
        ("¿Quién dirige la orquesta?", "La orquesta la dirige Marta Iriarte desde mayo."),
    ],
)
def test_the_name_that_stands_by_the_office_is_its_holders(question: str, quote: str) -> None:
    found = holder(question, quote)
    assert found is not None
    assert found.casefold() == "marta iriarte"


def test_an_english_question_finds_the_holder_in_a_spanish_sentence() -> None:
    quote = "Lo anunció la secretaria de Salud, Marta Iriarte, en Salina."
    assert holder("Who is the health secretary?", quote, "en") == "Marta Iriarte"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("¿Quién es la jueza del caso?", "La jueza del caso recibió a Marta Iriarte en el tribunal."),
        ("¿Quién es el canciller?", "Llamó al canciller de España para hablar del tratado."),
        (
            "¿Quién es la secretaria de Salud?",
            "Habló la subsecretaria de la Secretaría de Salud, Marta Iriarte.",
        ),
        ("¿Quién es la directora de Pesca?", "Julián Ferrat, director de Obras; Marta Iriarte, jueza."),
        ("¿Quién es la jueza?", "La jueza Marta Iriarte y la jueza Elena Prats votaron juntas."),
    ],
)
def test_a_name_elsewhere_in_the_sentence_is_nobodys(question: str, quote: str) -> None:
    assert holder(question, quote) is None
