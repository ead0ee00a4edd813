from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.errors import UnknownConversation
from ui.conversations import Conversations, UserConversations
from ui.turns import AnswerFollower, TurnStage

MINISTER = "¿Quién es el canciller de México?"
MEETING = "¿Dónde será la reunión ministerial de seguridad?"
WHEN = "¿Cuándo será la reunión ministerial de seguridad?"


def test_an_id_that_was_not_given_out_opens_a_new_empty_conversation(assistant: Assistant) -> None:
    kept = Conversations(assistant.conversation).of("")
    first = kept.opened("")
    kept.begin(first, "¿Qué pasó?")
    assert kept.opened(first) == first
    other = kept.opened("adivinado")
    assert other not in (first, "adivinado")
    assert kept.turns(other) == ()


def test_a_stopped_turn_is_not_changed_by_what_arrives_later(assistant: Assistant) -> None:
    kept = Conversations(assistant.conversation).of("")
    conversation = kept.opened("")
    turn = kept.begin(conversation, "¿Qué pasó?")
    kept.stop(conversation)
    assert not kept.update(conversation, replace(turn, stage=TurnStage.ANSWERED))
    assert kept.turns(conversation)[0].stage is TurnStage.STOPPED


def test_a_new_question_stops_the_one_that_was_pending(assistant: Assistant) -> None:
    kept = Conversations(assistant.conversation).of("")
    conversation = kept.opened("")
    kept.begin(conversation, "¿Uno?")
    second = kept.begin(conversation, "¿Dos?")
    assert second.number == 2
    assert [turn.stage for turn in kept.turns(conversation)] == [TurnStage.STOPPED, TurnStage.SEARCHING]


def test_only_the_latest_conversations_and_turns_are_kept(assistant: Assistant) -> None:
    kept = Conversations(assistant.conversation, conversations=2, turns=3).of("")
    ids = [kept.opened("") for _ in range(3)]
    for n in range(5):
        kept.begin(ids[2], f"¿{n}?")
    assert kept.opened(ids[0]) != ids[0]
    assert [turn.number for turn in kept.turns(ids[2])] == [3, 4, 5]


def test_an_answered_conversation_is_resumed_after_a_restart(assistant: Assistant) -> None:
    kept = Conversations(assistant.conversation).of("")
    conversation = kept.opened("")
    turn = kept.begin(conversation, "¿Quién es el canciller de México?")
    (*_, last) = kept.thread(conversation).stream(turn.question)
    kept.update(conversation, AnswerFollower(turn).after(last))
    settled = kept.settled(conversation)
    resumed = Conversations(assistant.conversation).of("")
    assert resumed.opened(settled) == settled
    assert [turn.question for turn in resumed.turns(settled)] == [turn.question]
    assert resumed.turns(settled)[0].sources == kept.turns(conversation)[0].sources


def test_a_quote_of_a_document_that_is_gone_is_shown_without_its_surroundings(assistant: Assistant) -> None:
    kept = Conversations(assistant.conversation).of("")
    conversation = kept.opened("")
    for _ in kept.thread(conversation).stream("¿Cuándo será la próxima reunión del Grupo de Seguridad?"):
        pass
    for file in assistant.settings.documents.iterdir():
        file.unlink()
    assistant.sync()
    settled = kept.settled(conversation)
    resumed = Conversations(assistant.conversation).of("")
    (turn,) = resumed.turns(resumed.opened(settled))
    (excerpt,) = turn.sources[0].excerpts[:1]
    assert "23 de enero" in "".join(segment.text for segment in excerpt.segments)
    assert turn.sources[0].marks == ()


def answered(server: UserConversations, conversation: str, question: str) -> str:
    """Ask as the page does; the id that the conversation has then."""
    thread = server.thread(conversation)
    turn = server.begin(conversation, question)
    (*_, last) = thread.stream(question)
    server.update(conversation, AnswerFollower(turn).after(last))
    return server.settled(conversation)


def test_a_conversation_that_another_server_began_is_gone_on_with_without_opening_it(
    assistant: Assistant,
) -> None:
    one, other = (Conversations(assistant.conversation).of("") for _ in range(2))
    id_ = answered(one, one.opened(""), "¿Cuándo será la reunión ministerial de seguridad?")
    assert answered(other, id_, "¿Y dónde será?") == id_
    told = assistant.conversations.turns(id_)[1]
    assert told.standalone == "¿Dónde será la reunión ministerial de seguridad?"
    assert [turn.question for turn in other.turns(id_)][1] == "¿Y dónde será?"


