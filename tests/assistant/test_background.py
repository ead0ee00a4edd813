import threading
from collections.abc import Callable

from assistant.background import WatchSwitch
from index.sync import Progress


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
