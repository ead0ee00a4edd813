import re
import unicodedata
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Dropped,
    Evidence,
    Finished,
    ResolvedDate,
    Retrieved,
    Verified,
)
from index.document import Block, BlockKind, Document, Span
from index.store.listing import Overview
from ui.desk import Desk
from ui.drawing import Pen, copy_text, plain
from ui.passages import Mark
from ui.reader import draw_document
from ui.texts import load_texts
from ui.turns import AnswerFollower, Turn

OURS = {
    "article", "aside", "bdi", "blockquote", "body", "button", "details", "div", "footer", "h1", "h2", "h3",
    "head", "header", "html", "i", "input", "li", "link", "main", "mark", "meta", "nav", "ol", "p", "script",
    "small", "span", "template", "strong", "summary", "sup", "time", "title", "ul", "a", "dl", "dt", "dd",
}  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/p.png)",
    "[pulse](javascript:alert(1))",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "</mark></blockquote><form action=https://evil.example><input name=q>",
    "&lt;b&gt; <!-- --> ]]>",
]
# Tab, newline, and what joins or parts letters of some scripts and pictures.
SHOWN_AS_THEY_ARE = "\t\n\u200c\u200d\ufe0f"


class Tags(HTMLParser):
    """Collects what a browser would take for tags, handlers and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: set[str] = set()
        self.addresses: set[str] = set()
        self.scripts: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers.add(name)
            if name in ("href", "src", "action"):
                self.addresses.add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def answered(text: str, title: str = "Título") -> Turn:
    """A finished turn whose answer, quote, title, path, reason and question are all `text`."""
    document = Document(text, text, title, text, "es", date(2026, 1, 16), url=text)
    citation = Citation(1, text, 0, len(text), document, Span(0, (len(text) + 1) // 2))
    sentence = AnswerSentence(f"Según «{text}»", (1,))
    progress = AnswerFollower(Turn(1, text))
    progress.after(Retrieved((Evidence(1, document, Span(0, len(text)), 1.0, 0.9),)))
    progress.after(Verified(sentence, (citation,)))
    answer = Answer(text, text, True, text, "es", text, (sentence,), (citation,), (Dropped(text, text),))
    return replace(progress.after(Finished(answer)), kept=1)


def drawn(turn: Turn, language: str = "es") -> str:
    return Pen(load_texts(language)).draw(
        "turns", turns=[turn], conversation="abc", held=lambda: Overview(1), filter_words=lambda wanted: ()
    )


def assert_inert(html: str) -> None:
    page = Tags(html)
    assert page.tags <= OURS
    assert not page.handlers
    assert all(re.match(r"((\.\./)?document[?/]|#|static/|https?://)", address) for address in page.addresses)


@settings(deadline=None)  # the first example compiles the templates
@given(st.text(alphabet=st.sampled_from("<>&\"'/=abc {}$%`\n![](:)"), min_size=1, max_size=80))
def test_nothing_from_a_document_becomes_markup(text: str) -> None:
    assert_inert(drawn(answered(text, title=text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_is_shown_as_the_text_it_is(text: str) -> None:
    html = drawn(answered(text, title=text))
    assert_inert(html)
    assert text in Tags(html).text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_is_inert_in_the_reader_too(text: str) -> None:
    document = Document(text, text, text, text * 3, "es", url=text)
    html = draw_document(Pen(load_texts("en")), document, [Mark(Span(1, len(text)), 1)])
    assert_inert(html)
    assert text * 3 in Tags(html).text


def test_the_quote_is_highlighted_in_its_context_with_the_focus_in_bold() -> None:
    html = drawn(answered("La reunión será el 23 de enero."))
    assert (
        '<mark class="q focus is-paragraph" data-marker="1"><strong>La reunión será </strong></mark>' in html
    )
    assert '<mark class="q is-paragraph" data-marker="1">el 23 de enero.</mark>' in html


def test_what_was_left_out_is_told_with_its_reason() -> None:
    assert load_texts("es")("dropped_title") in drawn(answered("Una frase."))


def test_a_refusal_says_so_calmly_and_shows_the_nearest_passages() -> None:
    document = Document("a", "a.txt", "Nota", "Texto cercano.", "es", date(2026, 1, 16))
    progress = AnswerFollower(Turn(1, "¿PIB?"))
    progress.after(Retrieved((Evidence(1, document, Span(0, 14), 0.2, 0.3),)))
    html = drawn(
        progress.after(Finished(Answer("¿PIB?", "¿PIB?", False, "No lo dicen.", "es", "extractive")))
    )
    assert "No se encontró en los documentos" in html
    assert "Texto cercano." in html
    assert 'class="cite"' not in html


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_doubtful_answer_is_told_with_caution_from_its_first_sentence_on(language: str) -> None:
    document = Document("a", "a.txt", "Nota", "Texto cercano.", "es", date(2026, 1, 16))
    caution = load_texts(language)("not_sure")
    sentence = AnswerSentence("Según la nota: «Texto cercano.»", (1,))
    citation = Citation(1, "Texto cercano.", 0, 14, document)
    progress = AnswerFollower(Turn(1, "¿Qué dice?"))
    searching = progress.after(Retrieved((Evidence(1, document, Span(0, 14), 0.2, 0.3),), "¿…?"))
    telling = progress.after(Verified(sentence, (citation,)))
    answer = Answer("¿Qué dice?", "¿Qué dice?", True, "…", "es", "extractive", (sentence,), (citation,))
    doubtful = progress.after(Finished(replace(answer, sure=False)))
    shown = [caution in drawn(turn, language) for turn in (searching, telling, doubtful)]
    assert shown == [False, True, True]
    assert caution not in drawn(progress.after(Finished(answer)), language)


def test_a_failure_is_told_in_words() -> None:
    html = drawn(Turn(1, "¿?").failed("El modelo <no> respondió."))
    assert "El modelo &lt;no&gt; respondió." in html


@given(st.text())
def test_no_sign_that_hides_or_reorders_text_is_shown(text: str) -> None:
    hidden = {c for c in plain(text) if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")}
    assert hidden <= set(SHOWN_AS_THEY_ARE)


@pytest.mark.parametrize(
    "sign",
    [
        "\x00", "\x1b", "\x85", "\u00ad", "\u061c", "\u180e", "\u200b", "\u200e", "\u2028", "\u2029",
        "\u202e", "\u2065", "\u2066", "\ufeff", "\U000e0001", "\U000e0041", "\U000e0080",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_sign_that_hides_or_reorders_text_is_replaced_by_one_that_is_seen(sign: str) -> None:
    assert plain(f"fac{sign}txt.exe") == "fac\N{REPLACEMENT CHARACTER}txt.exe"


@pytest.mark.parametrize("sign", SHOWN_AS_THEY_ARE, ids=ascii)
def test_a_sign_that_text_needs_is_shown_as_it_is(sign: str) -> None:
    assert plain(f"a{sign}b") == f"a{sign}b"


def test_the_page_of_an_empty_archive_says_how_to_add_documents(empty_desk: Desk) -> None:
    html = empty_desk.welcome()
    assert "Su archivo está vacío" in html
    assert 'data-tab="1"' in html


def test_a_date_that_words_leave_open_is_told_on_them_and_once_in_the_fold() -> None:
    day = date(2026, 1, 23)
    open_, whole = "el 23 de enero", "el 23 de enero de 2026"
    document = Document("a", "a.txt", "Nota", f"Será {open_}, o sea {whole}.", "es", date(2026, 1, 16))
    quote = Citation(1, document.text, 0, len(document.text), document)
    dates = [ResolvedDate(words, day, day, "day", True, 1) for words in (open_, open_, whole)]
    sentence = AnswerSentence(f"Según la nota: «{document.text}»", (1,), dated="(23 de enero de 2026)")
    answer = Answer("¿?", "¿?", True, "", "es", "extractive", (sentence,), (quote,), dates=tuple(dates))
    html = drawn(AnswerFollower(Turn(1, "¿?")).after(Finished(answer)))
    assert html.count("«el 23 de enero»: 23 de enero de 2026") == 1
    assert 'data-note="23 de enero de 2026">el 23 de enero</span>' in html
    assert "(23 de enero de 2026)" not in Tags(html).text and "«el 23 de enero de 2026»:" not in html


@pytest.mark.parametrize("text", ["Será el 23 de enero.", "Agenda para el 23 de enero: la reunión."])
def test_a_date_that_a_sentence_without_a_quote_leaves_open_is_told_once_in_the_fold(text: str) -> None:
    day = date(2026, 1, 23)
    resolved = ResolvedDate("el 23 de enero", day, day, "day", True, 1)
    answer = Answer("¿?", "¿?", True, text, "es", "openai", (AnswerSentence(text, (1,)),), dates=(resolved,))
    html = drawn(AnswerFollower(Turn(1, "¿?")).after(Finished(answer)))
    assert html.count("«el 23 de enero»: 23 de enero de 2026") == 1


def test_a_day_that_a_kept_answer_tells_behind_its_words_is_not_told_again() -> None:
    day, text = date(2026, 1, 23), "«…» (el 23 de enero: 2026-01-23)"
    resolved = ResolvedDate("el 23 de enero", day, day, "day", True, 1)
    answer = Answer("¿?", "¿?", True, text, "es", "openai", (AnswerSentence(text, (1,)),), dates=(resolved,))
    assert "23 de enero de 2026" not in drawn(AnswerFollower(Turn(1, "¿?")).after(Finished(answer)))


@pytest.mark.parametrize("frame", ["Lo más parecido es «{}», de otro año.", "Son «{}» y «{}».", "Dice {}."])
def test_a_sentence_that_says_more_than_where_its_quote_stands_is_told_as_it_is(frame: str) -> None:
    text = "Llueve mucho"
    document = Document("a", "a.txt", "El tiempo", text, "es", date(2026, 1, 16))
    said = AnswerSentence(frame.format(text, text), (1,))
    quote = Citation(1, text, 0, len(text), document)
    answer = Answer("¿?", "¿?", True, "", "es", "extractive", (said,), (quote,))
    html = drawn(AnswerFollower(Turn(1, "¿?")).after(Finished(answer)))
    assert 'class="origin"' not in html and said.text in Tags(html).text


def test_a_quote_is_told_under_the_name_of_its_document_once() -> None:
    text = "Llueve mucho. Nieva poco."
    document = Document("a", "a.txt", "El tiempo", text, "es", date(2026, 1, 16))
    quotes = [Citation(1, text[:13], 0, 13, document), Citation(2, text[14:], 14, len(text), document)]
    said = (
        AnswerSentence("Según el documento del 16 de enero de 2026: «Llueve mucho.»", (1,)),
        AnswerSentence("También dice: «Nieva poco.»", (2,)),
    )
    answer = Answer("¿?", "¿?", True, "", "es", "extractive", said, tuple(quotes))
    html = drawn(AnswerFollower(Turn(1, "¿?")).after(Finished(answer)))
    assert html.count('class="origin"') == 1
    assert "También dice" not in Tags(html).text and "Según el documento" not in Tags(html).text


def test_a_row_of_a_table_is_told_under_the_names_of_its_columns() -> None:
    text = "| Código | Qué hacer |\n|---|---|\n| E02 | Espere |"
    start = text.index("| E02")
    cells = (Span(start + 2, start + 5), Span(start + 8, start + 14))
    row = Block(BlockKind.ROW, Span(start, len(text)), columns=("Código", "Qué hacer"), cells=cells)
    document = Document("a", "a.md", "Manual", text, "es", blocks=(row,))
    quote = Citation(1, text[start:], start, len(text), document, cells[1], kind=BlockKind.ROW)
    answer = Answer(
        "¿?",
        "¿?",
        True,
        "",
        "es",
        "extractive",
        (AnswerSentence(f"Según «Manual»: «{quote.quote}»", (1,)),),
        (quote,),
    )
    page = Tags(drawn(AnswerFollower(Turn(1, "¿?")).after(Finished(answer))))
    assert "|" not in page.text
    assert "Qué hacer" in page.text and "<strong>Espere</strong>" in drawn(
        AnswerFollower(Turn(1, "¿?")).after(Finished(answer))
    )


@pytest.mark.parametrize("columns", [(), ("Código",)])
def test_a_row_is_told_as_it_stands_where_not_all_its_columns_have_names(columns: tuple[str, ...]) -> None:
    text, cells = "E02; Espere", (Span(0, 3), Span(5, 11))
    row = Block(BlockKind.ROW, Span(0, len(text)), columns=columns, cells=cells)
    document = Document("a", "a.html", "Manual", text, "es", blocks=(row,))
    quote = Citation(1, text, 0, len(text), document, cells[1], kind=BlockKind.ROW)
    told = (AnswerSentence(f"Según «Manual»: «{text}»", (1,)),)
    html = drawn(
        AnswerFollower(Turn(1, "¿?")).after(
            Finished(Answer("¿?", "¿?", True, "", "es", "extractive", told, (quote,)))
        )
    )
    assert "«E02; Espere»" in Tags(html).text and "<strong>Espere</strong>" in html
    assert html.count('class="cite"') == 1


def test_what_is_copied_says_that_it_is_not_certain() -> None:
    turn = replace(answered("Será el viernes."), language="es")
    caution = "No es seguro, pero puede que esto responda:"
    assert caution not in copy_text(turn)
    assert caution in copy_text(replace(turn, sure=False))
