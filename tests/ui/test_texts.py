from datetime import date
from string import Template

import pytest

from index.document import LeftOutKind
from ui.texts import LANGUAGES, load_texts, preferred_language


def test_every_language_has_the_same_texts_with_the_same_fields() -> None:
    fields = [
        {key: sorted(Template(text).get_identifiers()) for key, text in load_texts(language).entries.items()}
        for language in LANGUAGES
    ]
    assert fields[0] == fields[1]


@pytest.mark.parametrize(
    ("chosen", "header", "language"),
    [
        (None, "es-MX,es;q=0.9,en;q=0.8", "es"),
        (None, "en-US,en;q=0.9,es;q=0.8", "en"),
        (None, "fr;q=0.9, es-AR;q=0.4", "es"),
        (None, "de", "en"),
        (None, "", "en"),
        (None, "es;q=0, en;q=0.1", "en"),
        (None, "es;q=nonsense", "en"),
        ("en", "es", "en"),
        ("xx", "es", "es"),
    ],
)
def test_the_reader_is_met_in_their_language(chosen: str | None, header: str, language: str) -> None:
    assert preferred_language(chosen, header) == language


def test_dates_and_counts_are_written_as_the_language_writes_them() -> None:
    spanish, english = load_texts("es"), load_texts("en")
    assert spanish.day(date(2026, 1, 16)) == "16 de enero de 2026"
    assert english.day(date(2026, 1, 16)) == "January 16, 2026"
    assert english.day(None) == "No date of its own"
    assert [spanish.count("documents", n) for n in (0, 1, 2)] == [
        "0 documentos",
        "1 documento",
        "2 documentos",
    ]


def test_a_stretch_of_days_is_told_with_its_open_ends() -> None:
    texts, first, last = load_texts("es"), date(2026, 2, 1), date(2026, 2, 28)
    assert texts.period(first, first) == "1 de febrero de 2026"
    assert texts.period(first, last) == "del 1 de febrero de 2026 al 28 de febrero de 2026"
    assert texts.period(first, None) == "desde el 1 de febrero de 2026"
    assert texts.period(None, last) == "hasta el 28 de febrero de 2026"


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        load_texts("es")("no_such_text")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_what_was_left_out_has_words(language: str) -> None:
    texts = load_texts(language)
    for kind in LeftOutKind:
        assert texts.count(f"left_out_{kind.replace(' ', '_')}", 2).startswith("2 ")
