from dataclasses import replace

from ui.conversations import Conversations
from ui.turns import Stage


def test_an_id_that_was_not_given_out_opens_a_new_empty_conversation() -> None:
    kept = Conversations()
    first = kept.opened("")
    kept.begin(first, "¿Qué pasó?")
    assert kept.opened(first) == first
    other = kept.opened("adivinado")
    assert other not in (first, "adivinado")
    assert kept.turns(other) == ()


def test_a_stopped_turn_is_not_changed_by_what_arrives_later() -> None:
    kept = Conversations()
    conversation = kept.opened("")
    turn = kept.begin(conversation, "¿Qué pasó?")
    kept.stop(conversation)
    assert not kept.update(conversation, replace(turn, stage=Stage.ANSWERED))
    assert kept.turns(conversation)[0].stage is Stage.STOPPED


def test_a_new_question_stops_the_one_that_was_pending() -> None:
    kept = Conversations()
    conversation = kept.opened("")
    kept.begin(conversation, "¿Uno?")
    second = kept.begin(conversation, "¿Dos?")
    assert second.number == 2
    assert [turn.stage for turn in kept.turns(conversation)] == [Stage.STOPPED, Stage.SEARCHING]


def test_only_the_latest_conversations_and_turns_are_kept() -> None:
    kept = Conversations(conversations=2, turns=3)
    ids = [kept.opened("") for _ in range(3)]
    for n in range(5):
        kept.begin(ids[2], f"¿{n}?")
    assert kept.opened(ids[0]) != ids[0]
    assert [turn.number for turn in kept.turns(ids[2])] == [3, 4, 5]
