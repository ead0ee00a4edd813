"""The documents panel on the real page: years, states, pages, adding with progress, watching."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Route

from tests.servers import wait_until
from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import violations
from ui.documents_panel import DocumentsPanel
from ui.shelf import View

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def many(archives: Callable[..., Archive]) -> Archive:
    """Sixty documents of three years, one in English, and one that cannot be read."""
    notes = {
        f"nota-{n:02}": f" date {2023 + n % 3}-02-{1 + n % 28:02}\nEl gobernador visitó el pueblo número {n}."
        for n in range(59)
    }
    served = archives(notes | {"town": " date 2023-05-05\nThe governor opened the bridge of the town."})
    (served.documents / "vacio.txt").write_text("")
    served.assistant.sync()
    return served


def rows(reader: Visit) -> int:
    return reader.page.locator("table.documents tbody tr").count()


def test_a_long_list_comes_in_pages(many: Archive, visit: Open) -> None:
    reader = visit(many)
    reader.show_documents()
    assert rows(reader) == 50
    reader.page.get_by_role("button", name="Siguientes").click()
    reader.page.get_by_text("51–61 de 61").wait_for()
    assert rows(reader) == 11
    reader.page.locator("#documents select[name=order]").select_option("oldest")
    reader.page.get_by_text("1–50 de 61").wait_for()
    assert "2023" in reader.page.locator("table.documents .when").first.inner_text()
    assert violations(reader) == []


def test_a_year_of_the_plot_and_a_language_narrow_the_list(many: Archive, visit: Open) -> None:
    reader = visit(many)
    reader.show_documents()
    year = reader.page.get_by_role("button", name="2023: 21 documentos")
    year.click()
    reader.page.locator(".years [aria-pressed=true]").wait_for()
    assert rows(reader) == 21
    reader.page.locator("#documents select[name=language]").select_option("en")
    reader.page.locator("table.documents tbody tr:only-child").wait_for()
    assert "bridge" in reader.page.locator("table.documents .what").inner_text()
    year.click()
    reader.page.locator(".years [aria-pressed=true]").wait_for(state="detached")


def test_what_could_not_be_read_is_listed_with_its_reason(many: Archive, visit: Open) -> None:
    reader = visit(many)
    reader.show_documents()
    reader.page.get_by_role("button", name="No leídos 1").click()
    skipped = reader.page.locator("table.skipped tbody tr")
    skipped.wait_for()
    assert "vacio.txt" in skipped.inner_text() and "vacío" in skipped.inner_text()
    assert violations(reader) == []
    skipped.get_by_role("button", name="Quitar: vacio.txt").click()
    reader.page.locator("dialog .yes").click()
    reader.page.get_by_role("button", name="Papelera 1").click()
    reader.page.get_by_role("button", name="Recuperar: vacio.txt").click()
    reader.page.get_by_role("button", name="No leídos 1").wait_for()


def test_each_added_file_is_told_and_a_bad_one_with_its_reason(
    archives: Callable[..., Archive], visit: Open, tmp_path: Path
) -> None:
    good, bad = tmp_path / "buena.txt", tmp_path / "mala<img src=x onerror=alert(1)>.txt"
    good.write_text(" date 2026-02-01\nEl puente se abrió.")
    bad.write_text("")
    reader = visit(archives())
    reader.show_documents()
    reader.page.locator("#add input[type=file]").set_input_files([good, bad])
    done = reader.page.locator("#report .uploads")
    done.locator(".is-indexed", has_text="buena.txt").wait_for()
    assert "vacío" in done.locator(".is-refused").inner_text()
    assert done.locator("img").count() == 0
    reader.page.locator("table.documents", has_text="buena.txt").wait_for()


def test_many_files_dropped_anywhere_at_once_are_sent_side_by_side_and_taken_in_together_as_they_were_chosen(
    archives: Callable[..., Archive], visit: Open
) -> None:
    served = archives()
    reader = visit(served)
    late: list[Route] = []
    reader.page.route("**/uploads*", lambda route: route.continue_() if late else late.append(route))
    reader.page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            for (let n = 0; n < 7; n++)
                dataTransfer.items.add(new File([`El puente número ${n} se abrió.`], `nota-${n}.txt`));
            dataTransfer.items.add(new File(["MZ"], "programa.exe"));
            document.querySelector(".welcome").dispatchEvent(
                new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }"""
    )
    reader.page.locator("#add .is-refused:nth-child(8)").wait_for()
    late[0].continue_()
    done = reader.page.locator("#report .uploads")
    done.locator("li:nth-child(8)").wait_for()
    done.locator(".is-indexed:nth-child(7)").wait_for()
    names = [f"nota-{n}.txt" for n in range(7)]
    assert done.locator("li bdi").all_inner_texts() == [*names, "programa.exe"]
    assert ".pdf" in done.locator(".is-refused").inner_text()
    assert reader.page.locator("#add .uploads li").count() == 0
    assert all((served.documents / name).exists() for name in names)
    assert violations(reader) == []


