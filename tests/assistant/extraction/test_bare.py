"""The bare answer: whole figures, dates with their year, and nothing where something speaks against it."""

from datetime import date

import pytest

from assistant.answer import Evidence, ReadAnswer
from assistant.extraction.shown_quotes import bare_answer
from assistant.questions.understanding import understand
from index.document import Document, Span
from index.readers.draft import Draft


def told(
    question: str, text: str, answer: str, *, score: float = 5.0, margin: float = 5.0, language: str = "es"
) -> str:
    document = Document("d", "d.txt", "", text, language, date(2026, 1, 16))
    start = text.index(answer)
    read = ReadAnswer(Span(start, start + len(answer)), score, margin)
    item = Evidence(1, document, Span(0, len(text)), 1.0, 0.9, answer=read)
    return bare_answer(understand(question, language), item)


@pytest.mark.parametrize(
    ("question", "text", "read", "whole"),
    [
        ("¿Cuántas cirugías hubo?", "Hubo mil 397 cirugías en el mes.", "397", "mil 397"),
        ("¿Cuánto costó?", "La obra costó 2.750,50 euros en total.", "750", "2.750,50 euros"),
        ("¿Cuánto se pagó?", "Se pagaron mil 300 millones de pesos.", "300", "mil 300 millones de pesos"),
        ("¿Qué porcentaje falta?", "Falta un 3,5 % de la obra.", "3,5", "3,5 %"),
        ("¿Cuánto tarda?", "El envío tarda 12 meses.", "12", "12 meses"),
    ],
)
def test_a_figure_is_never_cut_and_carries_its_unit(question: str, text: str, read: str, whole: str) -> None:
    assert told(question, text, read) == whole


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("En España son 26,67 euros sin pernoctar y 53,34 euros con pernocta.", "26,67 euros"),
        ("En Lima se contaron 300 viviendas y en Cuzco, 412.", "300"),
        ("Hubo 12 % de faltas el lunes y 15 % el martes.", "12 %"),
    ],
)
def test_of_two_figures_of_the_same_in_a_sentence_none_is_told_alone(text: str, read: str) -> None:
    assert told("¿Cuánto es?", text, read) == ""


def test_figures_of_other_things_in_a_sentence_do_not_count() -> None:
    assert told("¿Cuántos heridos hubo?", "En 2024 hubo 5 heridos y 3 muertos.", "5") == "5"


def test_a_date_is_told_with_its_year() -> None:
    assert told("¿Cuándo es la cita?", "La cita es el 23 de enero.", "23 de enero") == "23 de enero de 2026"


def test_two_dates_in_the_words_read_open_no_answer() -> None:
    text = "La cita es el 23 de enero o el 4 de febrero."
    assert told("¿Cuándo es la cita?", text, "23 de enero o el 4 de febrero") == ""


def test_words_that_are_hardly_likelier_than_others_open_no_answer() -> None:
    text = "Firmó Ana Ruiz."
    assert told("¿Quién firmó?", text, "Ana Ruiz") == "Ana Ruiz"
    assert told("¿Quién firmó?", text, "Ana Ruiz", margin=0.5) == ""
    assert told("¿Quién firmó?", text, "Ana Ruiz", score=-1.0) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [("El acta no se firmó en Tudela.", "es"), ("The deed was not signed in Tudela.", "en")],
)
def test_a_clause_that_is_denied_opens_no_answer(text: str, language: str) -> None:
    question = {"es": "¿Dónde se firmó el acta?", "en": "Where was the deed signed?"}[language]
    assert told(question, text, "Tudela", language=language) == ""


def test_a_denial_in_another_clause_does_not_count() -> None:
    assert told("¿Dónde se firmó?", "No hubo notario, y se firmó en Tudela.", "Tudela") == "Tudela"


def test_a_count_needs_a_figure_and_a_person_a_name() -> None:
    assert told("¿Cuántos vinieron?", "Vinieron los vecinos del barrio.", "los vecinos") == ""
    assert told("¿Quién vino?", "Vino gente del barrio.", "gente") == ""


def test_of_several_names_none_is_told_alone_unless_one_holds_an_office() -> None:
    attended = "Asistentes: Carmen Solís (presidenta), Tomás Gil, Aitor Vega."
    assert (
        told("¿Quién asistió a la junta?", attended, "Carmen Solís (presidenta), Tomás Gil, Aitor Vega") == ""
    )
    spoke = "Hablaron el canciller Juan Ramos, y el secretario Marco Ruiz."
    assert told("¿Quién es el canciller?", spoke, "Juan Ramos, y el secretario Marco Ruiz") == "Juan Ramos"


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert told("¿Qué dice la ministra Ruiz?", "La ministra Ruiz dice que sí.", "ministra Ruiz") == ""


def test_a_reason_is_told_by_its_sentence() -> None:
    assert told("¿Por qué cerró?", "Cerró por falta de agua.", "por falta de agua") == ""


def test_a_day_is_no_hour() -> None:
    text = "Se levanta la sesión a las 21:10. La próxima será el 11 de junio."
    assert told("¿A qué hora terminó la asamblea?", text, "11 de junio") == ""
    assert told("¿A qué hora terminó la asamblea?", text, "21:10") == "21:10"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La alcaldesa, Ana Ruiz, abrió el pleno de Lomas.", "Ana Ruiz"),
        ("En Lomas firmó el contrato Ana Ruiz.", ""),
    ],
)
def test_who_holds_an_office_is_told_by_a_sentence_that_names_it(text: str, name: str) -> None:
    assert told("¿Quién es el alcalde de Lomas?", text, "Ana Ruiz") == name


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("¿Quién firmó el informe?", "El informe de Ana Ruiz lo firmó la dirección.", ""),
        ("Who signed the report?", "The report for Ana Ruiz was signed by the management.", ""),
        ("¿De quién es el informe?", "El informe de Ana Ruiz lo firmó la dirección.", "Ana Ruiz"),
        ("¿Quién firmó el informe?", "El informe lo firmó Ana Ruiz.", "Ana Ruiz"),
    ],
)
def test_whom_the_thing_is_of_or_for_did_not_do_it(question: str, text: str, name: str) -> None:
    assert told(question, text, "Ana Ruiz", language="en" if question.startswith("Who") else "es") == name


def test_a_number_in_words_is_nobody() -> None:
    assert told("Who is bringing the chairs?", "Eighty.", "Eighty", language="en") == ""


@pytest.mark.parametrize(
    ("question", "answer"), [("¿De qué color es el bolso?", ""), ("¿Qué importe tiene el bolso?", "185,50 €")]
)
def test_a_thing_that_is_asked_for_stands_in_the_column_that_the_question_names(
    question: str, answer: str
) -> None:
    draft = Draft()
    draft.row(["P-102", "Bolso", "185,50 €"], ["Pedido", "Artículo", "Importe"])
    document = Document("d", "d.csv", "", draft.text, "es", blocks=draft.blocks())
    start = draft.text.index("185,50 €")
    read = ReadAnswer(Span(start, start + 8), 5.0, 5.0)
    item = Evidence(1, document, Span(0, len(draft.text)), 1.0, 0.9, answer=read)
    assert bare_answer(understand(question, "es"), item) == answer
