"""The searches that a model words: read from whatever it replies, and made within what the asker may see."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.finding.found import Found
from assistant.finding.matching import Matcher
from assistant.finding.retrieval import Retriever
from assistant.questions.history import CitedSpan, Exchange
from assistant.write.plan import (
    MOST_SEARCHES,
    Gatherer,
    Plan,
    Search,
    needs_plan,
    read_plan,
    searches_of_refusal,
)
from assistant.write.prompts import Asking
from index.document import Span
from index.filters import EVERYTHING, DocumentFilter
from tests.archives import TestArchive

PLAN = {"question": "¿Dónde nació Ana?", "searches": [{"words": "Ana nació en", "from": None, "to": None}]}
NOTHING = Found((), 0.0, None)


def test_a_plan_is_read_whatever_stands_around_it() -> None:
    whole = Plan("¿Dónde nació Ana?", (Search("Ana nació en"),))
    text = json.dumps(PLAN)
    for reply in (text, f"```json\n{text}\n```", f"<think>{{so}}</think> Here: {text} I hope it helps."):
        assert read_plan(reply) == whole


def test_days_and_documents_bound_a_search_and_nonsense_does_not() -> None:
    searches = [
        {"words": " a \n b ", "from": "2026-01-31", "to": "2026-01-01", "documents": ["Acta", 7]},
        {"words": "c", "from": "yesterday", "to": 3, "documents": "Acta"},
        {"words": ""},
        "d",
    ]
    plan = read_plan(json.dumps({"question": "q", "searches": searches}))
    assert plan == Plan("q", (Search("a b", date(2026, 1, 1), date(2026, 1, 31), ("Acta",)), Search("c")))


@pytest.mark.parametrize("escape", ["\\ud800", "\\u0000"])
def test_what_is_no_text_is_no_plan(escape: str) -> None:
    assert read_plan(f'{{"question": "{escape}", "searches": []}}') is None
    assert read_plan(f'{{"question": "q", "searches": [{{"words": "{escape}"}}]}}') is None


@pytest.mark.parametrize(
    "reply", ["", "NO_ANSWER", "{", "{}", '{"question": 3}', '{"question": " "}', "[1, 2]", "{" * 3000]
)
def test_a_reply_without_a_plan_is_none(reply: str) -> None:
    assert read_plan(reply) is None


@given(st.text())
def test_no_reply_breaks_the_reading(reply: str) -> None:
    read_plan(reply)
    assert len(searches_of_refusal(reply)) <= MOST_SEARCHES


def test_a_refusal_may_bring_other_searches() -> None:
    reply = "NO_ANSWER\nSEARCH: pool  costs\n- SEARCH: swimming\nSEARCH:\nI SEARCH: no"
    assert searches_of_refusal(reply) == (Search("pool costs"), Search("swimming"))


@pytest.mark.parametrize(
    ("question", "is_planned"),
    [
        ("¿Cuándo es la reunión?", False),
        ("Resume el documento", False),
        ("Resume lo que se sabe del puente", True),
        ("¿Qué diferencia hay entre el plan de enero y el de mayo?", True),
        ("¿Quién lo firmó? ¿Y cuándo?", True),
    ],
)
def test_questions_for_several_things_are_planned(question: str, is_planned: bool) -> None:
    assert needs_plan(Asking(question, "es")) is is_planned
    assert needs_plan(Asking(question, "es", history=[Exchange("¿Qué pasó?", "Nada.")]))


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    archive = TestArchive(Path(tmp_path_factory.mktemp("plan")))
    archive.write("2026-01-10-puente.md", "# El puente\n\nEl puente de Arteaga costó cinco millones.")
    archive.write("2026-02-10-pozo.md", "# El pozo\n\nEl pozo de Arteaga se secó.")
    archive.sync()
    index = archive.live.get()
    yield Retriever(index.store, index.vectors, archive.embedder, Matcher(lambda: archive.embedder))
    archive.close()


def shown(
    retriever: Retriever, plan: Plan, wanted: DocumentFilter = EVERYTHING, *history: Exchange
) -> list[str]:
    """The documents that are shown, best first."""
    gatherer = Gatherer(retriever, wanted, "es", date(2026, 3, 1))
    places = gatherer.gather(plan, NOTHING, history).places
    return list(dict.fromkeys(place.document for place in places))


def test_a_search_looks_only_in_its_days_and_documents(retriever: Retriever) -> None:
    in_february = Plan("q", (Search("puente de Arteaga", date(2026, 2, 1), date(2026, 2, 28)),))
    assert shown(retriever, in_february) == ["2026-02-10-pozo.md"]
    in_the_note = Plan("q", (Search("puente de Arteaga", documents=("El pozo",)),))
    assert shown(retriever, in_the_note) == ["2026-02-10-pozo.md"]
    in_none = Plan("q", (Search("puente de Arteaga", documents=("El faro",)),))
    assert set(shown(retriever, in_none)) == {"2026-01-10-puente.md", "2026-02-10-pozo.md"}


def test_no_search_leaves_what_the_asker_may_see(retriever: Retriever) -> None:
    wanted = DocumentFilter(documents=("2026-01-10-puente.md",))
    plan = Plan("q", (Search("pozo de Arteaga", documents=("El pozo",)), Search("pozo")))
    cited = Exchange("q", "a", (), (CitedSpan(1, "2026-02-10-pozo.md", Span(0, 9)),))
    assert shown(retriever, plan, wanted, cited) == ["2026-01-10-puente.md"]
    since_february = DocumentFilter(published_from=date(2026, 2, 1))
    cited = Exchange("q", "a", (), (CitedSpan(1, "2026-01-10-puente.md", Span(0, 9)),))
    assert shown(retriever, Plan("pozo"), since_february, cited) == ["2026-02-10-pozo.md"]


def test_what_the_last_answers_cited_comes_first(retriever: Retriever) -> None:
    cited = Exchange("q", "a", (), (CitedSpan(1, "2026-02-10-pozo.md", Span(12, 20)),))
    plan = Plan("q", (Search("puente", documents=("El puente",)),))
    assert shown(retriever, plan, EVERYTHING, cited) == ["2026-02-10-pozo.md", "2026-01-10-puente.md"]


def test_a_day_that_the_question_names_comes_first_and_other_days_after_it(retriever: Retriever) -> None:
    assert shown(retriever, Plan("¿Qué se publicó de Arteaga en febrero de 2026?")) == [
        "2026-02-10-pozo.md",
        "2026-01-10-puente.md",
    ]
