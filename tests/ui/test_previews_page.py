"""Previews of quotes and folded reprints, on the real page."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]

REPORT = "El puente de Santa Rosalía costó 840 millones de pesos y lo abrió la ingeniera Elena Prado."


def test_hovering_a_citation_shows_its_quote_with_title_and_date(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    reader.page.locator("#live a.cite").first.hover()
    told = reader.page.get_by_role("tooltip")
    told.wait_for()
    assert "16 de enero de 2026" in told.inner_text()
    assert "Luego de la llamada" in told.inner_text()
    assert "será realizada el 23 de enero" in told.inner_text()
    assert violations(reader) == []
    told.hover()
    reader.page.wait_for_timeout(400)  # longer than a preview lingers
    assert told.is_visible()
    reader.page.locator("#live .question").hover()
    told.wait_for(state="detached")


def test_a_preview_comes_with_the_keyboard_too_and_escape_takes_only_it_away(
    archive: Archive, visit: Open
) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    citation = reader.page.locator("#live a.cite").last
    citation.focus()
    assert citation.get_attribute("aria-describedby") == "preview"
    assert "23 de enero" in reader.page.get_by_role("tooltip").inner_text()
    reader.page.keyboard.press("Escape")
    assert reader.page.get_by_role("tooltip").count() == 0
    assert citation.get_attribute("aria-describedby") is None


def test_a_preview_stays_within_a_phones_window(archive: Archive, visit: Open) -> None:
    reader = visit(archive, phone=True)
    reader.ask(MEETING)
    for citation in reader.page.locator("#live a.cite").all():
        citation.focus()
        box = reader.page.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert box["y"] >= 0 and box["y"] + box["height"] <= 844


def test_documents_that_print_the_same_are_folded_into_one_card(
    archives: Callable[..., Archive], visit: Open
) -> None:
    printed = {f"diario-{n}": f" date 2026-02-1{n}\n{REPORT}" for n in range(3)}
    reader = visit(archives(printed))
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    assert reader.page.locator("#live .card").count() == 1
    fold = reader.page.locator("#live .card details.also")
    assert "También en otros 2 documentos" in fold.inner_text()
    fold.locator("summary").click()
    fold.locator("a.open").first.click()
    reader.page.locator("dialog .fulltext", has_text="Santa Rosalía").wait_for()
