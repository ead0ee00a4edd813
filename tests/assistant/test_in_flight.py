"""What is on its way is over before what it works on is closed."""

import threading
from pathlib import Path

from assistant import Assistant
from assistant.background import InFlight
from tests.news import small_archive


def test_it_is_over_when_the_last_step_is() -> None:
    in_flight, began, may_end = InFlight(), threading.Event(), threading.Event()

    def work() -> None:
        with in_flight.step():
            began.set()
            may_end.wait(60)

    worker = threading.Thread(target=work)
    worker.start()
    began.wait(60)
    with in_flight.over(0) as over:
        assert not over
    may_end.set()
    with in_flight.over(60) as over:
        assert over
    worker.join()


def test_an_archive_that_is_closed_while_others_ask_takes_nobody_down(tmp_path: Path) -> None:
    with small_archive(
        tmp_path, [{"text": "La feria del libro de Lima abre el 3 de mayo de 2026."}]
    ) as archive:
        archive.ask("¿Cuándo abre la feria del libro?")
        asking = [threading.Thread(target=_ask, args=(archive,)) for _ in range(4)]
        for thread in asking:
            thread.start()
    for thread in asking:
        thread.join()


def _ask(archive: Assistant) -> None:
    archive.next_questions((), (), "es")
    assert archive.ask("¿Cuándo abre la feria del libro?").answered
