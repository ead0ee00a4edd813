"""What a question's sense of time does to the order of its evidence, on a small archive."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from assistant.finding.preference import nearness_to_days
from index.dates import Interval
from index.document import Document, Span
from tests.news import small_archive

NEWS = (
    (
        "2026-01-05",
        "Gira",
        "El sábado la alcaldesa inauguró el faro. Luego cenó con los pescadores del puerto.",
    ),
    ("2026-01-06", "Consejos", "En enero conviene ahorrar. ¿Qué pasó con los precios de enero? Subieron."),
    ("2026-01-20", "Balance", "El 3 de enero llovió en la costa. La feria de enero reunió a mil personas."),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = ({"id": title, "date": day, "title": title, "text": text} for day, title, text in NEWS)
    with small_archive(tmp_path_factory.mktemp("days"), documents) as opened:
        yield opened


def test_a_question_for_a_day_gets_what_happened_then_and_nothing_of_the_month(archive: Assistant) -> None:
    answer = archive.ask("¿Qué pasó el 3 de enero de 2026?")
    assert {citation.document.id for citation in answer.citations} == {"Gira", "Balance"}
    assert all("llovió" in citation.quote or "faro" in citation.quote for citation in answer.citations)


def test_a_question_for_a_month_gets_its_days_too(archive: Assistant) -> None:
    answer = archive.ask("¿Qué pasó en enero de 2026?")
    assert any("faro" in citation.quote or "llovió" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("words", "nearness"),
    [("El 3 de enero llovió.", 2), ("En enero llovió.", 1), ("El 4 de enero llovió.", 0), ("Llovió.", 0)],
)
def test_a_day_is_nearer_than_the_month_that_it_lies_in(words: str, nearness: int) -> None:
    document = Document("d", "d.txt", words, words, "es", date(2026, 1, 20))
    day = Interval(date(2026, 1, 3), date(2026, 1, 3))
    assert nearness_to_days(document, Span(0, len(words)), day) == nearness
