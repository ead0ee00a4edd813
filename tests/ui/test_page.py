"""The journeys of a reader on the real page in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.model_server import Exchange, ModelServer
from tests.servers import wait_until
from tests.ui.conftest import Archive, Visit

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]

MEETING = "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?"
CONTRAST_AND_NAMES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def test_an_answer_shows_the_sentence_and_its_quote_in_context_beside_it(
    archive: Archive, visit: Open
) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    assert "23 de enero" in reader.page.locator("#live .answer").inner_text()
    quote = reader.page.locator("#live .card mark.q").first
    assert quote.is_visible()
    excerpt = reader.page.locator("#live .card .excerpt").first.inner_text()
    assert "23 de enero" in excerpt
    assert len(excerpt) > len(quote.inner_text())
    assert "16 de enero de 2026" in reader.page.locator("#live .card-meta").first.inner_text()
    answer, card = reader.page.locator("#live .telling"), reader.page.locator("#live .card").first
    assert card.bounding_box()["x"] > answer.bounding_box()["x"] + answer.bounding_box()["width"]  # type: ignore[index]


def test_a_citation_lights_up_its_quote_and_opens_the_document_at_it(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    citation = reader.page.locator("#live a.cite").last
    citation.click()
    quote = reader.page.locator(f"dialog .fulltext mark#quote-{citation.inner_text()}.on")
    quote.wait_for()
    box = quote.bounding_box()
    assert box is not None and 0 <= box["y"] < 900
    reader.page.keyboard.press("Escape")
    reader.page.locator("dialog").wait_for(state="detached")
    assert reader.page.locator("#live .card.on mark.q.on").count() > 0
    assert citation.evaluate("link => link === document.activeElement")


def test_what_the_documents_do_not_say_is_told_calmly(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.ask("¿Quién ganó el Mundial de fútbol de 2022?")
    assert "No se encontró en los documentos" in reader.page.locator("#live div.missing").inner_text()
    assert reader.page.locator("#live a.cite").count() == 0


def test_an_example_question_made_from_the_documents_can_be_asked(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    example = reader.page.locator(".examples button").first
    question = example.inner_text()
    example.click()
    reader.page.locator("#live .turn:not([aria-busy])").wait_for()
    assert question in reader.page.locator("#live .question").inner_text()


def test_a_document_is_added_asked_about_and_removed_without_a_reload(
    archives: Callable[..., Archive], visit: Open, tmp_path: Path
) -> None:
    served = archives()
    reader = visit(served)
    note = tmp_path / "puente.txt"
    note.write_text(
        " date 2026-02-03 El puente de Santa Rosalía costó 840 millones de pesos. Lo abrió Elena Prado."
    )
    other = tmp_path / "programa.exe"
    other.write_bytes(b"MZ")
    reader.show_documents()
    reader.page.locator("#add input[type=file]").set_input_files(note)
    reader.page.locator("#report", has_text="1 nuevo").wait_for()
    assert (served.documents / "puente.txt").read_text() == note.read_text()
    reader.page.get_by_role("tab").nth(0).click()
    reader.ask("¿Cuánto costó el puente de Santa Rosalía?")
    assert "840 millones" in reader.page.locator("#live .answer").inner_text()
    reader.show_documents()
    reader.page.locator("#search").get_by_role("textbox").fill("PUENTE")
    reader.page.locator("table.documents tbody tr:only-child", has_text="puente.txt").wait_for()
    reader.page.locator("tr", has_text="puente").get_by_role("button", name="Quitar").click()
    asked = reader.page.locator("dialog.confirm").inner_text()
    assert "puente.txt" in asked and "3 de febrero de 2026" in asked and "30 días" in asked
    reader.page.locator("dialog .yes").click()
    reader.page.locator("#report", has_text="1 quitado").wait_for()
    assert not (served.documents / "puente.txt").exists()
    reader.page.get_by_role("button", name="Papelera 1").click()
    assert violations(reader) == []
    reader.page.get_by_role("button", name="Recuperar: puente.txt").click()
    reader.page.locator("#report", has_text="1 nuevo").wait_for()
    assert (served.documents / "puente.txt").read_text() == note.read_text()
    reader.page.get_by_text("La papelera está vacía.").wait_for()


def test_a_conversation_is_there_again_after_a_reload_and_in_the_other_language(
    archive: Archive, visit: Open
) -> None:
    reader = visit(archive)
    reader.ask(MEETING)
    reader.page.locator("nav a[lang=en]").click()
    reader.page.locator("#history .turn").wait_for()
    assert "Open the document" in reader.page.locator("#history .card").first.inner_text()
    assert reader.page.evaluate("document.documentElement.lang") == "en"
    reader.page.goto(archive.address)
    reader.page.locator("#history .turn").wait_for()
    assert reader.page.url.endswith("/en/")


def test_two_readers_never_see_each_others_questions(archive: Archive, visit: Open) -> None:
    first, second = visit(archive), visit(archive, locale="en-US")
    first.page.fill("#question textarea", MEETING)
    second.page.fill("#question textarea", "Who is the foreign minister?")
    first.page.keyboard.press("Enter")
    second.page.keyboard.press("Enter")
    for reader in (first, second):
        reader.page.locator("#live .turn:not([aria-busy])").wait_for()
    assert first.page.locator(".question bdi").all_inner_texts() == [MEETING]
    assert second.page.locator(".question bdi").all_inner_texts() == ["Who is the foreign minister?"]
    second.page.reload()
    second.page.locator("#history .turn").wait_for()
    assert MEETING not in second.page.locator("body").inner_text()


def test_the_page_is_in_the_browsers_language(archive: Archive, visit: Open) -> None:
    assert visit(archive, locale="en-GB").page.get_by_role("tab").all_inner_texts() == [
        "Ask",
        "Documents",
        "Conversations",
    ]
    assert visit(archive, locale="es-AR").page.get_by_role("tab").all_inner_texts() == [
        "Preguntar",
        "Documentos",
        "Conversaciones",
    ]


def test_the_keyboard_is_enough(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    in_the_box = "document.activeElement.closest('#question') !== null"
    reader.page.wait_for_function(in_the_box)
    reader.page.keyboard.press("Shift+Tab")
    assert not reader.page.evaluate(in_the_box)
    reader.page.keyboard.press("/")
    assert reader.page.evaluate(in_the_box)
    reader.page.keyboard.type(MEETING)
    reader.page.keyboard.press("Enter")
    reader.page.locator("#live .turn:not([aria-busy]) a.cite").first.press("Enter")
    reader.page.locator("dialog .fulltext").wait_for()
    reader.page.keyboard.press("Escape")
    reader.page.locator("#live .card.on").wait_for()
    reader.page.locator("#live a.open").first.press("Enter")
    reader.page.locator("dialog .fulltext").wait_for()
    reader.page.keyboard.press("Escape")
    reader.page.locator("dialog").wait_for(state="detached")
    assert reader.page.evaluate("document.activeElement.classList.contains('open')")


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_never_scrolls_sideways(archive: Archive, visit: Open, dark: bool) -> None:
    reader = visit(archive, phone=True, dark=dark)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.page.evaluate(overflow) == 0
    reader.ask(MEETING)
    assert reader.page.evaluate(overflow) == 0
    reader.show_documents()
    assert reader.page.evaluate(overflow) == 0


def test_dark_is_chosen_by_the_system_and_by_the_reader(archive: Archive, visit: Open) -> None:
    reader = visit(archive, dark=True)
    dark = "document.body.classList.contains('dark')"
    assert reader.page.evaluate(dark)
    reader.page.locator("[data-theme-switch]").click()
    assert not reader.page.evaluate(dark)
    reader.page.reload()
    reader.page.locator(".welcome").wait_for()
    assert not reader.page.evaluate(dark)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_against_wcag_aa(archive: Archive, visit: Open, dark: bool) -> None:
    reader = visit(archive, dark=dark)
    assert violations(reader) == []
    reader.ask(MEETING)
    assert violations(reader) == []
    reader.show_documents()
    assert violations(reader) == []


def violations(reader: Visit) -> list[str]:
    found = Axe().run(reader.page, options=CONTRAST_AND_NAMES).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def test_a_question_that_is_too_long_is_refused_in_words(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.page.fill("#question textarea", "¿" + "palabra " * 400 + "?")
    reader.page.keyboard.press("Enter")
    reader.page.get_by_text("acórtela").wait_for()
    assert reader.page.locator(".turn").count() == 0


def test_an_empty_archive_says_how_to_add_documents(archives: Callable[..., Archive], visit: Open) -> None:
    served = archives()
    for file in served.documents.iterdir():
        file.unlink()
    served.assistant.sync()
    reader = visit(served)
    reader.page.get_by_role("button", name="Añadir documentos").click()
    reader.page.locator("#add input[type=file]").wait_for(state="attached")


def test_stopping_keeps_the_question_and_gives_the_page_back(
    archives: Callable[..., Archive], visit: Open
) -> None:
    def says_nothing(exchange: Exchange) -> None:
        exchange.start_stream()
        exchange.wait_until_abandoned()

    with ModelServer(says_nothing) as model:
        reader = visit(archives(engine="openai", base_url=model.url, api_key="test", deadline=60, retries=0))
        reader.page.fill("#question textarea", MEETING)
        reader.page.keyboard.press("Enter")
        reader.page.locator("#live .turn[aria-busy]").wait_for()
        reader.page.locator("#question .stop-button").wait_for()
        wait_until(lambda: bool(model.requests))
        reader.page.keyboard.press("Escape")
        reader.page.get_by_text("Respuesta detenida").wait_for()
        reader.page.locator("#question .submit-button").wait_for()
        assert reader.page.locator("[aria-busy]").count() == 0
        assert model.abandoned.wait(10)


def test_a_follow_up_is_understood_from_what_was_asked_before(archive: Archive, visit: Open) -> None:
    reader = visit(archive)
    reader.ask("¿Quién es el canciller de México?")
    reader.ask("¿Con quién habló?")
    assert "Rubio" in reader.page.locator("#live .answer").inner_text()
    assert reader.page.locator("#history .turn").count() == 1
    reader.page.locator("[data-new]").click()
    reader.page.locator(".welcome").wait_for()
    assert reader.page.locator(".turn").count() == 0
