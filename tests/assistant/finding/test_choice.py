"""Which sentences become quotes."""

from itertools import pairwise

import numpy as np
import pytest

from assistant.answer import Evidence
from assistant.finding.choice import choose
from assistant.finding.sentences import Sentence
from index.document import Document, Span
from index.text.sentences import split_sentences

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


def test_the_best_comes_first_and_each_is_numbered() -> None:
    best, *others = chosen([3.0, 2.5, -4.0, -5.0])
    assert best.quote == "El puente se abrió en marzo."
    assert best.score == 3.0
    assert best.similarity == pytest.approx(0.8)
    assert [other.number for other in others] == [2, 3, 4]


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
