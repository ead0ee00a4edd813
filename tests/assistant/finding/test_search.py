import json
from datetime import date

import pytest
from typer.testing import CliRunner

from assistant import Assistant, DocumentFilter
from assistant.cli import app
from assistant.errors import QuestionRefused

WORDS = "reunión ministerial"


def test_a_search_gives_passages_at_their_exact_place(seed_assistant: Assistant) -> None:
    hits = seed_assistant.search(WORDS)
    assert [hit.number for hit in hits] == list(range(1, len(hits) + 1))
    assert "Washington" in hits[0].text
    for hit in hits:
        assert hit.document.text[hit.start : hit.end] == hit.text
        assert hit.start <= hit.focus.start < hit.focus.end <= hit.end


def test_a_search_gives_no_more_than_its_limit(seed_assistant: Assistant) -> None:
    assert len(seed_assistant.search(WORDS, limit=1)) == 1


def test_a_search_finds_nothing_that_the_archive_did_not_hold_on_that_day(seed_assistant: Assistant) -> None:
    day_before = date(2026, 1, 15)
    assert seed_assistant.search(WORDS, as_of=day_before) == ()
    assert seed_assistant.search(WORDS, wanted=DocumentFilter(published_to=day_before)) == ()
    assert seed_assistant.search(WORDS, wanted=DocumentFilter(published_to=date(2026, 1, 16)))


def test_a_search_for_nothing_is_refused(seed_assistant: Assistant) -> None:
    with pytest.raises(QuestionRefused, match="empty"):
        seed_assistant.search("  ")


def test_the_command_prints_the_same_passages_as_python(seed_assistant: Assistant) -> None:
    settings = seed_assistant.settings
    place = ["--documents", str(settings.documents), "--index", str(settings.index)]
    printed = CliRunner().invoke(app, ["search", *WORDS.split(), "--json", *place])
    found = json.loads(printed.stdout)
    assert found["words"] == WORDS
    assert found["hits"] == [hit.to_dict() for hit in seed_assistant.search(WORDS)]


def test_a_traced_search_tells_scores_and_which_words_met(seed_assistant: Assistant) -> None:
    settings = seed_assistant.settings
    place = ["--documents", str(settings.documents), "--index", str(settings.index)]
    printed = CliRunner().invoke(app, ["search", WORDS, "--limit", "1", "--trace", "--json", *place])
    why = json.loads(printed.stdout)["hits"][0]["why"]
    assert why["words"] >= 0 and why["vectors"] > 0.5 and 0 < why["tokens"] <= 1
    met = {each["asked"]: each["word"] for each in why["met"]}
    assert met["reunión"] == "reunión"
    shown = CliRunner().invoke(app, ["search", WORDS, "--limit", "1", "--trace", *place]).stdout
    assert "reunión → reunión" in shown


def test_the_command_shows_people_the_dated_source(seed_assistant: Assistant) -> None:
    settings = seed_assistant.settings
    place = ["--documents", str(settings.documents), "--index", str(settings.index)]
    printed = CliRunner().invoke(app, ["search", WORDS, "--limit", "1", *place])
    assert printed.stdout.strip().startswith("[1] 2026-01-16")
    nothing = CliRunner().invoke(app, ["search", WORDS, "--to", "2020-01-01", *place])
    assert nothing.stdout == "Nothing was found.\n"
