"""What somebody says in a transcript, by name and by office."""

from collections.abc import Iterator

import pytest

from assistant.assistant import Assistant
from assistant.finding.speakers import speaker_called
from tests.news import small_archive

MINISTER = "SECRETARIA DE TURISMO, JOSEFINA RÍOS ZAMORA"
DEPUTY = "SUBSECRETARIO DE LA SECRETARÍA DE TURISMO, JULIO FERRER"
TRANSCRIPT = f"""PRESIDENTA DE LOMAS, ELENA PRADO
Buenos días a todas y a todos. Hoy está con nosotros Josefina Ríos, que nos hablará de las playas de Lomas.

{MINISTER}
Gracias, Presidenta. Este invierno llegaron a las playas de Lomas 40 mil turistas más que el invierno pasado.
Vamos a construir tres hoteles nuevos junto al puerto de Santa Rita antes del verano.

PREGUNTA
¿Qué dice usted de las playas de Lomas que siguen cerradas por el temporal?

{DEPUTY}
Las playas de Lomas que cerró el temporal se abrirán el lunes, después de la limpieza de la arena.

PRESIDENTA DE LOMAS, ELENA PRADO
El gobierno del estado pagará la limpieza de las playas con el impuesto al hospedaje.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = [{"text": TRANSCRIPT, "date": "2026-01-12"}]
    with small_archive(tmp_path_factory.mktemp("transcript"), documents) as opened:
        yield opened


def quotes(archive: Assistant, question: str) -> list[str]:
    return [citation.quote for citation in archive.ask(question).citations]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué dijo Josefina Ríos sobre las playas?",
        "¿Qué dijo la secretaria de Turismo sobre las playas?",
        "What did Josefina Ríos say about the beaches?",
    ],
)
def test_what_somebody_says_of_a_topic_is_in_their_own_words(archive: Assistant, question: str) -> None:
    found = quotes(archive, question)
    assert "40 mil turistas" in found[0]
    assert not any("temporal" in quote or "Hoy está" in quote for quote in found)


def test_all_that_somebody_says_is_told_in_points(archive: Assistant) -> None:
    answer = archive.ask("¿Qué dijo la secretaria de Turismo?")
    assert all(sentence.point for sentence in answer.sentences)
    assert "40 mil turistas" in answer.text and "tres hoteles" in answer.text
    assert "impuesto" not in answer.text and "temporal" not in answer.text


def test_the_day_of_a_speech_is_the_day_of_its_transcript(archive: Assistant) -> None:
    assert "impuesto" in archive.ask("¿Qué dijo la presidenta el 12 de enero de 2026?").text
    assert "impuesto" not in archive.ask("¿Qué dijo la presidenta el 15 de enero de 2026?").text


@pytest.mark.parametrize(
    ("called", "label"),
    [
        ("Josefina Ríos", MINISTER),
        ("la secretaria de Turismo", MINISTER),
        ("la ministra Ríos Zamora", MINISTER),
        ("el subsecretario Julio Ferrer", DEPUTY),
    ],
)
def test_a_speaker_is_known_by_name_and_by_office(called: str, label: str) -> None:
    assert speaker_called(called, "es")(label)


@pytest.mark.parametrize(
    ("called", "label"),
    [
        ("la secretaria de Turismo", DEPUTY),
        ("Elena Prado", MINISTER),
        ("la prensa", "PREGUNTA"),
        ("pregunta", "PREGUNTA"),
        ("el", MINISTER),
        ("Ana", ""),
    ],
)
def test_others_are_not_taken_for_them(called: str, label: str) -> None:
    assert not speaker_called(called, "es")(label)
