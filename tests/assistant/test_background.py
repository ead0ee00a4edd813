import threading
from collections.abc import Callable
from queue import SimpleQueue

from assistant.background import Runs, UnderWay, WatchSwitch
from index.errors import DocumentsMissing
from index.sync.indexer import Progress, Step


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


def test_a_run_tells_how_fast_it_is_and_what_is_left_until_it_ends() -> None:
    clock = iter(float(second) for second in range(100))
    runs, passed_on = Runs(lambda: next(clock)), SimpleQueue[Progress]()
    assert runs.under_way is None and runs.wait(0)
    with runs.followed(passed_on.put) as tell:
        assert runs.under_way == UnderWay(0, 0, "") and not runs.wait(0)
        for done in (1, 2, 3):
            tell(Progress(Step.READ, f"{done}.txt", done, 10))
        state = runs.under_way
    assert state is not None and (state.done, state.total, state.name) == (3, 10, "3.txt")
    assert state.rate * state.left == 7
    assert passed_on.qsize() == 3
    assert runs.under_way is None and runs.wait(0)


def test_of_two_runs_at_a_time_the_last_to_end_ends_what_is_under_way() -> None:
    runs = Runs()
    with runs.followed(lambda _: None):
        with runs.followed(lambda _: None):
            pass
        assert runs.under_way is not None
    assert runs.under_way is None
