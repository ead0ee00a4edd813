"""The archive and a document at a glance, on the real page."""

from collections.abc import Callable

import pytest

from tests.assistant.test_portrait import CONFERENCE
from tests.ui.conftest import Archive, Visit
from tests.ui.test_page import violations

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]

OPENED = "La gobernadora Elena Prado abrió el puente número {n} en la ciudad de Perote. Costó {n} millones."
GUARANTEE = (
    " date 2026-03-20\nComprado el 14 de noviembre de 2025 en Electrodomésticos Goya. La garantía cubre tres años las "
    "piezas y la mano de obra, y diez años el compresor. Quedan excluidas la bombilla, las juntas y los golpes."
)
PAINTED = "[...(CSS.highlights.get('found-here') ?? [])].map(range => range.toString().trim())"


@pytest.fixture(scope="module")
def months(archives: Callable[..., Archive]) -> Archive:
    """Documents of three months, which name the same person, and a conference."""
    notes = {f"nota-{n}": f" date 2026-0{1 + n % 2}-1{n}\n{OPENED.format(n=n)}" for n in range(2, 8)}
    hostile = {"nota<img src=x onerror=alert(1)>": f" date 2026-03-01\n<b>{OPENED.format(n=9)}</b>"}
    return archives(notes | hostile | {"salud": CONFERENCE, "garantia": GUARANTEE})


def test_the_months_of_the_archive_are_a_plot_that_chooses_what_is_asked(
    months: Archive, visit: Open
) -> None:
    reader = visit(months)
    bar = reader.page.get_by_role("button", name="febrero de 2026: 4 documentos")
    bar.click()
    chips = reader.page.locator("#filters .bound")
    assert chips.all_inner_texts() == ["Desde 1 feb 2026", "Hasta 28 feb 2026"]
    assert bar.get_attribute("aria-pressed") == "true"
    assert violations(reader) == []
    reader.ask("¿Qué puentes abrió Elena Prado?")
    assert "número 2" not in reader.page.locator("#live .turn").inner_text()
    assert not reader.page.locator(".archive").is_visible()
    reader.page.locator("[data-new]").click()
    bar.click()
    chips.first.wait_for()
    bar.click()
    assert chips.count() == 0 and bar.get_attribute("aria-pressed") == "false"


def test_who_is_named_most_is_asked_about_in_the_readers_language(months: Archive, visit: Open) -> None:
    reader = visit(months, locale="en-GB")
    reader.page.get_by_role("button", name="January 2026: 4 documents").wait_for()
    name = reader.page.locator(".archive .named button", has_text="Elena Prado")
    assert name.get_attribute("title") == "7 documents"
    name.click()
    reader.page.locator("#live .turn:not([aria-busy]) a.cite").first.wait_for()
    assert reader.page.locator("#live .question bdi").inner_text() == "Which documents mention “Elena Prado”?"
    assert "“Elena Prado”: 7." in reader.page.locator("#live .answer").inner_text()


def test_on_a_phone_the_plot_and_the_names_stay_within_the_page(months: Archive, visit: Open) -> None:
    reader = visit(months, phone=True, dark=True)
    reader.page.locator(".archive .years button").first.wait_for()
    assert (
        reader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        == 0
    )
    assert violations(reader) == []


def test_a_document_tells_at_a_glance_what_it_says_and_where(months: Archive, visit: Open) -> None:
    reader = visit(months)
    reader.show_documents()
    reader.page.locator("tr", has_text="salud.txt").locator("a.open").click()
    glance = reader.page.locator("dialog .portrait[open]")
    glance.wait_for()
    assert violations(reader) == []
    sentence = glance.locator(".gist button").last
    sentence.click()
    assert reader.page.evaluate(PAINTED) == [sentence.inner_text()]
    glance.get_by_role("button", name="12 de febrero de 2026").click()
    assert reader.page.evaluate(PAINTED) == ["el 12 de febrero"]
    glance.get_by_role("button", name="Luis Paz, secretario de Obras").click()
    assert reader.page.evaluate(PAINTED) == ["SECRETARIO DE OBRAS, LUIS PAZ"]


def test_what_a_hostile_document_says_at_a_glance_is_text(months: Archive, visit: Open) -> None:
    reader = visit(months)
    reader.page.locator(".archive .named button").first.wait_for()
    reader.show_documents()
    with reader.page.expect_response("**/document/portrait?*"):
        reader.page.locator("tr", has_text="onerror").locator("a.open").click()
    reader.page.locator("dialog .fulltext").wait_for()
    assert reader.page.locator("dialog :is(img, b), .archive :is(img, b)").count() == 0


def test_a_question_that_a_document_answers_with_certainty_is_asked_from_it(
    months: Archive, visit: Open
) -> None:
    reader = visit(months, locale="en-US", phone=True)
    reader.page.locator(".newest a.open").first.click()
    glance = reader.page.locator("dialog .portrait")
    glance.wait_for()
    assert glance.locator("summary").inner_text() == "At a glance"
    question = glance.locator("[data-ask]").first
    asked = question.inner_text()
    question.click()
    reader.page.locator("#live .turn:not([aria-busy]) a.cite").first.wait_for()
    assert reader.page.locator("#live .question bdi").inner_text() == asked
    assert reader.page.locator("#live .caution").count() == 0
    assert reader.page.locator("dialog").count() == 0


def test_a_glance_at_a_document_that_is_opened_at_a_quote_stays_folded(months: Archive, visit: Open) -> None:
    reader = visit(months)
    reader.ask("¿Cuándo llegarán las vacunas contra el sarampión?")
    reader.page.locator("#live a.cite").first.click()
    glance = reader.page.locator("dialog .portrait")
    glance.wait_for()
    assert not glance.locator(".gist").is_visible()
    assert reader.page.locator("dialog mark.q.on").is_visible()
