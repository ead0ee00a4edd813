"""Which sentences of the passages read become evidence."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, Settings
from assistant.answer import Evidence
from assistant.finding.choosing import choose, choose_evidence, likelihood
from assistant.finding.confidence import RatedPassage, read_closely
from assistant.finding.evidence import may_prove
from assistant.finding.passages import Sentence
from index.document import Document, Span
from index.filters import EVERYTHING, DocumentFilter
from index.text.sentences import split_sentences
from tests.assistant.finding.test_retrieval import DOCUMENTS
from tests.news import small_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("archive"), DOCUMENTS) as opened:
        yield opened


def read(archive: Assistant, question: str, wanted: DocumentFilter = EVERYTHING) -> list[RatedPassage]:
    retriever = archive.retriever()
    asked = retriever.read(question)
    return read_closely(retriever, asked, retriever.search(asked, wanted=wanted), most=8)


def chosen(archive: Assistant, question: str, limit: int = 6) -> tuple[Evidence, ...]:
    asked = archive.retriever().read(question)
    passages = read(archive, question)
    return choose_evidence(asked, passages, lambda sentence: may_prove(sentence, asked.question), limit)


def chosen_of_table(folder: Path, rows: str, question: str) -> tuple[Evidence, ...]:
    """The evidence that an archive of one table has for a question."""
    (folder / "documents").mkdir()
    (folder / "documents" / "table.csv").write_text(rows, "utf-8")
    settings = Settings(documents=folder / "documents", index=folder / "index", engine="extractive")
    with Assistant(settings) as opened:
        opened.sync()
        return chosen(opened, question)


def test_the_sentence_that_answers_is_the_first_evidence_with_its_words_marked(archive: Assistant) -> None:
    evidence = chosen(archive, "¿Cuántos metros mide el puente de Arteaga?")
    first = evidence[0]
    assert "412 metros" in first.quote
    assert first.answer is not None
    assert "412" in first.answer.span.of(first.document.text)
    assert [item.number for item in evidence] == list(range(1, len(evidence) + 1))
    assert len({item.quote for item in evidence}) == len(evidence)


def test_answers_stand_within_the_evidence_that_has_them(archive: Assistant) -> None:
    for item in chosen(archive, "¿Quién cortó la cinta del puente?"):
        assert item.answer is None or item.span.holds(item.answer.span)


def test_the_likelihood_is_that_of_the_best_passage(archive: Assistant) -> None:
    question = "¿Cuántos metros mide el puente de Arteaga?"
    passages = read(archive, question)
    assert likelihood(chosen(archive, question)) == pytest.approx(passages[0].chance, abs=1e-4)
    assert likelihood(()) == 0.0


def test_evidence_is_never_more_than_asked_for(archive: Assistant) -> None:
    assert len(chosen(archive, "¿Qué pasó con el puente?", limit=1)) == 1
    assert choose_evidence(archive.retriever().read("¿Qué?"), [], lambda _: True) == ()


def test_nothing_is_chosen_of_what_may_not_be_quoted(archive: Assistant) -> None:
    question = "¿Cuánto mide el puente?"
    asked = archive.retriever().read(question)
    assert choose_evidence(asked, read(archive, question), lambda _: False) == ()


def test_a_document_that_went_meanwhile_gives_no_evidence(tmp_path: Path) -> None:
    with small_archive(tmp_path, DOCUMENTS) as opened:
        retriever = opened.retriever()
        asked = retriever.read("¿Cuánto mide el puente?")
        candidates = retriever.search(asked)
        kept = [json.dumps(document) for document in DOCUMENTS if document["id"] != "puente"]
        (tmp_path / "documents" / "archive.jsonl").write_text("\n".join(kept), "utf-8")
        opened.sync(allow_mass_removal=True)
        left = read_closely(opened.retriever(), asked, candidates, most=8)
        assert "puente" not in {one.passage.document.id for one in left}


TEXT = (
    "El puente se abrió en marzo. La obra mide 412 metros. Los vecinos cruzan en bicicleta.\n\n"
    "El alcalde cortó la cinta."
)


def picked(scores: list[float], text: str = TEXT, limit: int = 6) -> tuple[Evidence, ...]:
    document = Document("d", "d.txt", "Puente", text, "es")
    spans = split_sentences(text)
    sentences = [
        Sentence(document, span, spans[max(0, place - 1)], 0.8 + place / 100, 0.0)
        for place, span in enumerate(spans)
    ]
    return choose(sentences, np.array(scores), limit)


def test_the_best_comes_first_and_each_is_numbered() -> None:
    best, *others = picked([3.0, 2.5, -4.0, -5.0])
    assert best.quote == "El puente se abrió en marzo."
    assert best.score == 3.0
    assert best.similarity == pytest.approx(0.8)
    assert [other.number for other in others] == [2, 3, 4]


def test_there_are_no_more_quotes_than_asked_for_and_none_overlap() -> None:
    found = picked([1.0, -4.0, 4.0, -9.0], limit=2)
    assert [item.quote for item in found] == [
        "Los vecinos cruzan en bicicleta.",
        "El puente se abrió en marzo.",
    ]
    spans = sorted(item.span for item in found)
    assert all(first.end <= second.start for first, second in pairwise(spans))


def test_the_same_words_twice_in_a_document_are_quoted_once() -> None:
    text = "La obra mide 412 metros.\n\nNada más se supo.\n\nLa obra mide 412 metros."
    assert [item.span for item in picked([2.0, -5.0, 1.0], text)] == [Span(0, 24), Span(26, 43)]


SUPPLIERS = (
    "Proveedor;Ciudad;Plazo de pago\nHarlow;Leeds;30 días\nTerralog;Sabadell;60 días\nNorvik;Oslo;45 días\n"
)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("¿Qué plazo de pago tiene Terralog?", ["Terralog"]),
        ("¿Qué plazo de pago tiene el proveedor de Oslo?", ["Norvik"]),
        ("¿Qué plazos de pago hay?", ["Harlow", "Norvik", "Terralog"]),
    ],
)
def test_a_row_is_no_evidence_where_another_has_the_name_that_is_asked_about(
    tmp_path: Path, question: str, rows: list[str]
) -> None:
    evidence = chosen_of_table(tmp_path, SUPPLIERS, question)
    assert sorted(item.quote.split(";")[0].removeprefix("Proveedor: ") for item in evidence) == rows


COURSES = (
    "Taller;Monitora;Comienza\nCerámica;Inés Prats;7 de octubre\nHuerto urbano;Pau Riera;\n"
    "Ajedrez;Elsa Duarte;9 de octubre\n"
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        (
            "¿Cuándo comienza el taller de cerámica?",
            ["Taller: Cerámica; Monitora: Inés Prats; Comienza: 7 de octubre"],
        ),
        ("¿Cuándo comienza el huerto urbano?", []),
    ],
)
def test_a_day_that_a_row_lacks_is_told_by_no_other_row(
    tmp_path: Path, question: str, quotes: list[str]
) -> None:
    assert [item.quote for item in chosen_of_table(tmp_path, COURSES, question)] == quotes
