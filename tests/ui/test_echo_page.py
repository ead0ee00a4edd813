"""What a reader sees of a question between the key press and the server's first word, on the real page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from index.sync.indexer import Progress, Step
from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
JOIN = "**/queue/join*"
MINISTER = "¿Quién es el canciller de México?"


def put(reader: Visit, question: str) -> None:
    reader.page.fill("#question textarea", question)
    reader.page.keyboard.press("Enter")


def test_the_question_stands_there_before_the_server_has_said_a_word(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    held: list[Route] = []
    reader.page.route(JOIN, lambda route: held.append(route), times=1)
    put(reader, MINISTER)
    echo = reader.page.locator("#echo")
    echo.wait_for()
    assert MINISTER in echo.inner_text() and "Enviando la pregunta" in echo.inner_text()
    assert reader.page.locator("#question textarea").input_value() == ""
    assert not reader.page.locator(".welcome").is_visible()
    assert violations(reader) == []
    held[0].continue_()
    reader.page.locator("#live .turn:not([aria-busy])").wait_for()
    # The list of conversations beside the page names it too.
    turns = reader.page.locator(":is(#history, #live)")
    assert echo.count() == 0 and turns.get_by_text(MINISTER, exact=True).count() == 1


def test_a_refused_question_goes_back_into_the_box(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    long = "¿" + "palabra " * 400 + "?"
    put(reader, long)
    reader.page.get_by_text("acórtela").wait_for()
    reader.page.locator("#echo").wait_for(state="detached")
    assert reader.page.locator("#question textarea").input_value() == long
    assert reader.page.locator(".welcome").is_visible()


def test_a_hostile_question_is_echoed_as_text(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.page.route(JOIN, lambda route: None, times=1)
    put(reader, "<img src=x onerror=alert(1)>")
    assert reader.page.locator("#echo .question").inner_text() == "<img src=x onerror=alert(1)>"
    assert reader.page.locator("#echo img").count() == 0


@pytest.mark.parametrize(("is_there", "told"), [(True, "tarda en contestar"), (False, "No se llega")])
def test_a_slow_server_and_one_that_is_gone_are_told_apart(
    archive: Archive, visit: Open, is_there: bool, told: str
) -> None:
    reader = visit(archive)
    reader.page.clock.install()
    reader.page.route(JOIN, lambda route: None, times=1)
    if not is_there:
        reader.page.route("**/healthz", lambda route: route.abort())
        reader.expected_errors.append("net::ERR_FAILED")
    put(reader, MINISTER)
    reader.page.locator("#echo").wait_for()
    reader.page.clock.fast_forward("00:04")
    reader.page.locator("#echo", has_text=told).wait_for()
    assert MINISTER in reader.page.locator("#echo").inner_text()


def test_while_documents_are_read_the_page_tells_how_far_and_answers_from_what_is_there(
    archive: Archive, visit: Open
) -> None:
    with archive.assistant.runs.followed(lambda _: None) as tell:
        tell(Progress(Step.READ, "actas/<b>una</b>.pdf", 3, 10))
        reader = visit(archive)
        line = reader.page.locator(".under-way")
        line.wait_for()
        assert "3 de 10 archivos" in line.inner_text() and "<b>una</b>" in line.inner_text()
        assert violations(reader) == []
        reader.ask(MINISTER)
        told = reader.page.locator("#live .turn").inner_text()
        assert "Todavía se están leyendo documentos" in told and "de la Fuente" in told
    line.wait_for(state="hidden")
