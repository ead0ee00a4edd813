"""A summary of a document that the question names by its title or its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.finding.documents import named_document, named_file
from assistant.questions.subject import document_asked_about
from index.document import Listed
from index.filters import DocumentFilter
from tests.news import small_archive

LEASE = """CONTRATO DE ARRENDAMIENTO DE LOCAL

La renta mensual se fija en 2.350 euros, pagaderos por adelantado dentro de los cinco primeros días de cada mes.

La fianza asciende a dos mensualidades de renta, que se devolverán al término del contrato de arrendamiento.
"""
ADDENDUM = """ADENDA AL CONTRATO DE ARRENDAMIENTO DE LOCAL

La duración del contrato de arrendamiento del local se amplía por tres años más desde la firma de esta adenda.
"""
RULING = """Sentencia del juzgado de Lomas

El juzgado condena a la panadería a pagar la renta de agosto del contrato de arrendamiento del local.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = [
        {"id": name, "title": text.split("\n", 1)[0], "text": text}
        for name, text in {"lease": LEASE, "addendum": ADDENDUM, "ruling-43-2026": RULING}.items()
    ]
    with small_archive(tmp_path_factory.mktemp("contracts"), documents) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Resume el contrato de arrendamiento", "lease"),
        ("¿De qué trata la adenda al contrato de arrendamiento?", "addendum"),
        ("Por favor, resume la sentencia del juzgado de Lomas", "ruling-43-2026"),
        ("Resume la sentencia 43/2026", "ruling-43-2026"),
        ("Summarize the ruling 43/2026", "ruling-43-2026"),
        ("¿Qué dice la adenda?", "addendum"),
        ("What does the addendum change?", "addendum"),
    ],
)
def test_a_summary_of_a_named_document_is_of_that_one_alone(
    archive: Assistant, question: str, named: str
) -> None:
    answer = archive.ask(question)
    assert answer.answered
    assert {citation.document.id.rpartition("#")[2] for citation in answer.citations} == {named}


def test_a_named_document_that_the_filter_leaves_out_is_not_told(archive: Assistant) -> None:
    (ruling,) = (each.id for each in archive.catalogue() if "ruling" in each.id)
    answer = archive.ask("Resume el contrato de arrendamiento", wanted=DocumentFilter(documents=(ruling,)))
    assert {citation.document.id for citation in answer.citations} <= {ruling}


def test_two_documents_that_are_named_are_compared_by_what_each_says(archive: Assistant) -> None:
    answer = archive.ask("Compara el contrato de arrendamiento con la adenda")
    quotes = {citation.document.id.rpartition("#")[2]: citation.quote for citation in answer.citations}
    assert quotes.keys() == {"lease", "addendum"}
    assert "fianza" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué pasó con el contrato de arrendamiento?",
        "Resume la reforma electoral",
        "Resume el contrato",
        "Resume el contrato de Zárate",
        "¿Qué dice la reforma electoral?",
        "¿Qué dice el contrato de obra sobre los plazos?",
    ],
)
def test_a_topic_is_no_document_and_nor_is_one_of_several(question: str) -> None:
    titles = ("Contrato de arrendamiento", "Contrato de obra", "La reforma electoral, aprobada")
    documents = [Listed(str(number), f"{number}.txt", title, "es") for number, title in enumerate(titles)]
    assert named_document(document_asked_about(question), "es", documents) is None


def test_the_path_names_a_document_that_has_no_title() -> None:
    documents = [Listed(path, path, "", "es") for path in ("correos/2025_acta_consejo.eml", "acta-junta.md")]
    assert named_document("el acta del consejo", "es", documents) == "correos/2025_acta_consejo.eml"


def listed(path: str, title: str) -> Listed:
    return Listed(path, path, title, "es")


@pytest.mark.parametrize(
    "name", ["lease_2024.txt", "LEASE_2024.TXT", "flats/lease_2024.txt", "«lease_2024.txt»"]
)
def test_a_file_is_known_by_its_name_or_path_in_any_case(name: str) -> None:
    named = named_file(f"¿Qué fianza hay en {name}?", [listed("flats/lease_2024.txt", "Contrato")])
    assert named is not None and named.documents == ("flats/lease_2024.txt",)
    assert named.titled(f"¿Qué fianza hay en {name}?").replace("«", "").replace("»", "") == (
        "¿Qué fianza hay en Contrato?"
    )


@pytest.mark.parametrize(
    "question", ["¿Cuánto vale 3.5 del total?", "¿Qué dijo el Sr. López?", "¿Y en EE.UU.?"]
)
def test_abbreviations_and_numbers_name_no_file(question: str) -> None:
    assert named_file(question, [listed("lease.txt", "Contrato")]) is None


def test_the_list_of_documents_is_not_read_for_a_question_that_names_no_file_and_no_document() -> None:
    def unread() -> Iterator[Listed]:
        pytest.fail("the list was read")
        yield

    assert named_file("¿Quién firmó el contrato?", unread()) is None
    assert named_document("", "es", unread()) is None


def test_a_file_that_the_archive_does_not_have_is_none() -> None:
    assert named_file("¿Qué dice otra.pdf?", [listed("lease.txt", "Contrato")]) is None


def test_what_is_asked_of_a_file_is_answered_from_that_file_alone(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    for number, sum_ in ((1, 700), (2, 900)):
        text = f"CONTRATO DE LA NAVE\n\nLa fianza es de {sum_} euros."
        (tmp_path / "documents" / f"nave_{number}.txt").write_text(text, "utf-8")
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    with Assistant(settings) as archive:
        archive.sync()
        answer = archive.ask("¿De cuánto es la fianza en nave_2.txt?")
    assert {citation.document.id for citation in answer.citations} == {"nave_2.txt"}
    assert "900" in answer.text
