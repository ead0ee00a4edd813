"""Filters on the real page: set, shown as chips, used, told, taken back."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]

REPORT = "El puente de Santa Rosalía costó 840 millones de pesos."


@pytest.fixture(scope="module")
def two_documents(archives: Callable[..., Archive]) -> Archive:
    return archives({"puente": f" date 2026-02-10\n{REPORT}"})


def test_a_date_bound_is_a_chip_that_filters_and_can_be_dropped(two_documents: Archive, visit: Open) -> None:
    reader = visit(two_documents)
    assert not reader.page.locator("#filters .bounds").is_visible()
    reader.page.locator("#filters summary").first.click()
    reader.page.locator("#filters [name=from]").fill("2026-02-01")
    reader.page.locator("#filters .bound", has_text="2026").wait_for()
    assert violations(reader) == []
    reader.ask(MEETING)
    assert "16 de enero" not in reader.page.locator("#live .turn").inner_text()
    told = "Solo en: documentos con fecha desde el 1 de febrero de 2026"
    assert told in reader.page.locator("#live .turn").inner_text()
    reader.page.locator("#filters .bound").click()
    assert reader.page.locator("#filters .bound").count() == 0
    reader.ask(MEETING)
    assert "23 de enero" in reader.page.locator("#live .answer").inner_text()
    assert "Solo en:" not in reader.page.locator("#live .turn").inner_text()


def test_only_the_chosen_document_is_asked(two_documents: Archive, visit: Open) -> None:
    reader = visit(two_documents)
    reader.show_documents()
    reader.page.locator("tr", has_text="puente.txt").get_by_role("button", name="Preguntar solo").click()
    reader.page.get_by_role("tab").nth(0).click()
    reader.page.locator("#filters .bound", has_text="Santa Rosalía").wait_for()
    reader.ask(MEETING)
    assert "16 de enero" not in reader.page.locator("#live .turn").inner_text()
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    assert "840 millones" in reader.page.locator("#live .answer").inner_text()


def test_documents_are_ticked_one_by_one_and_by_their_folder(
    archives: Callable[..., Archive], visit: Open
) -> None:
    served = archives({"puente": f" date 2026-02-10\n{REPORT}"})
    folder = served.documents / "obras"
    folder.mkdir()
    for n in range(4):
        (folder / f"presa-{n}.txt").write_text(
            f" date 2026-03-0{n + 1}\nLa presa número {n} costó {n + 2} millones."
        )
    served.assistant.sync()
    reader = visit(served)
    reader.page.locator("#filters summary").first.click()
    pick = reader.page.locator("#filters .pick")
    group = pick.locator(".folder", has_text="obras")
    assert group.locator("summary").inner_text() == "4 documentos"
    group.locator("[data-folder]").check()
    reader.page.locator("#filters .bound", has_text="Solo en 4 documentos").wait_for()
    assert violations(reader) == []
    group.locator("summary").click()
    group.locator("ul input").first.uncheck()
    assert group.locator("[data-folder]").evaluate("box => box.indeterminate")
    assert reader.page.locator("#filters .bound").count() == 3
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    assert "840 millones" not in reader.page.locator("#live .turn").inner_text()


def test_bounds_that_nothing_can_pass_are_told_and_not_asked(two_documents: Archive, visit: Open) -> None:
    reader = visit(two_documents)
    reader.page.locator("#filters summary").first.click()
    reader.page.locator("#filters [name=from]").fill("2026-02-01")
    reader.page.locator("#filters [name=to]").fill("2026-01-01")
    reader.page.fill("#question textarea", MEETING)
    reader.page.keyboard.press("Enter")
    reader.page.get_by_text("compruebe que la primera fecha").wait_for()
    assert reader.page.locator(".turn").count() == 0
