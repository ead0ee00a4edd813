"""A reader who loads the page again while it answers."""

from collections.abc import Callable

import pytest

from assistant import Settings
from tests.ui.access.test_throttle import Held
from tests.ui.conftest import Archive, Visit, served
from tests.ui.test_page import MEETING

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


def test_a_question_that_a_reload_breaks_off_is_shown_as_stopped_and_can_be_asked_again(
    seed: Settings, visit: Open
) -> None:
    with Held(seed.model_copy(update={"engine": "extractive"})) as held:
        held.sync()
        with served(held) as address:
            reader = visit(Archive(address, seed.documents, held))
            reader.page.fill("#question textarea", MEETING)
            reader.page.keyboard.press("Enter")
            assert held.asked.acquire(timeout=60)
            reader.page.locator("#live .turn[aria-busy]").wait_for()
            reader.page.reload()
            reader.page.locator("#history .turn", has_text=MEETING).wait_for()
            assert reader.page.get_by_text("Respuesta detenida").is_visible()
            assert reader.page.locator("[aria-busy]").count() == 0
            held.let_go.set()
            reader.page.locator("#history [data-ask]").click()
            reader.page.locator("#live .turn:not([aria-busy]) .cite").first.wait_for()
