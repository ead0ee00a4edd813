import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conversations import Conversations
from assistant.errors import UnknownConversation

ANSWER = {"text": "El 23 de enero. [1]"}


class Clock:
    """A clock that moves a minute at each look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 16, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "kept.sqlite3", now=Clock())


def test_turns_come_back_in_order_after_reopening(tmp_path: Path, kept: Conversations) -> None:
    id_, _ = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    kept.add_turn(id_, "¿Y dónde?", "¿Dónde?", ANSWER)
    kept.close()
    turns = Conversations(tmp_path / "kept.sqlite3").turns(id_)
    assert [(turn.number, turn.question, turn.standalone) for turn in turns] == [
        (1, "¿Cuándo?", "¿Cuándo?"),
        (2, "¿Y dónde?", "¿Dónde?"),
    ]


def test_the_list_shows_the_last_changed_first_and_can_be_searched(kept: Conversations) -> None:
    first, _ = kept.add_turn(None, "¿Cuándo?", "", ANSWER)
    second, _ = kept.add_turn(None, "¿Quién?", "", {"text": "Rubio"})
    kept.add_turn(first, "¿Y dónde?", "", ANSWER)
    assert [summary.id for summary in kept.summaries()] == [first, second]
    assert [summary.id for summary in kept.summaries(words="RUBIO")] == [second]


def test_a_conversation_is_another_users_secret(kept: Conversations) -> None:
    id_, _ = kept.add_turn(None, "¿Cuándo?", "", ANSWER, user="ana")
    assert kept.summaries(user="luis") == []
    for forbidden in (kept.turns, kept.delete):
        with pytest.raises(UnknownConversation):
            forbidden(id_, "luis")


def test_renaming_and_deleting_last(kept: Conversations) -> None:
    id_, number = kept.add_turn(None, "¿Cuándo?", "", ANSWER)
    kept.rename(id_, "La reunión")
    assert kept.summaries()[0].title == "La reunión"
    kept.give_feedback(id_, number, "good")
    kept.delete(id_)
    assert kept.summaries() == []
    assert list(kept.feedback()) == []


def test_a_second_thought_replaces_the_first(kept: Conversations) -> None:
    id_, number = kept.add_turn(None, "¿Cuándo?", "", ANSWER)
    kept.give_feedback(id_, number, "good")
    kept.give_feedback(id_, number, "bad", "la fecha no es esa")
    (feedback,) = kept.feedback()
    assert (feedback.verdict, feedback.reason) == ("bad", "la fecha no es esa")


def test_a_resumed_conversation_understands_a_follow_up(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.ask("¿Cuándo será la reunión ministerial de seguridad?")
    resumed = assistant.conversation(conversation.id)
    answer = resumed.ask("¿Y dónde será?")
    assert answer.standalone == "¿Dónde será la reunión ministerial de seguridad?"
    assert any("Washington" in citation.quote for citation in answer.citations)


def test_an_answer_about_a_removed_document_keeps_its_quotes_and_says_so(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    quotes = [c.quote for c in conversation.ask("¿Dónde será la reunión ministerial?").citations]
    for file in assistant.settings.documents.iterdir():
        file.unlink()
    assistant.sync()
    (answer,) = assistant.conversation(conversation.id).answers()
    assert [citation.quote for citation in answer.citations] == quotes != []
    assert not any(citation.verified for citation in answer.citations)


def test_a_second_thought_replaces_the_first_verdict(kept: Conversations) -> None:
    id_, number = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    kept.give_feedback(id_, number, "good")
    kept.give_feedback(id_, number, "bad", "Falta la hora.")
    assert kept.verdicts(id_) == {1: "bad"}
    assert [given.reason for given in kept.feedback()] == ["Falta la hora."]


def test_feedback_on_a_turn_that_there_is_not_is_refused(kept: Conversations) -> None:
    id_, number = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    with pytest.raises(UnknownConversation, match="no turn 2"):
        kept.give_feedback(id_, number + 1, "good")


def test_a_conversation_is_titled_by_its_first_question(kept: Conversations) -> None:
    id_, _ = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    assert kept.title(id_) == "¿Cuándo?"
    with pytest.raises(UnknownConversation):
        kept.title(id_, user="otra")


def test_a_turn_keeps_the_filter_it_was_asked_with(tmp_path: Path) -> None:
    kept = Conversations(tmp_path / "c.sqlite3")
    id_, _ = kept.add_turn(None, "q", "q", {"text": "a"}, wanted={"language": "es"})
    kept.add_turn(id_, "q", "q", {"text": "a"})
    assert [turn.wanted for turn in kept.turns(id_)] == [{"language": "es"}, {}]
    kept.close()


def test_a_file_from_before_filters_were_kept_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    kept = Conversations(path)
    id_, _ = kept.add_turn(None, "q", "q", {"text": "a"})
    kept.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE turns DROP COLUMN wanted")
    again = Conversations(path)
    again.add_turn(id_, "q", "q", {"text": "a"}, wanted={"language": "es"})
    assert [turn.wanted for turn in again.turns(id_)] == [{}, {"language": "es"}]
    again.close()
