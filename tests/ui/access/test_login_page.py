"""Two readers with a login each, in two real browsers at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from assistant.people.users import Users
from tests.ui.access.conftest import PASSWORD
from tests.ui.conftest import PATIENCE, Archive, Visit
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.fixture
def enter(visit: Open, closed: Archive) -> Callable[..., Visit]:
    """Opens the archive as a reader who logs in."""

    def log_in(name: str, **look: bool) -> Visit:
        reader = visit(closed, until="form.login", **look)
        fill(reader.page, name, PASSWORD)
        reader.page.locator(".welcome").wait_for()
        reader.page.locator(".account", has_text=name).wait_for()
        return reader

    return log_in


def fill(page: Page, name: str, password: str) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_the_login_page_is_accessible_in_every_look(
    visit: Open, closed: Archive, dark: bool, phone: bool
) -> None:
    reader = visit(closed, until="form.login", dark=dark, phone=phone)
    assert violations(reader) == []
    assert reader.page.locator("#name").evaluate("e => e === document.activeElement")
    fill(reader.page, "ana", "no es esta")
    reader.page.get_by_role("alert").wait_for()
    assert violations(reader) == []
    assert reader.page.locator("#name").input_value() == "ana"
    assert reader.page.locator("#password").input_value() == ""
    # The browser itself says in its console that the answer was a refusal.
    reader.wrongs[:] = [wrong for wrong in reader.wrongs if "401" not in wrong]


def test_the_login_needs_no_script(browser: Browser, closed: Archive) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{closed.address}/document?id=2026-01-16-de-la-fuente-rubio.txt&lang=en")
    page.get_by_role("heading", name="Log in to the archive").wait_for()
    fill(page, "ana", PASSWORD)
    page.locator("main.reader").wait_for()
    context.close()


def test_two_readers_at_once_never_see_each_others_conversations(enter: Callable[..., Visit]) -> None:
    ana, luis = enter("ana"), enter("luis")
    ana.page.fill("#question textarea", MEETING)
    ana.page.keyboard.press("Enter")
    luis.ask("¿Quién es el canciller de México?")
    ana.page.locator("#live .turn:not([aria-busy])").wait_for()
    for reader, own, others in ((ana, "reunión", "canciller de"), (luis, "canciller de", "reunión")):
        reader.show_conversations()
        listed = reader.page.locator("#conversations").inner_text()
        assert own in listed
        assert others not in listed
    link = ana.page.locator(".conversations .resume").first.get_attribute("href")
    assert link is not None
    address = f"{luis.address}/es/{link.removeprefix('./')}"
    luis.page.goto(address)
    luis.page.locator(".welcome").wait_for()
    assert luis.page.locator(".turn").count() == 0
    ana.page.goto(address)
    ana.page.locator("#history .turn", has_text="reunión").wait_for()
    id = link.partition("=")[2]
    for path, given in ((f"{id}/export", "GET"), (f"{id}/1/feedback", "PUT")):
        url = f"{luis.address}/conversations/{path}"
        sent = {"data": {"verdict": "bad"}} if given == "PUT" else {}
        assert luis.page.request.fetch(url, method=given, **sent).status == 404
        assert ana.page.request.fetch(url, method=given, **sent).ok


def test_logging_out_leads_to_the_login_and_a_link_back_to_the_conversation(
    enter: Callable[..., Visit],
) -> None:
    reader = enter("ana")
    reader.ask(MEETING)
    reader.show_conversations()
    link = reader.page.locator(".conversations .resume").first.get_attribute("href")
    assert link is not None
    reader.page.get_by_role("button", name="Salir").click()
    reader.page.locator("form.login").wait_for()
    reader.page.goto(f"{reader.address}/es/{link.removeprefix('./')}")
    fill(reader.page, "ana", PASSWORD)
    reader.page.locator("#history .turn").wait_for()


def test_a_login_that_has_ended_sends_its_reader_to_the_login_page(
    enter: Callable[..., Visit], closed: Archive
) -> None:
    users = Users(closed.assistant.settings.auth)
    users.add("eva", PASSWORD)
    reader = enter("eva")
    users.remove("eva")
    reader.page.fill("#question textarea", MEETING)
    reader.page.keyboard.press("Enter")
    reader.page.locator("form.login").wait_for()
    reader.wrongs[:] = [wrong for wrong in reader.wrongs if "401" not in wrong]


def test_who_added_and_who_removed_a_document_is_told_in_the_log(
    enter: Callable[..., Visit], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    note = tmp_path / "nota.txt"
    note.write_text(" date 2026-02-01\nEl puente se abrió.")
    reader = enter("ana")
    reader.show_documents()
    reader.page.locator("#add input[type=file]").set_input_files([note])
    row = reader.page.locator("table.documents tr", has_text="nota.txt")
    row.get_by_role("button", name="Quitar").click()
    reader.page.locator("dialog .yes").click()
    row.wait_for(state="detached")
    told = [record.getMessage() for record in caplog.records if record.name == "hemeroteca.audit"]
    assert told[-2:] == ["documents added: ['nota.txt'] by ana", "document removed: 'nota.txt' by ana"]
