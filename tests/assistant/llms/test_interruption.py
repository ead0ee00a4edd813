"""Ending what waits in another thread."""

from contextvars import copy_context
from threading import Event

from assistant.llms.bridge import Interruption, interruptible


def test_what_is_under_way_is_called_back() -> None:
    interruption, called = Interruption(), Event()

    def wait() -> None:
        interruption.enter()
        with interruptible(called.set):
            interruption.say()
            assert called.is_set()

    copy_context().run(wait)


def test_what_begins_after_it_was_said_is_called_back_at_once() -> None:
    interruption, called = Interruption(), Event()
    interruption.say()
    with interruption.calling(called.set):
        assert called.is_set()


def test_what_is_over_is_not_called_back() -> None:
    interruption, called = Interruption(), Event()
    with interruption.calling(called.set):
        pass
    interruption.say()
    assert not called.is_set()


def test_other_contexts_are_not_reached() -> None:
    interruption, called = Interruption(), Event()
    copy_context().run(interruption.enter)
    with interruptible(called.set):
        interruption.say()
    assert not called.is_set()
