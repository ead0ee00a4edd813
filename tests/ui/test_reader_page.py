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
