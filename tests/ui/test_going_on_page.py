"""What comes after an answer, on the real page: questions to go on with, filters that stay, what to try."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from tests.ui.conftest import Archive, Visit
from tests.ui.test_attacks import NAME
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


def test_questions_to_go_on_with_come_under_an_answer_and_are_answered(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    suggested = reader.page.locator("#live .next button").first
    suggested.wait_for()
    assert violations(reader) == []
    question = suggested.inner_text()
    suggested.press("Enter")
    reader.page.locator("#turn-2:not([aria-busy]) .answer").wait_for()
    assert question in reader.page.locator("#live .question").inner_text()
    assert reader.page.locator("#history .next").count() == 0


def test_an_answer_stays_as_its_reader_has_it_when_questions_to_go_on_with_come(
    archive: Archive, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, suggest = Event(), archive.assistant.next_questions

    def suggest_once_it_is_read(*passages: Any, **wanted: Any) -> tuple[str, ...]:
        reading.wait(30)
        return suggest(*passages, **wanted)

    monkeypatch.setattr(archive.assistant, "next_questions", suggest_once_it_is_read)
    reader = visit(archive)
    reader.ask(MEETING)
    citation = reader.page.locator("#live a.cite").first
    citation.focus()
    reading.set()
    reader.page.locator("#live .next").wait_for()
    assert reader.page.locator("#live .card.on").count() == 1
    assert reader.page.get_by_role("tooltip").count() == 1
    assert citation.evaluate("link => document.activeElement === link")


def test_what_is_missing_comes_with_what_can_be_answered_and_what_to_try(
    archive: Archive, visit: Open
) -> None:
    reader = visit(archive)
    reader.ask("¿Quién ganó el Mundial de fútbol de 2022?")
    reader.page.locator("#live .next").get_by_text("Lo que sí se puede responder").wait_for()
    assert "Se buscó en 1 documento" in reader.page.locator("#live div.missing").inner_text()
    assert violations(reader) == []
    reader.page.locator("#live .missing").get_by_role("button", name="Añadir documentos").click()
    reader.page.locator("#add").wait_for()


def test_a_conversations_filter_is_there_again_when_it_is_resumed(
    archives: Callable[..., Archive], visit: Open
) -> None:
    served = archives({"puente": " date 2026-02-10\nEl puente de Santa Rosalía costó 840 millones."})
    reader = visit(served)
    reader.show_documents()
    reader.page.locator("tr", has_text="puente.txt").get_by_role("button", name="Preguntar solo").click()
    reader.page.get_by_role("tab").nth(0).click()
    reader.page.locator("#filters summary").first.click()
    reader.page.locator("#filters [name=from]").fill("2026-02-01")
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    for _ in range(2):  # from memory, then as it is kept in the archive
        served.assistant.conversations.summaries()
        reader.page.reload()
        reader.page.locator("#history .turn").wait_for()
        chips = reader.page.locator("#filters .bound")
        chips.nth(1).wait_for()
        assert "1 feb 2026" in chips.nth(0).inner_text()
        assert "Santa Rosalía" in chips.nth(1).inner_text()
    told = reader.page.locator("#history .understood").first.inner_text()
    assert "documentos con fecha desde el 1 de febrero de 2026" in told
    reader.ask("¿Quién ganó el Mundial de fútbol de 2022?")
    reader.page.locator("#live .missing").get_by_role("button", name="Volver a usar todo").click()
    assert reader.page.locator("#filters .bound").count() == 0


def test_the_questions_that_a_hostile_document_suggests_are_inert(
    archives: Callable[..., Archive], visit: Open
) -> None:
    hostile = (
        " date 2026-03-01 El presupuesto de Villahermosa subió a 77 millones.\n\n"
        "El precio <b>del</b> <img src=x> puente es de 300 euros."
    )
    reader = visit(archives({NAME: hostile}))
    reader.ask("¿A cuánto subió el presupuesto de Villahermosa?")
    reader.page.locator("#live .next", has_text="<img src=x>").wait_for()
    for tag in ("script", "img", "iframe", "form", "style", "svg", "meta", "b", "a"):
        assert reader.page.locator("#live .next").locator(tag).count() == 0


def test_an_answer_is_copied_and_asked_again_with_the_keyboard(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.ask(MEETING)
    reader.page.locator("#live .next").wait_for()
    reader.page.get_by_role("button", name="Copiar").press("Enter")
    reader.page.get_by_role("button", name="Copiado").wait_for()
    assert "[1]" in reader.page.evaluate("navigator.clipboard.readText()")
    reader.page.locator("#live .turn").evaluate("turn => { turn.dataset.before = '1'; }")
    reader.page.get_by_role("button", name="Preguntar de nuevo").press("Enter")
    reader.page.locator("#live .turn:not([data-before]):not([aria-busy])").wait_for()
    assert MEETING in reader.page.locator("#live .question").inner_text()
    assert reader.page.locator(".turn").count() == 1


def test_a_second_click_leaves_the_button_its_label(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.ask(MEETING)
    button = reader.page.locator("#live [data-copy]")
    button.dblclick()
    button.and_(reader.page.get_by_text("Copiado")).wait_for()
    button.and_(reader.page.get_by_text("Copiar")).wait_for()


def test_where_a_browser_has_no_clipboard_the_button_says_that_nothing_was_copied(
    archive: Archive, visit: Open
) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    reader.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    reader.page.get_by_role("button", name="Copiar").click()
    reader.page.get_by_role("button", name="No se pudo copiar").wait_for()
