"""The reader on the real page: a PDF's pages as pictures beside its text."""

from collections.abc import Callable

import httpx
import pytest

from tests.index.readers.pdf_samples import pdf_of
from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import MEETING, violations

pytestmark = pytest.mark.browser
PAGES = (
    "Informe de obras del estado.\nLa carretera de Perote sigue cerrada.",
    "El puente de Santa Rosalía costó 840 millones de pesos.\nLo abrió la ingeniera Elena Prado.",
)
LOADED = "img => img.complete && img.naturalWidth > 0"


@pytest.fixture(scope="module")
def report(archives: Callable[..., Archive]) -> Archive:
    served = archives()
    (served.documents / "informe.pdf").write_bytes(pdf_of(*PAGES))
    (served.documents / "roto.pdf").write_bytes(pdf_of("Otra cosa."))
    served.assistant.sync()
    (served.documents / "roto.pdf").write_bytes(b"%PDF-1.4 broken since")
    return served


def test_a_pdfs_page_is_shown_beside_its_text_and_can_be_turned(
    report: Archive, visit: Callable[..., Visit]
) -> None:
    reader = visit(report)
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    reader.page.locator("#live a.cite").first.click()
    pages = reader.page.locator("dialog .pages")
    pages.get_by_text("Página 2 de 2").wait_for()
    reader.page.wait_for_function(f"({LOADED})(document.querySelector('dialog .pages img'))")
    assert violations(reader) == []
    text, picture = reader.page.locator("dialog .fulltext"), pages.locator("img")
    assert picture.bounding_box()["x"] >= text.bounding_box()["x"] + text.bounding_box()["width"]  # type: ignore[index]
    pages.get_by_role("link", name="Página anterior").click()
    pages.get_by_text("Página 1 de 2").wait_for()
    reader.page.locator("dialog .reader nav .chip").first.click()
    reader.page.locator("dialog .pages").get_by_text("Página 2 de 2").wait_for()


def test_on_a_phone_the_page_is_large_enough_to_read_and_shown_from_the_quote_on(
    report: Archive, visit: Callable[..., Visit]
) -> None:
    reader = visit(report, phone=True)
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    reader.page.locator("#live a.cite").first.click()
    reader.page.wait_for_function(f"({LOADED})(document.querySelector('dialog .pages img'))")
    sheet = reader.page.locator("dialog .sheet")
    assert sheet.evaluate("sheet => sheet.scrollWidth > sheet.clientWidth")
    close, title = reader.page.locator("dialog .bar .close"), reader.page.locator("dialog h1")
    title.scroll_into_view_if_needed()
    assert title.bounding_box()["y"] >= close.bounding_box()["y"] + close.bounding_box()["height"]  # type: ignore[index]
    assert violations(reader) == []


def test_the_answer_stays_in_sight_beside_the_document_and_its_quotes_are_stepped_through(
    archive: Archive, visit: Callable[..., Visit]
) -> None:
    reader = visit(archive)
    reader.ask("¿Qué acordaron sobre seguridad?")
    reader.page.locator("#live a.cite").first.click()
    dialog, answer = reader.page.locator("dialog.reading"), reader.page.locator("#live .answer")
    dialog.locator(".fulltext").wait_for()
    assert answer.bounding_box()["x"] + answer.bounding_box()["width"] <= dialog.bounding_box()["x"]  # type: ignore[index]
    total = dialog.locator("header .chip").count()
    place = dialog.locator(".stepper .place")
    assert place.inner_text() == f"Cita 1 de {total}"
    dialog.get_by_role("button", name="Cita siguiente").click()
    assert place.inner_text() == f"Cita 2 de {total}"
    dialog.get_by_role("button", name="Cita anterior").click()
    dialog.get_by_role("button", name="Cita anterior").click()
    assert place.inner_text() == f"Cita {total} de {total}"
    assert violations(reader) == []
    answer.click()
    reader.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_words_are_found_in_the_document_without_case_and_accents(
    archive: Archive, visit: Callable[..., Visit]
) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    reader.page.locator("#live a.cite").first.click()
    finder = reader.page.get_by_role("searchbox", name="Buscar en el documento")
    finder.fill("SEGURIDÁD")
    place = reader.page.locator("dialog .finder .place")
    text = reader.page.locator("dialog .fulltext").inner_text().lower()
    assert place.inner_text() == f"1 de {text.count('seguridad')}"
    finder.press("Enter")
    assert place.inner_text().startswith("2 de ")
    finder.fill("<b>nada</b>")
    assert place.inner_text() == "No aparece"


def test_an_answer_that_holds_no_document_is_told_in_the_reader(
    archive: Archive, visit: Callable[..., Visit]
) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    reader.page.route("**/document?*", lambda route: route.fulfill(status=429, body="Too many requests"))
    reader.page.locator("#live a.cite").first.click()
    reader.page.locator("dialog").get_by_text("El documento no se pudo abrir.").wait_for()
    # The browser itself notes the answer.
    [noted] = reader.wrongs
    assert "429" in noted
    reader.wrongs.clear()


def test_a_page_that_cannot_be_drawn_is_told_and_not_guessed(report: Archive) -> None:
    with httpx.Client(base_url=report.address) as client:
        assert client.get("/document/page?id=informe.pdf&number=2").content.startswith(b"\x89PNG")
        assert client.get("/document/page?id=informe.pdf&number=9").status_code == 404
        assert client.get("/document/page?id=roto.pdf&number=1").status_code == 404
        assert client.get("/document/page?id=none&number=1").status_code == 404
        assert client.get("/document/page?id=2026-01-16-de-la-fuente-rubio.txt&number=1").status_code == 404