def test_a_file_that_is_too_large_is_told_without_being_sent(
    archives: Callable[..., Archive], visit: Open
) -> None:
    reader = visit(archives())
    reader.show_documents()
    reader.page.locator("#add .adding").evaluate("box => { box.dataset.largest = 3; }")
    reader.page.locator("#add input[type=file]").set_input_files(
        [{"name": "grande.txt", "mimeType": "text/plain", "buffer": b"cuatro"}]
    )
    reader.page.locator("#add .is-refused", has_text="supera el máximo de 50 MB").wait_for()
    assert reader.page.evaluate("fetch('../uploads').then(answer => answer.json())") == []


def test_the_folder_is_watched_while_the_switch_is_on(archives: Callable[..., Archive], visit: Open) -> None:
    served = archives()
    reader = visit(served)
    reader.show_documents()
    switch = reader.page.get_by_role("switch", name="Vigilar la carpeta")
    switch.press("Enter")
    reader.page.locator("[role=switch][aria-checked=true]").wait_for()
    assert served.assistant.watching.on
    switch.press("Enter")
    reader.page.locator("[role=switch][aria-checked=false]").wait_for()
    assert not served.assistant.watching.on


def test_what_is_typed_while_the_list_is_on_its_way_is_what_the_list_shows(
    archives: Callable[..., Archive], visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, slow, searched = DocumentsPanel.draw, Event(), Event()
    late = list[bool]()

    def draw_slowly(panel: DocumentsPanel, words: str, view: View) -> str:
        drawn = draw(panel, words, view)
        if words:
            searched.set()
        elif slow.is_set():
            late.append(searched.wait(60))
        return drawn

    monkeypatch.setattr(DocumentsPanel, "draw", draw_slowly)
    reader = visit(archives({"puente": " date 2026-02-03 El puente costó 840 millones."}))
    reader.show_documents()
    reader.page.get_by_role("tab").nth(0).click()
    slow.set()
    reader.show_documents()
    reader.page.locator("#search").get_by_role("textbox").fill("PUENTE")
    wait_until(lambda: late == [True])
    reader.page.locator("table.documents tbody tr:only-child", has_text="puente.txt").wait_for()


def test_what_is_clicked_while_the_list_is_on_its_way_is_not_taken_back_by_it(
    many: Archive, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, slow, turned, late = DocumentsPanel.draw, Event(), Event(), list[bool]()

    def draw_slowly(panel: DocumentsPanel, words: str, view: View) -> str:
        drawn = draw(panel, words, view)
        if view.state == "skipped":
            turned.set()
        elif slow.is_set():
            late.append(turned.wait(60))
        return drawn

    monkeypatch.setattr(DocumentsPanel, "draw", draw_slowly)
    reader = visit(many)
    reader.show_documents()
    reader.page.get_by_role("tab").nth(0).click()
    slow.set()
    reader.show_documents()
    reader.page.get_by_role("button", name="No leídos 1").click()
    wait_until(lambda: late == [True])
    reader.page.locator("table.skipped tbody tr").wait_for()
    reader.page.get_by_role("tab").nth(0).click()
    reader.page.get_by_role("tab").nth(1).click()
    assert reader.page.locator("table.skipped tbody tr").count() == 1
