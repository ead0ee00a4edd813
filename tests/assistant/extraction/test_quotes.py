"""Quotes stay exact, short, and whole enough to be understood."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.extraction.quotes import LONGEST_QUOTE, trim_quote
from assistant.questions.understanding import understand
from index.document import Span
from index.text.sentences import split_sentences

TEXT = (
    "Convocaron una cumbre en Ottawa. Dicha cumbre será en marzo. “No iremos. No podemos”, dijo.\n\n"
    "Ellos callaron."
)


def quoted(text: str, sentence: str) -> str:
    start = text.index(sentence)
    return trim_quote(text, Span(start, start + len(sentence))).of(text)


def test_a_sentence_that_stands_alone_is_quoted_alone() -> None:
    assert quoted(TEXT, "Convocaron una cumbre en Ottawa.") == "Convocaron una cumbre en Ottawa."


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    expected = "Convocaron una cumbre en Ottawa. Dicha cumbre será en marzo."
    assert quoted(TEXT, "Dicha cumbre será en marzo.") == expected


def test_both_halves_of_a_quotation_are_quoted() -> None:
    assert quoted(TEXT, "“No iremos.") == "“No iremos. No podemos”, dijo."
    assert quoted(TEXT, "No podemos”, dijo.") == "“No iremos. No podemos”, dijo."


def test_a_sentence_that_ends_with_a_colon_brings_what_it_leads_to() -> None:
    text = "Hay metas. En cuanto a ellas, esto se logró: Se hicieron 300 mil. Nada más."
    assert quoted(text, "En cuanto a ellas, esto se logró:") == (
        "En cuanto a ellas, esto se logró: Se hicieron 300 mil."
    )


def test_a_quote_does_not_reach_into_another_paragraph() -> None:
    assert quoted(TEXT, "Ellos callaron.") == "Ellos callaron."


def test_a_long_sentence_is_cut_to_the_clauses_nearest_to_the_question() -> None:
    text = (
        "relleno de palabras sin fin, " * 30 + "la cumbre será en Ottawa, " + "más relleno que sobra, " * 30
    )
    cut = trim_quote(text, Span(0, len(text)), understand("¿Dónde será la cumbre?", "es")).of(text)
    assert "la cumbre será en Ottawa" in cut
    assert len(cut) <= LONGEST_QUOTE


@given(st.text(alphabet="ab «».,“”\nEsu ", max_size=1500))
def test_a_quote_is_a_bounded_span_of_the_text(text: str) -> None:
    for sentence in split_sentences(text):
        span = trim_quote(text, sentence)
        assert 0 <= span.start < span.end <= len(text)
        assert span.end - span.start <= LONGEST_QUOTE


@settings(deadline=None)
@given(st.text(alphabet="ab ,", min_size=600, max_size=2000))
def test_any_stretch_however_long_can_be_quoted(text: str) -> None:
    span = trim_quote(text, Span(0, len(text)))
    assert 0 < span.end - span.start <= LONGEST_QUOTE or not text.strip()
