"""Which questions want a list or a count of documents, told by their shape."""

import pytest

from assistant.questions.list_questions import ListPage, ListQuestion, next_page, read_list_question

MENTIONS = "¿Qué correos hablan del auditorio?"


@pytest.mark.parametrize(
    ("question", "nouns", "subject"),
    [
        (MENTIONS, ("correos",), "auditorio"),
        ("¿En qué notas se menciona a Ana Ruiz?", ("notas",), "Ana Ruiz"),
        ("Which contracts mention Bodegas Alcántara?", ("contracts",), "Bodegas Alcántara"),
        ("Which notes are about the crane?", ("notes",), "crane"),
        ("Quels documents parlent de Cuba ?", ("documents",), "Cuba"),
        ("Lista todas las actas que tratan de la caldera", ("actas",), "caldera"),
        ("¿Cuántos correos hablan de la factura F-2025-044?", ("correos",), "factura F-2025-044"),
        ("¿Qué correos de marzo hablan del auditorio?", ("correos",), "de marzo, auditorio"),
        ("¿Qué documentos hay sobre la caldera?", ("documentos",), "caldera"),
    ],
)
def test_documents_are_asked_for_by_what_they_mention(
    question: str, nouns: tuple[str, ...], subject: str
) -> None:
    asked = read_list_question(question)
    assert asked is not None and asked.speaks
    assert (asked.nouns, asked.subject) == (nouns, subject)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Cuántos documentos hay en el archivo?", ListQuestion(("documentos",), "documentos", "", True)),
        ("¿Cuántas intervenciones hubo en Málaga?", ListQuestion((), "intervenciones", "Málaga", True)),
        ("How many emails from Ana are there?", ListQuestion(("emails",), "emails", "Ana", True)),
        ("¿Qué contratos hay?", ListQuestion(("contratos",), "contratos")),
    ],
)  # fmt: skip
def test_what_there_is_is_counted_or_listed(question: str, expected: ListQuestion) -> None:
    asked = read_list_question(question)
    assert asked is not None and asked.exists and not asked.speaks
    assert (asked.called, asked.subject, asked.counted) == (
        expected.called,
        expected.subject,
        expected.counted,
    )


def test_one_of_them_is_asked_for_by_its_place_and_their_number_by_time() -> None:
    longest = read_list_question("¿Cuál es el documento más largo?")
    first = read_list_question("When was the first repair at North Quay?")
    monthly = read_list_question("¿Cuántos documentos hay por mes?")
    assert longest is not None and longest.order == "longest"
    assert first is not None and (first.order, first.subject) == ("oldest", "North Quay")
    assert monthly is not None and monthly.period == "month"


@pytest.mark.parametrize(
    "question",
    [
        "",
        "¿Qué documentos hay que presentar?",
        "¿Cuántas fotografías hay que enviar?",
        "¿Qué documentos firmaron?",
        "¿Cuántos correos envió Ana?",
        "¿Cuántos contratos de alquiler firmó Elena?",
        "How many homes will be built?",
        "¿Quién habla de Pemex?",
        "¿Qué dice el contrato de la fianza?",
        "¿Cuál es el plazo de entrega?",
        "más",
    ],
)
def test_other_questions_are_left_to_the_passages(question: str) -> None:
    assert read_list_question(question) is None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], None),
        (["¿Quién es Ana Ruiz?"], None),
        ([MENTIONS], ListPage(MENTIONS, 2)),
        ([MENTIONS, MENTIONS], ListPage(MENTIONS, 3)),
        ([MENTIONS, "más", "more"], ListPage(MENTIONS, 4)),
        ([MENTIONS, "¿Quién es Ana Ruiz?"], None),
    ],
)
def test_more_goes_on_with_the_list_before(before: list[str], expected: ListPage | None) -> None:
    assert next_page("¿Más?", before) == expected
    assert next_page("¿Cuándo?", before) is None