def test_what_another_server_added_is_seen_by_the_one_that_has_the_conversation_open(
    assistant: Assistant,
) -> None:
    one, other = (Conversations(assistant.conversation).of("") for _ in range(2))
    id_ = answered(one, one.opened(""), "¿Quién es el canciller de México?")
    answered(other, id_, "¿Cuándo será la reunión ministerial de seguridad?")
    assert answered(one, id_, "¿Y dónde será?") == id_
    assert [turn.number for turn in assistant.conversations.turns(id_)] == [1, 2, 3]
    assert [turn.number for turn in one.turns(id_)] == [1, 2, 3]
    assert assistant.conversations.turns(id_)[2].standalone.startswith("¿Dónde será la reunión")
    other.judge(id_, 3, "good", "")
    assert len(other.turns(other.opened(id_))) == 3


def test_what_another_server_added_during_an_answer_is_seen_when_the_answer_is_there(
    assistant: Assistant,
) -> None:
    one, other = (Conversations(assistant.conversation).of("") for _ in range(2))
    id_ = answered(one, one.opened(""), MINISTER)
    answering, turn = one.thread(id_).stream(MEETING), one.begin(id_, MEETING)
    next(answering)
    answered(other, id_, WHEN)
    assert one.turns(one.opened(id_))[1:] == (turn,)
    (*_, last) = answering
    one.update(id_, AnswerFollower(turn).after(last))
    assert [(turn.kept, turn.question) for turn in one.turns(one.opened(id_))] == [
        (1, MINISTER),
        (2, WHEN),
        (3, MEETING),
    ]


def test_a_verdict_goes_to_the_answer_that_it_is_about_though_another_came_at_the_same_time(
    assistant: Assistant,
) -> None:
    conversations = Conversations(assistant.conversation)
    own = conversations.of("")
    id_ = answered(own, own.opened(""), MINISTER)
    turn, thread = own.begin(id_, MEETING), own.thread(id_)
    *_, last = thread.stream(MEETING)
    thread.ask(WHEN)  # another window shares the conversation of its server
    own.update(id_, AnswerFollower(turn).after(last))
    own.judge(id_, own.turns(id_)[-1].kept, "bad", "")
    (given,) = assistant.conversations.feedback()
    assert given.turn.question == MEETING


def test_a_conversation_that_was_deleted_on_another_server_begins_anew(assistant: Assistant) -> None:
    server = Conversations(assistant.conversation).of("")
    id_ = answered(server, server.opened(""), "¿Quién es el canciller de México?")
    assistant.conversations.delete(id_)
    assert server.opened(id_) != id_
    again = answered(server, id_, "¿Quién es el canciller de México?")
    assert again != id_
    assert len(assistant.conversations.turns(again)) == 1


def test_a_conversation_is_its_users_alone(assistant: Assistant) -> None:
    shared = Conversations(assistant.conversation)
    ana, luis = shared.of("ana"), shared.of("luis")
    begun = ana.opened("")
    turn = ana.begin(begun, "¿Quién es el canciller de México?")
    (*_, last) = ana.thread(begun).stream(turn.question)
    ana.update(begun, AnswerFollower(turn).after(last))
    settled = ana.settled(begun)
    assert ana.turns(ana.opened(settled)) != ()
    for known in (begun, settled):
        assert luis.opened(known) != known
        assert luis.turns(known) == ()
    with pytest.raises(UnknownConversation):
        luis.judge(settled, 1, "bad", "")


def test_a_turn_under_way_is_never_pushed_out_however_many_pages_are_opened(assistant: Assistant) -> None:
    shared = Conversations(assistant.conversation, conversations=20, of_one=5)
    ana, luis = shared.of("ana"), shared.of("luis")
    under_way = ana.begin("anas", "¿Qué pasó?")
    finished = luis.begin("luis", "¿Qué pasó?")
    luis.update("luis", finished.stopped())
    for n in range(520):
        luis.opened("")
        luis.update(f"{n}", luis.begin(f"{n}", "¿Y?").stopped())
    assert ana.turns("anas") == (under_way,)
    assert ana.update("anas", under_way.stopped())
    assert luis.turns("luis") == (), "its own, used longest ago, made room"
    assert len([key for key in shared.open if key[0] == "luis"]) == 5


def test_more_than_the_limit_are_held_while_more_are_under_way(assistant: Assistant) -> None:
    shared = Conversations(assistant.conversation, conversations=3)
    own = shared.of("ana")
    turns = {name: own.begin(name, "¿Qué pasó?") for name in "abcdef"}
    assert all(own.turns(name) == (turn,) for name, turn in turns.items())
    for name, turn in turns.items():
        own.update(name, turn.stopped())
    own.begin("g", "¿Y?")
    assert len(shared.open) == 3
