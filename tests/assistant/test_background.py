import threading
from collections.abc import Callable
from queue import SimpleQueue

from assistant.background import WatchSwitch
from index.errors import DocumentsMissing
from index.sync.indexer import Progress


def test_a_switch_watches_once_however_often_it_is_turned_on() -> None:
    begun, ended = threading.Semaphore(0), threading.Event()

    def watch(stop: threading.Event, _: Callable[[Progress], None]) -> None:
        begun.release()
        stop.wait()
        ended.set()

    switch = WatchSwitch(watch)
    assert not switch.on
    switch.turn(True)
    switch.turn(True)
    assert switch.on and begun.acquire(timeout=5)
    switch.turn(False)
    assert ended.is_set() and not switch.on
    assert not begun.acquire(blocking=False)
    switch.turn(True)
    assert begun.acquire(timeout=5)
    switch.turn(False)


def test_a_watch_that_ended_by_itself_is_off_and_can_be_turned_on_again() -> None:
    threads: SimpleQueue[threading.Thread] = SimpleQueue()

    def watch(_: threading.Event, __: Callable[[Progress], None]) -> None:
        threads.put(threading.current_thread())
        raise DocumentsMissing("There is no documents folder.")

    switch = WatchSwitch(watch)
    for _ in range(2):
        switch.turn(True)
        threads.get(timeout=5).join(timeout=5)
        assert not switch.on
    switch.turn(False)
    assert not switch.on
