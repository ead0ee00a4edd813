"""Which sentences become quotes."""

from itertools import pairwise

import numpy as np
import pytest

from assistant.answer import Evidence
from assistant.extraction.quotes import LONGEST_QUOTE
from assistant.finding.choice import choose
from assistant.finding.sentences import Sentence
from index.document import Document, Span
from index.sentences import split_sentences

TEXT = (
    "El puente se abrió en marzo. La obra mide 412 metros. Los vecinos cruzan en bicicleta.\n\n"
    "El alcalde cortó la cinta."
)


def chosen(scores: list[float], text: str = TEXT, limit: int = 6) -> tuple[Evidence, ...]:
    document = Document("d", "d.txt", "Puente", text, "es")
    spans = split_sentences(text)
    sentences = [
        Sentence(document, span, spans[max(0, place - 1)], 0.8 + place / 100, 0.0)
        for place, span in enumerate(spans)
    ]
    return choose(sentences, np.array(scores), limit)


def test_a_neighbour_that_scores_nearly_as_well_makes_the_quote_longer() -> None:
    best, *others = chosen([3.0, 2.5, -4.0, -5.0])
    assert best.quote == "El puente se abrió en marzo. La obra mide 412 metros."
    assert best.score == 3.0
    assert best.similarity == pytest.approx(0.81)
    assert [other.number for other in others] == [2, 3]


def test_a_neighbour_that_scores_far_worse_stays_a_quote_of_its_own() -> None:
    assert chosen([3.0, -3.0, -4.0, -5.0])[0].quote == "El puente se abrió en marzo."


def test_a_quote_grows_on_both_sides_but_not_past_its_paragraph() -> None:
    best, other = chosen([2.0, 3.0, 2.5, 2.9])
    assert best.quote == TEXT.split("\n", 1)[0]
    assert other.quote == "El alcalde cortó la cinta."


def test_a_quote_does_not_grow_over_the_wide_gap_between_the_parts_of_a_page() -> None:
    best, other = chosen(
        [3.0, 2.9], "El alcalde abrió el puente viejo.          Los vecinos cruzan en bicicleta."
    )
    assert best.quote == "El alcalde abrió el puente viejo."
    assert other.quote == "Los vecinos cruzan en bicicleta."


def test_a_quote_never_grows_past_a_bearable_length() -> None:
    long = "La obra costó mucho " + "y tardó años " * 25 + "en fin."
    found = chosen([3.0, 2.9], f"{long} {long.replace('obra', 'vía')}")
    assert len(found) == 2
    assert all(item.span.end - item.span.start <= LONGEST_QUOTE for item in found)


def test_there_are_no_more_quotes_than_asked_for_and_none_overlap() -> None:
    found = chosen([1.0, -4.0, 4.0, -9.0], limit=2)
    assert [item.quote for item in found] == [
        "Los vecinos cruzan en bicicleta.",
        "El puente se abrió en marzo.",
    ]
    spans = sorted(item.span for item in found)
    assert all(first.end <= second.start for first, second in pairwise(spans))


def test_the_same_words_twice_in_a_document_are_quoted_once() -> None:
    text = "La obra mide 412 metros.\n\nNada más se supo.\n\nLa obra mide 412 metros."
    assert [item.span for item in chosen([2.0, -5.0, 1.0], text)] == [Span(0, 24), Span(26, 43)]
