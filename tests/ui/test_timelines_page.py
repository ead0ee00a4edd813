"""A timeline on the real page: drawn, clicked, taken home as a calendar."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import violations

pytestmark = pytest.mark.browser

STAGES = """ date 2026-01-20
La primera etapa del puente de Santa Rosalía se abrió el 3 de enero de 2026.
La segunda etapa del puente de Santa Rosalía se abrirá el 5 de marzo de 2026.
La tercera etapa del puente de Santa Rosalía se abrirá el 15 de diciembre de 2099."""


def test_a_timeline_is_a_line_of_events_that_can_be_clicked_and_a_calendar(
    archives: Callable[..., Archive], visit: Callable[..., Visit], tmp_path: Path
) -> None:
    reader = visit(archives({"puente": STAGES}))
    reader.ask("Cronología de la apertura de las etapas del puente de Santa Rosalía")
    days = reader.page.locator("#live .timeline .day").all_inner_texts()
    assert days == ["3 de enero de 2026", "5 de marzo de 2026", "15 de diciembre de 2099"]
    reader.page.locator("#live .dot").nth(1).click()
    assert "segunda etapa" in reader.page.locator("#live .timeline li.on").inner_text()
    assert violations(reader) == []
    reader.page.locator("#live .timeline a.cite").last.click()
    assert "tercera etapa" in reader.page.locator("#live .card mark.q.on").first.inner_text()
    reader.page.keyboard.press("Escape")
    reader.page.locator("#live .dot").first.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("Enter")
    assert "segunda etapa" in reader.page.locator("#live .timeline li.on").inner_text()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Calendario (.ics)").click()
    download.value.save_as(tmp_path / "events.ics")
    calendar = (tmp_path / "events.ics").read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20991215" in calendar
    assert "20260103" not in calendar.replace("DTSTAMP:20260103", "")
