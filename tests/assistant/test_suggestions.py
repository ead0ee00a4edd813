from datetime import date
from pathlib import Path

from assistant.suggestions import suggest
from index.document import Document

SEED = next((Path(__file__).parents[2] / "documents").glob("2026-01-16-*.txt"))


def document(text: str, day: date | None = date(2026, 1, 16)) -> Document:
    return Document("a", "a.txt", "Título", text, "es", day)


def test_questions_name_what_the_document_names_with_its_article() -> None:
    text = "Ayer sesionó el Grupo de Implementación de Seguridad. Lo confirmó el Grupo de Implementación de Seguridad."
    assert suggest([document(text)], "es") == (
        "¿Qué dice el documento del 16 de enero de 2026 sobre el Grupo de Implementación de Seguridad?",
    )
    assert suggest([document(text)], "en") == (
        "What does the document of January 16, 2026 say about Grupo de Implementación de Seguridad?",
    )


def test_what_is_first_told_of_with_an_indefinite_article_or_none_is_known_afterwards() -> None:
    assert suggest([document("Convocaron una Reunión Ministerial de Seguridad.", None)], "es") == (
        "¿Qué se dice sobre la Reunión Ministerial de Seguridad?",
    )
    text = "Copa de Oro: así se vivió. Ganó la Copa de Oro."
    assert suggest([document(text, None)], "es") == ("¿Qué se dice sobre la Copa de Oro?",)


def test_somebody_with_an_office_is_asked_for_by_name() -> None:
    assert suggest([document("Así lo dijo la canciller María Ruiz a la prensa.")], "es") == (
        "¿Quién es María Ruiz?",
    )


def test_an_undated_document_is_not_asked_for_by_date() -> None:
    assert suggest([document("Llegó a Ciudad Juárez el tren.", None)], "es") == (
        "¿Qué se dice sobre Ciudad Juárez?",
    )


def test_documents_take_turns() -> None:
    first, second = (
        document("Ana Paz y Luis Rey llegaron. Eva Sol, no."),
        document("Todo pasó en Puerto Viejo."),
    )
    asked = suggest([first, second], "es", count=2)
    assert "Puerto Viejo" in asked[1]


def test_a_document_that_names_nothing_gives_no_question() -> None:
    assert suggest([document("no hay nombres aquí.")], "es") == ()
    assert suggest([], "es") == ()


def test_the_shipped_document_gives_different_questions_in_both_languages() -> None:
    shipped = document(SEED.read_text("utf-8"))
    for language in ("es", "en"):
        questions = suggest([shipped], language)
        assert len(set(questions)) == 4
        assert all(question.endswith("?") for question in questions)
