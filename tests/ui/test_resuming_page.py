"""What the page does that has lost its server, with one server that comes back; with several: test_replicas."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.servers import wait_until
from tests.ui.conftest import Archive, Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
MINISTER = "¿Quién es el canciller de México?"


def lose_events(page: Page) -> None:
    """Let the next events of the page never arrive, as if they were another server's."""
    page.route("**/queue/data*", lambda route: None, times=1)


def test_a_page_that_hears_nothing_of_its_question_loads_itself_again_and_finds_the_answer(
    archive: Archive, visit: Open
) -> None:
    reader = visit(archive)
    reader.ask(MINISTER)
    reader.page.locator(".next").wait_for()  # after which no events are under way
    reader.page.clock.install()
    lose_events(reader.page)
    reader.page.fill("#question textarea", "¿Cuándo será la reunión ministerial de seguridad?")
    with reader.page.expect_request("**/queue/data*"):
        reader.page.keyboard.press("Enter")
    wait_until(lambda: archive.assistant.conversations.summaries()[0].turns == 2)
    reader.page.fill("#question textarea", "¿Y después?")
    with reader.page.expect_event("load"):
        reader.page.clock.fast_forward("00:21")
    reader.page.locator("#notice .lost", has_text="conversación sigue aquí").wait_for()
    assert reader.page.locator("#history .turn").count() == 2
    assert reader.page.locator("#question textarea").input_value() == "¿Y después?"
