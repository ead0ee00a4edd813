from datetime import date

import pytest

from assistant.answer import Citation, Evidence
from index.document import Document, Span
from ui.addresses import parse_quotes, reader_address, web_address
from ui.sources import cited_sources, nearest_sources

TEXT = "La reunión será el 23 de enero. " + "Relleno sin interés. " * 40 + "Asistirá el canciller."


def document(name: str, day: date | None = None, text: str = TEXT) -> Document:
    return Document(id=name, path=f"{name}.txt", title=name, text=text, language="es", date=day)


def cite(marker: int, source: Document, quote: str) -> Citation:
    start = source.text.index(quote)
    return Citation(marker, quote, start, start + len(quote), source)


def test_a_document_cited_twice_has_one_card_with_an_excerpt_for_each_far_quote() -> None:
    source = document("a", date(2026, 1, 16))
    (card,) = cited_sources(
        [cite(1, source, "La reunión será el 23 de enero."), cite(2, source, "Asistirá el canciller.")]
    )
    assert card.markers == (1, 2)
    assert len(card.excerpts) == 2
    assert [excerpt.cut_before for excerpt in card.excerpts] == [False, True]
    assert [excerpt.cut_after for excerpt in card.excerpts] == [True, False]


def test_cards_stand_in_the_order_of_their_markers() -> None:
    named = {"old": date(2020, 5, 1), "undated": None, "new": date(2026, 1, 16)}
    cards = cited_sources(
        cite(n, document(name, day), "Asistirá el canciller.")
        for n, (name, day) in enumerate(named.items(), 1)
    )
    assert [card.document_id for card in cards] == ["old", "undated", "new"]


def test_the_nearest_documents_come_by_the_score_of_their_best_sentence() -> None:
    evidence = [
        Evidence(n, document(name), Span(0, 31), score, 0.5)
        for n, (name, score) in enumerate([("c", 0.1), ("a", 0.9), ("b", 0.5), ("a", 0.2)], 1)
    ]
    assert [card.document_id for card in nearest_sources(evidence, limit=2)] == ["a", "b"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//example.org/x",
        "https://user:secret@example.org/",
        "http://[::1",
        "ftp://example.org",
        "",
        None,
    ],
)
def test_an_address_that_is_not_plainly_of_the_web_is_not_linked(address: str | None) -> None:
    assert web_address(address) is None


def test_an_address_of_the_web_is_linked() -> None:
    assert web_address("https://example.org/nota?id=1") == "https://example.org/nota?id=1"


def test_quotes_of_an_address_that_do_not_lie_in_the_text_are_left_out() -> None:
    given = ["1:0-5", "2:3-99", "x:1-2", "3:5-5", "4:7-6", "5:١-٢", "1:0-5; drop"]
    assert [mark.span for mark in parse_quotes(given, 20)] == [Span(0, 5)]


def test_an_odd_document_id_survives_in_the_readers_address() -> None:
    address = reader_address('a b/"<&?#.txt', "es")
    assert address.startswith("../document?id=a+b%2F%22%3C%26%3F%23.txt&lang=es")
