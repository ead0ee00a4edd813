"""Whether a sentence brings along the one before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Span
from index.text.sentences import with_what_it_needs


def joined(first: str, second: str) -> bool:
    text = f"{first} {second}"
    sentence = Span(len(first) + 1, len(text))
    return with_what_it_needs(text, sentence, Span(0, len(first))) == Span(0, len(text))


@pytest.mark.parametrize(
    "second",
    [
        "Dicha reunión será en Lima.",
        "Él negó los cargos.",
        "Esto ocurrió el martes.",
        "También viajó a Quito.",
        "nunca lo dije», aseguró la ministra.",
        "They met on Monday.",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_brings_it_along(second: str) -> None:
    assert joined("«El acuerdo se firmó ayer.", second)


@pytest.mark.parametrize(
    "second", ["El acuerdo rige desde mayo.", "«Nunca lo dije», aseguró.", "Ellacuría murió."]
)
def test_a_sentence_that_stands_by_itself_stays_alone(second: str) -> None:
    assert not joined("El acuerdo se firmó ayer.", second)


def test_a_long_sentence_is_not_made_longer() -> None:
    assert not joined("El acuerdo se firmó ayer. " * 30, "Dicha reunión será en Lima.")


def test_the_first_sentence_has_nothing_to_bring() -> None:
    text = "Él negó los cargos."
    assert with_what_it_needs(text, Span(0, len(text)), Span(0, len(text))) == Span(0, len(text))


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_quote_always_ends_where_the_sentence_ends_and_holds_it(first: str, second: str) -> None:
    sentence = Span(len(first), len(first) + len(second))
    found = with_what_it_needs(first + second, sentence, Span(0, len(first)))
    assert found.end == sentence.end
    assert found.start in (0, sentence.start)
