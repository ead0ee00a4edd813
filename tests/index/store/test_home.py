"""Generations and the lock of the writer, in every engine."""

import os
import threading

import pytest

from index.errors import IndexBusy
from index.store.home import Home


def begin_next(home: Home) -> None:
    home.open_store(home.next).close()


def test_looking_for_an_index_makes_nothing(home: Home) -> None:
    assert not home.exists()
    assert not home.has(home.next)
    assert not home.exists()


def test_a_switch_makes_the_next_generation_the_live_one(home: Home) -> None:
    begin_next(home)
    before = home.live
    home.switch()
    assert home.exists()
    assert home.live != before


def test_a_generation_that_is_read_is_not_swept(home: Home) -> None:
    old = home.live
    reader = home.open_store(old)
    begin_next(home)
    home.switch()
    home.sweep()
    assert home.has(old)
    assert reader.counts() == (0, 0)
    reader.close()
    home.sweep()
    assert not home.has(old)
    assert home.exists()


def test_what_an_interrupted_rebuild_left_can_be_discarded(home: Home) -> None:
    begin_next(home)
    home.discard_next()
    assert not home.has(home.next)


def test_a_second_writer_is_told_who_is_busy(home: Home) -> None:
    with home.writing(), pytest.raises(IndexBusy, match=rf"{os.getpid()}.* --wait"), home.writing():
        raise AssertionError("two writers at once")


def test_a_writer_that_waits_gets_its_turn(home: Home) -> None:
    turns: list[str] = []

    def second() -> None:
        with home.writing(wait=True):
            turns.append("second")

    waiting = threading.Thread(target=second)
    with home.writing():
        waiting.start()
        turns.append("first")
    waiting.join(timeout=30)
    assert turns == ["first", "second"]
