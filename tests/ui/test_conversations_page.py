"""Conversations on the real page: judged, found again, renamed, taken home, deleted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def own_archive(archives: Callable[..., Archive]) -> Archive:
    """An archive whose conversations are those of this file's tests only."""
    return archives()


def test_a_verdict_is_kept_with_its_reason_and_shown_after_a_reload(
    own_archive: Archive, visit: Open
) -> None:
    reader = visit(own_archive)
    reader.ask(MEETING)
    reader.page.get_by_role("button", name="La respuesta no es buena").click()
    assert violations(reader) == []
    reader.page.locator(".judge input").fill("Falta el cargo completo.")
    reader.page.keyboard.press("Enter")
    reader.page.get_by_text("Queda anotado").wait_for()
    (given,) = own_archive.assistant.conversations.feedback()
    assert (given.verdict, given.reason) == ("bad", "Falta el cargo completo.")
    reader.page.reload()
    reader.page.locator("#history .thumb.bad[aria-pressed=true]").wait_for()


def test_a_conversation_is_found_renamed_exported_and_resumed(
    own_archive: Archive, visit: Open, tmp_path: Path
) -> None:
    first = visit(own_archive)
    first.ask(MEETING)
    first.show_conversations()
    listed = first.page.locator("#conversations")
    row = listed.locator("li").first
    assert MEETING in row.inner_text()
    row.get_by_role("button", name="Cambiar título").click()
    first.page.locator("dialog input").fill("Notas sobre la reunión")
    first.page.keyboard.press("Enter")
    listed.get_by_role("link", name="Notas sobre la reunión").wait_for()
    with first.page.expect_download() as download:
        listed.get_by_role("link", name="Exportar").first.click()
    assert download.value.suggested_filename == "Notas sobre la reunión.md"
    download.value.save_as(tmp_path / "notes.md")
    assert (tmp_path / "notes.md").read_text("utf-8").startswith("# Notas sobre la reunión")
    link = listed.get_by_role("link", name="Notas sobre la reunión").get_attribute("href")
    assert violations(first) == []

    second = visit(own_archive)
    second.page.goto(f"{own_archive.address}/es/{link}")
    second.page.locator("#history .turn").wait_for()
    second.ask("¿Quiénes hablaron?")
    (summary,) = own_archive.assistant.conversations.summaries(words="Notas sobre")
    assert summary.turns == 2
    second.page.locator("[data-new]").click()
    second.page.locator(".welcome").wait_for()
    assert second.page.locator(".turn").count() == 0


def test_conversations_are_searched_and_deleted_after_asking(own_archive: Archive, visit: Open) -> None:
    reader = visit(own_archive)
    reader.ask("¿Quién ganó el Mundial de fútbol de 2022?")
    reader.show_conversations()
    reader.page.locator("#search-conversations").get_by_role("textbox").fill("mundial")
    row = reader.page.locator("#conversations li:only-child", has_text="Mundial")
    row.get_by_role("button", name="Borrar").click()
    reader.page.locator("dialog .yes").click()
    reader.page.locator(".welcome").wait_for()
    assert own_archive.assistant.conversations.summaries(words="mundial") == []
    assert reader.page.locator(".turn").count() == 0
    reader.page.get_by_role("tab").nth(2).click()
    reader.page.locator("#search-conversations").get_by_role("textbox").fill("mundial")
    reader.page.get_by_text("Ninguna conversación contiene").wait_for()


def test_the_last_question_is_asked_again_and_corrected_in_its_place(
    own_archive: Archive, visit: Open
) -> None:
    reader = visit(own_archive)
    reader.ask("¿Quién es el canciller de México?")
    reader.ask("¿Quién ganó el Mundial de fútbol de 2022?")
    turns = reader.page.locator(".turn")
    reader.page.locator("#live").get_by_role("button", name="Preguntar de nuevo").click()
    reader.page.locator("#live .turn:not([aria-busy]) [data-kept='3']").wait_for()
    assert turns.count() == 2
    reader.page.locator("#live").get_by_role("button", name="Corregir").click()
    box = reader.page.locator("#question textarea")
    assert box.input_value() == "¿Quién ganó el Mundial de fútbol de 2022?"
    box.fill(MEETING)
    reader.page.keyboard.press("Enter")
    reader.page.locator("#live .turn:not([aria-busy])", has_text="23 de enero").wait_for()
    assert turns.count() == 2
    reader.page.reload()
    reader.page.locator("#history .turn").nth(1).wait_for()
    assert "Mundial" not in reader.page.locator("#history").inner_text()


def test_a_link_that_leads_to_no_conversation_opens_a_new_one(own_archive: Archive, visit: Open) -> None:
    reader = visit(own_archive)
    reader.page.goto(f"{own_archive.address}/es/?conversation=guessed")
    reader.page.locator(".welcome").wait_for()
    assert reader.page.locator(".turn").count() == 0


def test_conversations_stand_beside_a_wide_page_the_pinned_ones_first_and_open_at_their_last_turn(
    own_archive: Archive, visit: Open
) -> None:
    reader = visit(own_archive)
    beside = reader.page.locator("#beside li")
    assert not reader.page.locator("#side").is_visible()  # what others asked is nothing for this reader
    reader.ask("¿Quién es el canciller de México?")
    reader.ask(MEETING)
    beside.first.wait_for()
    assert reader.page.locator("#beside [aria-current]").inner_text() == "¿Quién es el canciller de México?"
    reader.page.locator("[data-new]").click()
    reader.page.locator(".welcome").wait_for()
    reader.ask("¿Con quién habló Rubio?")
    beside.nth(1).get_by_role("button", name="Fijar").click()
    reader.page.locator("#beside li.is-pinned:first-child", has_text="canciller").wait_for()
    assert violations(reader) == []
    (pinned,) = (row for row in own_archive.assistant.conversations.summaries() if row.pinned)
    assert pinned.turns == 2
    beside.first.get_by_role("link").click()
    reader.page.locator("#history .turn").nth(1).wait_for()
    last = reader.page.locator("#history .turn").nth(1).bounding_box()
    assert last is not None and 0 <= last["y"] < 450
    reader.page.locator("#search-beside").get_by_role("textbox").fill("rubio habló con nadie")
    reader.page.locator("#beside .none").wait_for()
    reader.page.locator("#search-beside").get_by_role("textbox").fill("rubio")
    beside.first.wait_for()
    reader.page.set_viewport_size({"width": 390, "height": 844})
    assert not reader.page.locator("#side").is_visible()
