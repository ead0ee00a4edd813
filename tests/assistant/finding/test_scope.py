from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, DocumentFilter
from assistant.finding.scope import nearness_to_days, scope_of, searched_notice, without_days
from index.dates import Interval
from index.document import Document, Span
from index.filters import EVERYTHING
from index.store.sqlite.database import SqliteDatabase
from index.store.store import Store
from tests.index.store.test_sqlite_store import document, put
from tests.news import small_archive

TODAY = date(2026, 1, 17)
MEETING = "¿Cuándo será la reunión del Grupo de Implementación de Seguridad?"


def test_a_question_without_days_searches_everything() -> None:
    scope = scope_of(MEETING, "es", EVERYTHING, TODAY)
    assert (scope.wanted, scope.searched) == (EVERYTHING, None)


def test_yesterday_counts_from_the_day_of_asking() -> None:
    scope = scope_of("¿Qué pasó ayer?", "es", DocumentFilter(as_of=date(2026, 3, 1)), TODAY)
    assert (scope.wanted.happened_from, scope.wanted.happened_to) == (date(2026, 2, 28), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("question", "language", "rest"),
    [
        ("¿Qué dijo la mayor en mayo?", "es", "¿Qué dijo la mayor ?"),
        ("¿Qué dijo Mayo en mayo?", "es", "¿Qué dijo Mayo ?"),
        ("¿Qué pasó ayer con el tranvía?", "es", "¿Qué pasó con el tranvía?"),
        ("What did the mayor say in May?", "en", "What did the mayor say ?"),
        ("¿Qué dijo la mayor?", "es", "¿Qué dijo la mayor?"),
        ("Marchers met in March, who were they?", "en", "Marchers met , who were they?"),
    ],
)
def test_the_days_are_left_out_where_they_stand_and_in_no_other_word(
    question: str, language: str, rest: str
) -> None:
    assert without_days(question, scope_of(question, language, EVERYTHING, TODAY).named_at) == rest


def test_giving_up_the_questions_days_keeps_the_askers_filter() -> None:
    asked = DocumentFilter(language="es", published_to=TODAY)
    scope = scope_of("¿Qué pasó ayer?", "es", asked, TODAY).relaxed()
    assert scope.wanted == asked
    assert scope.searched is not None
    assert scope.searched.relaxed
    assert "2026-01-16" in searched_notice(scope.searched, "es")


def test_a_question_for_nothing_but_a_day_is_not_answered_from_other_days(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("¿Qué pasó el 3 de marzo de 2025?")
    assert not answer.answered
    assert answer.searched is not None and not answer.searched.relaxed


@pytest.mark.parametrize(
    "question", ["¿Qué pasa el 23 de enero de 2026?", "What happens on January 23, 2026?"]
)
def test_a_question_for_a_day_finds_what_is_said_of_that_day(
    seed_assistant: Assistant, question: str
) -> None:
    answer = seed_assistant.ask(question)
    assert "23 de enero" in answer.citations[0].quote
    assert answer.searched is not None
    assert answer.searched.first == answer.searched.last == date(2026, 1, 23)


def test_a_day_that_nothing_is_said_of_is_declined_and_named(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("¿Qué pasó el 3 de marzo de 2024?")
    assert not answer.answered
    assert answer.searched is not None


def test_what_was_published_later_is_hidden(seed_assistant: Assistant) -> None:
    assert not seed_assistant.ask(MEETING, as_of=date(2026, 1, 15)).answered
    assert seed_assistant.ask(MEETING, as_of=date(2026, 1, 16)).answered


def test_the_days_of_a_quote_are_listed_with_its_marker(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask(MEETING)
    listed = {(resolved.text, resolved.first, resolved.citation) for resolved in answer.dates}
    assert ("el 23 de enero", date(2026, 1, 23), 1) in listed
    assert "(el 23 de enero: 23 de enero de 2026)" in answer.text


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


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("¿Qué dice el documento del 16 de enero?", date(2021, 1, 16)),
        ("¿Qué dice el documento del 16 de enero de 2022?", date(2022, 1, 16)),
        ("¿Qué dice el documento del 17 de enero?", date(2026, 1, 17)),
        ("¿Qué se publicó ayer?", date(2026, 1, 16)),
        ("¿Qué se publicó en abril?", date(2019, 4, 1)),
    ],
)
def test_a_day_without_its_year_is_the_one_that_the_archive_has_something_of(
    question: str, first: date, tmp_path: Path
) -> None:
    store = Store(SqliteDatabase(tmp_path / "store.sqlite3"))
    for number, day in enumerate((date(2019, 4, 9), date(2021, 1, 16))):
        put(store, replace(document(f"{number}.txt"), date=day), f"{number}" * 40)
    scope = scope_of(question, "es", EVERYTHING, TODAY, store)
    store.close()
    assert scope.searched is not None
    assert scope.searched.first == scope.wanted.published_from == first
