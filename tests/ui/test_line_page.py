"""Waiting in line and being held back, on the real page."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from assistant import Settings
from assistant.people.users import Users
from tests.ui.access.conftest import PASSWORD
from tests.ui.access.test_throttle import Held, post
from tests.ui.conftest import Archive, Visit, served
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.fixture
def one_at_once(seed: Settings) -> Iterator[tuple[Held, Archive]]:
    """An archive that answers one question at a time, when it is let go; one more may wait."""
    settings = seed.model_copy(update={"answers_at_once": 1, "answers_waiting": 1, "engine": "extractive"})
    with Held(settings) as assistant:
        assistant.sync()
        with served(assistant) as address:
            yield assistant, Archive(address, seed.documents, assistant)


def ask(reader: Visit) -> None:
    reader.page.fill("#question textarea", MEETING)
    reader.page.keyboard.press("Enter")


def test_a_reader_in_line_sees_the_place_and_one_too_many_is_told_to_come_back(
    one_at_once: tuple[Held, Archive], visit: Open
) -> None:
    held, archive = one_at_once
    first, second = visit(archive), visit(archive, locale="en-US")
    with ThreadPoolExecutor(1) as pool:
        before = pool.submit(post, archive.address)
        assert held.asked.acquire(timeout=60)
        ask(first)
        first.page.get_by_text("Su pregunta espera: hay otra antes.").wait_for()
        assert violations(first) == []
        ask(second)
        second.page.get_by_text("Too many questions are waiting.").first.wait_for()
        held.let_go.set()
        assert before.result().status_code == 200
    first.page.locator("#live .turn:not([aria-busy]) .cite").first.wait_for()


def test_a_reader_who_stops_while_waiting_gives_the_place_back(
    one_at_once: tuple[Held, Archive], visit: Open
) -> None:
    held, archive = one_at_once
    reader = visit(archive)
    with ThreadPoolExecutor(1) as pool:
        before = pool.submit(post, archive.address)
        assert held.asked.acquire(timeout=60)
        ask(reader)
        reader.page.get_by_text("Su pregunta espera").wait_for()
        reader.page.locator("#question .stop-button").click()
        reader.page.get_by_text("Respuesta detenida.").wait_for()
        held.let_go.set()
        assert before.result().status_code == 200
    assert post(archive.address).status_code == 200


def test_a_reader_who_asks_too_often_is_told_when_to_go_on(seed: Settings, visit: Open) -> None:
    Users(seed.auth).add("ana", PASSWORD)
    settings = seed.model_copy(update={"questions_per_minute": 1, "engine": "extractive"})
    with Held(settings) as assistant:
        assistant.let_go.set()
        assistant.sync()
        with served(assistant) as address:
            reader = visit(Archive(address, seed.documents, assistant), until="form.login")
            reader.page.fill("#name", "ana")
            reader.page.fill("#password", PASSWORD)
            reader.page.keyboard.press("Enter")
            reader.page.locator(".welcome").wait_for()
            reader.ask(MEETING)
            ask(reader)
            reader.page.get_by_text("Ha hecho muchas preguntas seguidas").first.wait_for()
            assert httpx.get(f"{address}/healthz").status_code == 200
