"""Finding chunks in a small archive, with the real store, full text, vectors and embedding."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.finding.evidence import evidence_features, select_evidence, sentences_of
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


def test_the_sentence_that_answers_is_the_first_evidence_and_the_title_is_not(archive: Assistant) -> None:
    retriever = archive.retriever()
    question = retriever.read("¿Cuántos metros mide el puente de Arteaga?")
    evidence = select_evidence(question, retriever.search(question), retriever.store.document)
    assert "412 metros" in evidence[0].quote
    assert [item.number for item in evidence] == list(range(1, len(evidence) + 1))
    assert all(item.quote == item.document.text[item.span.start : item.span.end] for item in evidence)
    assert len({item.quote for item in evidence}) == len(evidence)


def test_a_headline_that_the_text_repeats_is_no_sentence_to_quote(archive: Assistant) -> None:
    retriever = archive.retriever()
    question = retriever.read("¿Quién abre el puente de Arteaga?")
    candidates = retriever.search(question, wanted=DocumentFilter(documents=("puente",)))
    sentences = [sentence.text for sentence in sentences_of(question, candidates, retriever.store.document)]
    assert "El alcalde Julián Ferrat cortó la cinta." in sentences
    assert not any("Abren el puente" in sentence for sentence in sentences)


def test_most_of_a_headline_is_known_as_one_and_a_sentence_of_its_words_is_not(tmp_path: Path) -> None:
    title = "Versión completa. Abren el puente de Arteaga sobre el río Salado"
    text = f"{title}\n\nEl puente de Arteaga. El puente de Arteaga mide 412 metros."
    document = {"id": "puente", "date": "2024-03-01", "title": title, "text": text}
    with small_archive(tmp_path, [document]) as opened:
        retriever = opened.retriever()
        question = retriever.read("¿Qué puente abren?")
        sentences = sentences_of(question, retriever.search(question), retriever.store.document)
        titles = evidence_features(question, sentences)["title"]
    headlines = [sentence.text for sentence, title in zip(sentences, titles, strict=True) if title]
    assert headlines == ["Abren el puente de Arteaga sobre el río Salado"]


def test_evidence_is_never_more_than_asked_for(archive: Assistant) -> None:
    retriever = archive.retriever()
    question = retriever.read("¿Qué pasó con el puente?")
    candidates = retriever.search(question)
    assert len(select_evidence(question, candidates, retriever.store.document, limit=1)) == 1
    assert select_evidence(question, [], retriever.store.document) == ()


def test_a_document_that_went_meanwhile_gives_no_evidence(archive: Assistant) -> None:
    retriever = archive.retriever()
    question = retriever.read("¿Cuánto mide el puente?")
    assert select_evidence(question, retriever.search(question), lambda _: None) == ()
