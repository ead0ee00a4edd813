import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import HemerotecaError, UnknownConversation
from assistant.people.conversations import Conversations
from assistant.people.server import ServerDatabase

ANSWER = {"text": "El 23 de enero. [1]"}


class Clock:
    """A clock that moves a minute at each look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 16, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


PlaceOf = Callable[[str], Path | ServerDatabase]


@pytest.fixture
def reopen(people_place: PlaceOf) -> Iterator[Callable[..., Conversations]]:
    """Opens the same conversations, every time as another process does."""
    opened: list[Conversations] = []

    def open_again(now: Callable[[], datetime] | None = None) -> Conversations:
        opened.append(Conversations(people_place("kept.sqlite3"), now=now or Clock()))
        return opened[-1]

    yield open_again
    for conversations in opened:
        conversations.close()


@pytest.fixture
def kept(reopen: Callable[..., Conversations]) -> Conversations:
    return reopen()


def test_turns_come_back_in_order_after_reopening(
    reopen: Callable[..., Conversations], kept: Conversations
) -> None:
    id_, _ = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    kept.add_turn(id_, "¿Y dónde?", "¿Dónde?", ANSWER)
    turns = reopen().turns(id_)
    assert [(turn.number, turn.question, turn.standalone) for turn in turns] == [
        (1, "¿Cuándo?", "¿Cuándo?"),
        (2, "¿Y dónde?", "¿Dónde?"),
    ]
    assert [turn.number for turn in reopen().turns(id_, after=1)] == [2]


def test_what_one_process_writes_the_others_see_at_once(
    reopen: Callable[..., Conversations], kept: Conversations
) -> None:
    other = reopen()
    id_, _ = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    assert [summary.id for summary in other.summaries()] == [id_]
    other.delete(id_)
    with pytest.raises(UnknownConversation):
        kept.add_turn(id_, "¿Y dónde?", "¿Dónde?", ANSWER)


def test_several_processes_that_open_a_new_place_at_once_share_it(
    reopen: Callable[..., Conversations],
) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: reopen(), range(6)))
    id_, _ = opened[0].add_turn(None, "¿Cuándo?", "¿Cuándo?", ANSWER)
    assert all([summary.id for summary in each.summaries()] == [id_] for each in opened)


def test_turns_that_several_processes_add_at_once_are_all_kept_and_numbered(
    reopen: Callable[..., Conversations], kept: Conversations
) -> None:
    id_, _ = kept.add_turn(None, "0", "0", ANSWER)
    processes = [reopen() for _ in range(4)]
    with ThreadPoolExecutor(len(processes)) as pool:
        added = pool.map(
            lambda n: processes[n % len(processes)].add_turn(id_, str(n), str(n), ANSWER), range(1, 25)
        )
        numbers = [number for _, number in added]
    assert sorted(numbers) == list(range(2, 26))
    assert sorted(int(turn.question) for turn in kept.turns(id_)) == list(range(25))


@pytest.mark.parametrize(
    ("words", "found"), [("ÁNGEL", True), ("100 %", True), ("1% ", False), ("_", False), ("rubio", True)]
)
def test_a_search_means_its_words_as_they_are_in_either_case(
    kept: Conversations, words: str, found: bool
) -> None:
    kept.add_turn(None, "¿Quién es ángel?", "", {"text": "Subió 100 %, dijo Rubio."})
    assert bool(kept.summaries(words=words)) == found


def test_a_text_with_a_nul_is_kept_and_an_id_with_one_is_unknown(kept: Conversations) -> None:
    id_, _ = kept.add_turn(None, "a\0b", "a\0b", {"text": "x\0y"})
    assert len(kept.turns(id_)) == 1
    kept.rename(id_, "t\0")
    with pytest.raises(UnknownConversation):
        kept.turns("\0")


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


def test_a_turn_keeps_the_filter_it_was_asked_with(kept: Conversations) -> None:
    id_, _ = kept.add_turn(None, "q", "q", {"text": "a"}, wanted={"language": "es"})
    kept.add_turn(id_, "q", "q", {"text": "a"})
    assert [turn.wanted for turn in kept.turns(id_)] == [{"language": "es"}, {}]


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


def test_a_file_of_an_older_form_is_read_and_written_on(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    with closing(sqlite3.connect(path)) as older:
        older.executescript(
            """
            CREATE TABLE conversations (
                id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE turns (
                conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
                number INTEGER NOT NULL, question TEXT NOT NULL, standalone TEXT NOT NULL, answer TEXT NOT NULL,
                asked TEXT NOT NULL, PRIMARY KEY (conversation, number)
            ) WITHOUT ROWID;
            INSERT INTO conversations VALUES ('a1', 'ana', 'Antes', '2025-01-01T00:00:00+00:00');
            INSERT INTO turns VALUES ('a1', 1, 'q', 'q', '{"text": "a"}', '2025-01-01T00:00:00+00:00');
            """
        )
    with closing(Conversations(path)) as kept:
        kept.add_turn("a1", "q", "q", {"text": "b"}, user="ana")
        kept.give_feedback("a1", 1, "good", user="ana")
        assert [turn.answer["text"] for turn in kept.turns("a1", "ana")] == ["a", "b"]
        assert kept.verdicts("a1", "ana") == {1: "good"}


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    Conversations(tmp_path / "c.sqlite3").close()
    assert stat.S_IMODE((tmp_path / "c.sqlite3").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_opened_is_told_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite3").write_text("no database " * 100)
    for place in (tmp_path, tmp_path / "c.sqlite3"):
        with pytest.raises(HemerotecaError, match="HEMEROTECA_CONVERSATIONS"):
            Conversations(place)


def test_a_conversation_stays_pinned_until_it_is_no_longer_to_be(
    reopen: Callable[..., Conversations], kept: Conversations
) -> None:
    first, _ = kept.add_turn(None, "¿Cuándo?", "", ANSWER, user="ana")
    kept.add_turn(None, "¿Quién?", "", ANSWER, user="ana")
    kept.pin(first, "ana")
    assert [row.id for row in reopen().summaries("ana") if row.pinned] == [first]
    with pytest.raises(UnknownConversation):
        kept.pin(first, "luis", pinned=False)
    kept.pin(first, "ana", pinned=False)
    assert not any(row.pinned for row in reopen().summaries("ana"))


def test_a_file_from_before_conversations_were_pinned_can_still_be_used(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite3"
    with closing(sqlite3.connect(file)) as old:
        old.execute('CREATE TABLE conversations (id TEXT PRIMARY KEY, "user" TEXT, title TEXT, changed TEXT)')
        old.execute("INSERT INTO conversations VALUES ('a', '', 'Antes', '2026-01-16T00:00:00+00:00')")
        old.commit()
    conversations = Conversations(file)
    conversations.pin("a")
    assert [(row.title, row.pinned) for row in conversations.summaries()] == [("Antes", True)]
    conversations.add_turn(None, "¿Cuándo?", "", ANSWER)
    conversations.close()
