"""More readers at once than the server can answer at a time.

pytest -m stress tests/stress/test_many_askers.py
"""

from statistics import median

import pytest

from assistant import Assistant, Settings
from tests.askers import Asker
from tests.ui.conftest import served

CROWD = 200
QUESTION = "¿Quién es el canciller de México?"


@pytest.mark.stress
def test_two_hundred_readers_at_once_get_answers_or_busy_and_then_the_server_is_as_quick_as_before(
    seed: Settings,
) -> None:
    settings = seed.model_copy(update={"engine": "extractive", "answers_waiting": 150, "answers_at_once": 8})
    with Assistant(settings) as assistant:
        assistant.sync()
        with served(assistant) as address:
            asker = Asker(f"{address}/es/")
            usual = median(asker.ask(QUESTION).seconds for _ in range(20))
            replies = asker.ask_at_once(QUESTION, CROWD)
            busy = [reply for reply in replies if not reply.answered]
            assert len(replies) == CROWD
            assert all("demasiadas preguntas" in reply.told for reply in busy)
            assert len(replies) - len(busy) >= settings.answers_waiting
            assert any(reply.places for reply in replies)
            after = median(asker.ask(QUESTION).seconds for _ in range(20))
            asker.close()
    assert after < 3 * usual + 0.05
