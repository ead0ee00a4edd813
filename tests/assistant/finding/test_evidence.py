"""What of a transcript may be quoted, and what only surrounds it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Retrieved
from assistant.assistant import Assistant
from assistant.finding.evidence import speaker_called
from tests.news import small_archive

TITLE = "Conferencia de prensa de la gobernadora Elena Prado Quiroga con los medios del estado, del 12 de enero de 2026"
TRANSCRIPT = f"""{TITLE}

GOBERNADORA DE LOMAS, ELENA PRADO QUIROGA
Buenos días. Hablé el viernes con el alcalde Julio Ferrer por teléfono.

PREGUNTA
¿Qué le dijo sobre el tranvía?

GOBERNADORA DE LOMAS, ELENA PRADO QUIROGA
Le dije que el tranvía seguirá siendo gratis para los mayores.

PREGUNTA
Gracias.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    document = {"text": TRANSCRIPT, "date": "2026-01-12"}
    with small_archive(tmp_path_factory.mktemp("transcript"), [document]) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué dijo la gobernadora Elena Prado sobre el tranvía?",
        "What did governor Elena Prado say about the tram?",
    ],
)
def test_a_label_is_no_quote_for_what_its_speaker_says(archive: Assistant, question: str) -> None:
    answer = archive.ask(question)
    assert answer.answered
    assert not any(citation.quote.isupper() for citation in answer.citations)


def test_a_label_says_who_somebody_is(archive: Assistant) -> None:
    assert "GOBERNADORA DE LOMAS" in archive.ask("¿Quién es Elena Prado Quiroga?").text.upper()


def test_the_day_in_a_title_dates_nothing_but_the_document(archive: Assistant) -> None:
    answer = archive.ask("¿Cuándo habló Elena Prado con Julio Ferrer?")
    assert not any(TITLE.startswith(citation.quote[:20]) for citation in answer.citations)
    assert "9 de enero de 2026" in answer.text


def test_the_title_dates_the_document_itself(archive: Assistant) -> None:
    answer = archive.ask("¿Cuándo fue la conferencia de prensa de Elena Prado?")
    assert "12 de enero de 2026" in answer.text


def test_signs_without_words_are_no_evidence(tmp_path: Path) -> None:
    text = "\n\n".join(f"{sign}\n\nLa ministra habló de Venezuela." for sign in ("---", "―", "…", "***"))
    with small_archive(tmp_path, [{"text": text, "date": "2026-01-12"}]) as opened:
        quotes = retrieved(opened, "¿Qué se dijo sobre Venezuela?")
    assert quotes
    assert all("Venezuela" in quote for quote in quotes)


LIST = """## Sueldos de la plantilla

Irene Costa

La encargada cobra 1.900 euros al mes.

El horno está apagado.
"""


def test_neither_a_heading_nor_what_repeats_the_question_is_evidence(tmp_path: Path) -> None:
    with small_archive(tmp_path, [{"text": LIST, "title": "Notas", "date": "2026-01-12"}]) as opened:
        quotes = retrieved(opened, "¿Cuánto cobra Irene Costa en los sueldos de la plantilla?")
        said = retrieved(opened, "¿Está apagado el horno?")
    assert "La encargada cobra 1.900 euros al mes." in quotes
    assert not any("Sueldos de la plantilla" in quote or quote == "Irene Costa" for quote in quotes)
    assert "El horno está apagado." in said


def retrieved(archive: Assistant, question: str) -> list[str]:
    events = list(archive.stream(question))
    return [item.quote for event in events if isinstance(event, Retrieved) for item in event.evidence]


MINISTER = "SECRETARIA DE TURISMO, JOSEFINA RÍOS ZAMORA"
DEPUTY = "SUBSECRETARIO DE LA SECRETARÍA DE TURISMO, JULIO FERRER"
PRESS = f"""PRESIDENTA DE LOMAS, ELENA PRADO
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
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = [{"text": PRESS, "date": "2026-01-12"}]
    with small_archive(tmp_path_factory.mktemp("transcript"), documents) as opened:
        yield opened


def quotes(press: Assistant, question: str) -> list[str]:
    return [citation.quote for citation in press.ask(question).citations]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué dijo Josefina Ríos sobre las playas?",
        "¿Qué dijo la secretaria de Turismo sobre las playas?",
        pytest.param(
            "What did Josefina Ríos say about the beaches?",
            marks=pytest.mark.xfail(strict=True, reason="the reader knows reported speech in Spanish only"),
        ),
    ],
)
def test_what_somebody_says_of_a_topic_is_in_their_own_words(press: Assistant, question: str) -> None:
    found = quotes(press, question)
    assert "40 mil turistas" in found[0]
    assert not any("temporal" in quote or "Hoy está" in quote for quote in found)


def test_all_that_somebody_says_is_told_in_points(press: Assistant) -> None:
    answer = press.ask("¿Qué dijo la secretaria de Turismo?")
    assert all(sentence.point for sentence in answer.sentences)
    assert "40 mil turistas" in answer.text and "tres hoteles" in answer.text
    assert "impuesto" not in answer.text and "temporal" not in answer.text


def test_the_day_of_a_speech_is_the_day_of_its_transcript(press: Assistant) -> None:
    assert "impuesto" in press.ask("¿Qué dijo la presidenta el 12 de enero de 2026?").text
    assert "impuesto" not in press.ask("¿Qué dijo la presidenta el 15 de enero de 2026?").text


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
