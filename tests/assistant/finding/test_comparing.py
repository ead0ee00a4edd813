"""Evidence for the two sides of a comparison."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from assistant import Assistant, Settings
from assistant.answer import Evidence, Finished
from assistant.finding.comparing import find_sides
from assistant.finding.finder import Finder
from assistant.finding.found import Found
from assistant.questions.sides import sides_of
from index.document import Document, Span
from index.filters import EVERYTHING, DocumentFilter

TODAY = date(2026, 11, 23)

OF_DAYS = {
    "2026-01-05": (
        "La ministra anunció que el TLP se firmará en marzo con los cuatro países de la región. "
        "El acuerdo rebajará los aranceles del trigo y del maíz durante diez años."
    ),
    "2026-01-09": (
        "La orquesta de la ciudad estrenó una sinfonía ante tres mil personas en el teatro municipal. "
        "El director recibió un aplauso de diez minutos y prometió volver el próximo otoño."
    ),
    "2026-01-12": (
        "La ministra reconoció que el TLP no se firmará este año por falta de votos en el Senado. "
        "El gobierno buscará una prórroga de los aranceles que están vigentes."
    ),
    "2026-01-15": "Hoy no hubo sesión.",
}


def test_a_sentence_that_speaks_of_both_sides_stands_under_the_nearer_one(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "2026-01-09.txt").write_text(
        "El ministerio promete abrir el canal del norte en mayo, según dijo la embajada.\n\n"
        "La embajada exige cerrar el canal del sur en junio, según dijo el ministerio.",
        "utf-8",
    )
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    with Assistant(settings) as assistant:
        told = assistant.ask("Compara lo que promete el ministerio con lo que exige la embajada").sentences
    assert [sentence.text.partition("«")[2][:20] for sentence in told if sentence.citations] == [
        "El ministerio promet",
        "La embajada exige ce",
    ]
    assert [sentence.text for sentence in told if not sentence.citations] == [
        "Lo que promete el ministerio:",
        "Lo que exige la embajada:",
    ]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = tmp_path_factory.mktemp("days")
    for name, text in OF_DAYS.items():
        (documents / f"{name}.txt").write_text(text, "utf-8")
    settings = Settings(documents=documents, index=tmp_path_factory.mktemp("index"), engine="extractive")
    with Assistant(settings) as opened:
        yield opened


def test_a_side_that_is_a_day_has_only_what_was_published_then(archive: Assistant) -> None:
    answer = archive.ask("¿Qué diferencia hay entre lo dicho el 5 y el 12 de enero de 2026 sobre el TLP?")
    before, opened, after, closed = answer.sentences
    assert (before.text, after.text) == ("5 de enero de 2026:", "12 de enero de 2026:")
    assert "se firmará" in opened.text and "no se firmará" in closed.text
    assert [str(citation.document.date) for citation in answer.citations] == ["2026-01-05", "2026-01-12"]


def test_days_without_year_are_those_of_the_newest_year_of_the_archive(archive: Assistant) -> None:
    other = replace(archive.engine(), today=lambda: date(2031, 7, 1))
    *_, last = other.stream("Compara lo dicho el 5 y el 12 de enero sobre el TLP")
    assert isinstance(last, Finished)
    assert last.answer.text.startswith("5 de enero de 2026:\n") and "12 de enero de 2026" in last.answer.text


def test_the_day_of_a_side_is_not_said_again_in_its_points(archive: Assistant) -> None:
    answer = archive.ask("Compara lo dicho el 5 y el 12 de enero de 2026 sobre el TLP")
    assert answer.text.count("5 de enero de 2026") == 1


@pytest.mark.parametrize(
    ("days", "missing", "told"),
    [
        (
            "el 5 y el 9 de enero",
            "9 de enero de 2026",
            "En los documentos de esa fecha no encuentro nada de esto.",
        ),
        (
            "el 5 y el 15 de enero",
            "15 de enero de 2026",
            "En los documentos de esa fecha no encuentro nada de esto.",
        ),
        ("el 5 y el 20 de enero", "20 de enero de 2026", "No hay documentos de esa fecha."),
        ("enero y febrero", "Febrero de 2026", "No hay documentos de esa fecha."),
    ],
)
def test_a_day_of_which_nothing_is_found_is_told(
    archive: Assistant, days: str, missing: str, told: str
) -> None:
    answer = archive.ask(f"¿Qué cambió entre {days} de 2026 sobre el TLP?")
    assert f"{missing}:\n- {told}" in answer.text
    assert "se firmará" in answer.text and "orquesta" not in answer.text


def test_a_name_that_foreign_documents_write_alike_is_to_be_said_on_both_days(archive: Assistant) -> None:
    answer = archive.ask("What changed between January 5 and January 9, 2026 about the TLP?")
    assert answer.text.endswith(
        "January 9, 2026:\n- I find nothing about this in the documents of that date."
    )
    assert "se firmará" in answer.text


def test_a_word_of_the_topic_may_stand_in_the_singular(archive: Assistant) -> None:
    answer = archive.ask("Compara el 5 y el 12 de enero de 2026 sobre los trigos")
    assert "del trigo" in answer.text


def test_whole_days_are_compared_by_their_gist(archive: Assistant) -> None:
    answer = archive.ask("Compara el 5 y el 9 de enero de 2026")
    assert {str(citation.document.date) for citation in answer.citations} == {"2026-01-05", "2026-01-09"}


def test_nothing_is_told_where_neither_day_speaks_of_the_topic(archive: Assistant) -> None:
    assert not archive.ask("¿Qué cambió entre el 9 y el 20 de enero de 2026 sobre el TLP?").answered


def test_a_range_that_is_not_compared_stays_a_range(archive: Assistant) -> None:
    answer = archive.ask("¿Qué pasó entre el 5 y el 12 de enero de 2026?")
    assert answer.answered and all(sentence.citations for sentence in answer.sentences)


@dataclass(frozen=True, slots=True)
class FinderOfOneDocument:
    """Finds sentences of one document, each as near to a topic as it is told."""

    document: Document
    nearness: dict[str, dict[str, float]]
    threshold: float = 0.4

    def find(self, topic: str, language: str, wanted: DocumentFilter, today: date) -> Found:
        evidence = (
            Evidence(number, self.document, self._span(sentence), near, near)
            for number, (sentence, near) in enumerate(self.nearness[topic].items(), 1)
        )
        return Found(tuple(evidence), 0.9, None)

    def named(self, name: str, language: str, wanted: DocumentFilter) -> None:
        """The document has no name."""

    def _span(self, sentence: str) -> Span:
        start = self.document.text.index(sentence)
        return Span(start, start + len(sentence))


def test_what_asks_about_a_side_gives_way_to_what_tells_of_both() -> None:
    asked, told = "¿Cuántos votos tiene el PRI?", "El PAN votará con el PRI."
    finder = FinderOfOneDocument(
        Document(id="a", path="a.txt", title="", text=f"{asked}\n{told}", language="es"),
        {"el PRI": {asked: 0.9, told: 0.8}, "el PAN": {told: 0.85}},
    )
    found = find_sides(cast(Finder, finder), sides_of("Compara el PRI y el PAN"), "es", EVERYTHING, TODAY)
    assert [[item.quote for item in side.evidence] for side in found.sides] == [[told], [told]]


def test_a_name_of_few_letters_is_to_be_said_too(archive: Assistant) -> None:
    answer = archive.ask("Compara el TLP y la OMX")
    assert "Sobre la OMX no encuentro nada en los documentos." in answer.text
