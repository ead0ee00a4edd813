"""Lists and counts of documents, from the store's full text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answer import Answer

REPORTS = {
    "partes/parte-1.txt": "Parte de guardia 1\nFecha: 2025-01-14\n\nHubo un incendio en Lorca. Acudió Pedro Ruiz.",
    "partes/parte-2.txt": "Parte de guardia 2\nFecha: 2025-02-21\n\nHubo un rescate en Lorca. Avisó Ana Ruiz.",
    "partes/parte-3.txt": "Parte de guardia 3\nFecha: 2025-02-27\n\nHubo un incendio en Totana. Lo cerró la jefa Ruiz.",
    "correo/aviso.eml": (
        "From: ana@example.org\nDate: Mon, 03 Mar 2025 10:00:00 +0000\nSubject: Aviso\n\n"
        "El incendio de Totana está apagado.\n"
    ),
    "guia.md": (
        "# Guía\n\nSe abre el portón a mano. En un incendio se llama a la central antes de salir, y no se cuelga hasta "
        "que contesta quien esté de guardia."
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    settings = Settings(documents=folder, index=tmp_path_factory.mktemp("index"), engine="extractive")
    with Assistant(settings) as opened:
        opened.sync()
        yield opened


def paths(answer: Answer) -> list[str]:
    return [citation.document.path for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "opening", "listed"),
    [
        ("¿Qué partes hablan de Lorca?", "Partes que mencionan «Lorca»: 2.", ["parte-1", "parte-2"]),
        ("¿Cuántos partes de febrero hay?", "Partes (febrero): 2.", ["parte-2", "parte-3"]),
        ("¿Cuántos partes de 2019 hay?", "Partes (2019): 0.", []),
        ("¿Qué correos hablan del incendio?", "Correos que mencionan «incendio»: 1.", ["aviso"]),
        ("¿Cuántas guardias hubo en Lorca?", "Guardias que mencionan «Lorca»: 2.", ["parte-1", "parte-2"]),
        ("Which documents mention Ana Ruiz?", "Documents that mention “Ana Ruiz”: 2.", ["parte-2", "parte-3"]),
        ("¿Cuál fue la última guardia en Lorca?", "", ["parte-2"]),
    ],
)  # fmt: skip
def test_all_documents_of_a_kind_that_speak_of_a_subject_are_counted_and_quoted(
    archive: Assistant, question: str, opening: str, listed: list[str]
) -> None:
    answer = archive.ask(question)
    assert answer.text.startswith(opening) and answer.sure
    assert [Path(path).stem for path in paths(answer)] == listed
    assert all(citation.verified for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "¿Cuántos documentos hay en el archivo?",
            "5 documentos",
        ),
        ("Since when are there documents?", "Documents: 5. The oldest is of January 14, 2025"),
        ("¿Cuántos documentos hay por mes?", "- febrero de 2025: 2\n"),
        ("¿Cuál es el documento más largo?", "El más largo es «Guía»"),
    ],
)
def test_what_the_archive_holds_is_told_from_the_store(archive: Assistant, question: str, told: str) -> None:
    assert told in archive.ask(question).text


def test_things_that_no_document_counts_are_not_told_as_a_sure_number(archive: Assistant) -> None:
    answer = archive.ask("¿Cuántos incendios hubo en Totana?")
    assert not answer.sure and "Documentos que mencionan «incendios Totana»: 2." in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué partes hablan de Cartagena?",
        "¿Cuántas becas hubo en Lorca?",
        "¿Qué hay que hacer en un incendio?",
    ],
)
def test_what_is_no_list_or_an_empty_one_is_left_to_the_passages(archive: Assistant, question: str) -> None:
    assert "que mencionan" not in archive.ask(question).text
