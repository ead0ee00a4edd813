"""Finding chunks in a small archive, with the real store, full text, vectors and embedding."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from index.filters import DocumentFilter
from tests.news import small_archive

DOCUMENTS = (
    {
        "id": "puente",
        "date": "2024-03-01",
        "title": "Abren el puente de Arteaga",
        "text": "Abren el puente de Arteaga\n\nEl puente se abrió el 3 de marzo. La obra mide 412 metros. "
        "El alcalde Julián Ferrat cortó la cinta.",
    },
    {
        "id": "feria",
        "date": "2024-05-02",
        "title": "Feria del queso",
        "text": "La feria del queso recibió a 9 000 visitantes. Los productores vendieron 14 toneladas.",
    },
    {
        "id": "puente-cerrado",
        "date": "2025-03-01",
        "title": "Cierran el puente de Arteaga",
        "text": "El puente de Arteaga cerró por reparaciones. Los vecinos cruzan el río en lancha.",
    },
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("archive"), DOCUMENTS) as opened:
        yield opened


def documents(archive: Assistant, question: str, wanted: DocumentFilter | None = None) -> list[str]:
    found = archive.retriever().retrieve(question, wanted=wanted or DocumentFilter())
    return [candidate.chunk.document for candidate in found]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("¿Cuánto mide el puente de Arteaga?", "puente"),
        ("¿Cuántos visitantes tuvo la feria?", "feria"),
        ("How many people visited the cheese fair?", "feria"),
        ("Who cut the ribbon at the new bridge?", "puente"),
    ],
)
def test_the_document_that_answers_comes_first_in_either_language(
    archive: Assistant, question: str, document: str
) -> None:
    assert documents(archive, question)[0] == document


def test_candidates_come_best_first_and_no_more_than_asked_for(archive: Assistant) -> None:
    found = archive.retriever().retrieve("¿Qué pasó con el puente?", limit=2)
    assert len(found) == 2
    assert found[0].score >= found[1].score


@pytest.mark.parametrize("favoured", ["puente", "puente-cerrado"])
def test_of_documents_that_are_much_alike_the_favoured_one_comes_first(
    archive: Assistant, favoured: str
) -> None:
    retriever = archive.retriever()
    found = retriever.search(
        retriever.read("¿Qué dicen del puente los vecinos de Arteaga y su alcalde?"), favoured=[favoured]
    )
    assert found[0].chunk.document == favoured


def test_a_document_that_is_beside_the_question_does_not_come_first_for_being_favoured(
    archive: Assistant,
) -> None:
    retriever = archive.retriever()
    found = retriever.search(retriever.read("¿Cuánto mide el puente de Arteaga?"), favoured=["feria"])
    assert found[0].chunk.document == "puente"


def test_a_filter_keeps_out_what_does_not_pass_it(archive: Assistant) -> None:
    late = DocumentFilter(published_from=date(2024, 4, 1))
    assert set(documents(archive, "¿Qué pasó con el puente de Arteaga?", late)) == {"feria", "puente-cerrado"}
    assert set(documents(archive, "¿Qué pasó?", DocumentFilter(documents=("feria",)))) == {"feria"}


def test_a_question_of_stop_words_or_of_signs_is_still_searched(archive: Assistant) -> None:
    assert documents(archive, "¿Y qué más?")
    assert documents(archive, "??")
