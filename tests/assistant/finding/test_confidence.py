"""How sure a passage makes an answer, and what that rests on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.finding.confidence import RatedPassage, missing_figures, read_closely
from assistant.finding.retrieval import Retriever
from assistant.finding.weights import weights
from tests.news import small_archive

DOCUMENTS = (
    {"id": "contrato", "title": "Contrato", "text": "La renta es de 850 euros al mes. Vence en 2027."},
    {"id": "acta", "title": "Acta", "text": "La junta aprobó pintar el portal. Votaron doce vecinos."},
    {"id": "menu", "title": "Menú", "text": "El lunes hay lentejas y el martes hay arroz con verduras."},
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("rated"), DOCUMENTS) as opened:
        yield opened


def rated(retriever: Retriever, question: str, most: int = 8) -> list[RatedPassage]:
    read = retriever.read(question)
    return read_closely(retriever, read, retriever.search(read, limit=8), most=most)


def test_every_weight_is_for_a_feature_and_every_feature_has_one(archive: Assistant) -> None:
    (first, *_) = rated(archive.retriever(), "¿Cuánto es la renta?")
    weighed = {name for table in ("order", "read", "unread") for name in weights(table)}
    assert weighed == set(first.features)


def test_passages_come_by_the_chance_that_they_answer(archive: Assistant) -> None:
    passages = rated(archive.retriever(), "¿Cuánto es la renta?")
    assert passages[0].passage.document.id == "contrato"
    chances = [one.chance for one in passages]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)


@pytest.mark.parametrize("question", ["¿Cuánto es la renta?", "¿Qué aprobó la junta?", "¿Qué hay el martes?"])
def test_what_was_not_read_stands_behind_all_that_was(archive: Assistant, question: str) -> None:
    read, *unread = rated(archive.retriever(), question, most=1)
    assert len(unread) == 2
    assert all(one.chance <= read.chance for one in unread)


def test_without_a_reader_the_order_of_the_search_stays_and_there_is_an_answer(tmp_path: Path) -> None:
    with small_archive(tmp_path, DOCUMENTS) as opened:
        settings = Settings(**{**opened.settings.model_dump(), "reader": False})
    with Assistant(settings) as plain:
        retriever = plain.retriever()
        read = retriever.read("¿Qué aprobó la junta?")
        candidates = retriever.search(read, limit=8)
        passages = read_closely(retriever, read, candidates, most=8)
        assert [one.passage.candidate for one in passages] == candidates
        assert not any(one.passage.spans for one in passages)
        assert "portal" in plain.ask("¿Qué aprobó la junta sobre pintar el portal?").text


def test_a_year_that_a_passage_does_not_hold_counts_against_it(archive: Assistant) -> None:
    retriever = archive.retriever()
    assert missing_figures(retriever.read("¿Cuánto era la renta en 2019?"), DOCUMENTS[0]["text"]) == ["2019"]
    assert missing_figures(retriever.read("¿Vence en 2027?"), DOCUMENTS[0]["text"]) == []
