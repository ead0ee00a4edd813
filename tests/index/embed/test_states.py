"""Token states: packed, stored, and matched token by token."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.document import Span
from index.embed import unit
from index.embed.states import (
    QuestionStates,
    TokenStates,
    compressed,
    match,
    pack_states,
    unpack_states,
)

DIMENSIONS = 16
_USUAL = np.zeros(DIMENSIONS, np.float32)


def _directions(count: int, seed: int) -> NDArray[np.float32]:
    drawn: NDArray[np.float32] = np.random.default_rng(seed).choice([-1.0, 1.0], (count, DIMENSIONS))
    return unit(drawn.astype(np.float32))


def _passage(states: NDArray[np.float32]) -> TokenStates:
    """Tokens of three characters each."""
    return compressed(states, _USUAL, range(3, 3 * len(states) + 1, 3))


def _question(states: NDArray[np.float32], weights: Sequence[float] | None = None) -> QuestionStates:
    even = [1 / len(states)] * len(states)
    spans = tuple(Span(2 * place, 2 * place + 2) for place in range(len(states)))
    return QuestionStates(states, np.array(weights or even, np.float32), spans)


@given(count=st.integers(0, 40), seed=st.integers(0, 99))
def test_what_is_stored_comes_back_as_it_was(count: int, seed: int) -> None:
    passage = _passage(_directions(count, seed)).moved(-7)
    again = unpack_states(pack_states(passage))
    assert again is not None
    np.testing.assert_array_equal(again.ends, passage.ends)
    np.testing.assert_array_equal(again.bits, passage.bits)


@pytest.mark.parametrize("damage", [lambda blob: blob[:-1], lambda blob: b"", lambda blob: blob + b"x"])
def test_stored_states_that_are_cut_are_none(damage) -> None:  # type: ignore[no-untyped-def]
    assert unpack_states(damage(pack_states(_passage(_directions(5, 1))))) is None


def test_places_that_fall_are_none_either() -> None:
    passage = _passage(_directions(3, 1))
    assert unpack_states(pack_states(TokenStates(passage.ends[::-1], passage.bits))) is None


def test_a_passage_that_says_the_question_matches_wholly_and_another_less() -> None:
    asked, other = _directions(4, 1), _directions(9, 2)
    same, unlike = match(_question(asked), [_passage(np.concatenate([other, asked])), _passage(other)])
    assert same.score == pytest.approx(1.0, abs=1e-5)
    assert unlike.score < 0.9


def test_a_passage_matches_alike_whatever_stands_beside_it() -> None:
    question = _question(_directions(3, 1))
    passages = [_passage(_directions(count, count)) for count in (5, 0, 1, 8)]
    alone = [match(question, [passage])[0].score for passage in passages]
    assert [each.score for each in match(question, passages)] == pytest.approx(alone)
    assert match(question, []) == []


@given(start=st.integers(-3, 40), length=st.integers(0, 40))
def test_a_stretch_is_scored_by_the_tokens_that_end_in_it(start: int, length: int) -> None:
    question, states = _question(_directions(3, 1)), _directions(10, 2)
    [whole] = match(question, [_passage(states)])
    span = Span(start, start + length)
    inside = [place for place in range(10) if span.start < 3 * place + 3 <= span.end]
    expected = match(question, [_passage(states[inside])])[0].score if inside else 0.0
    assert whole.score_of(span) == pytest.approx(expected, abs=1e-5)


def test_a_token_that_weighs_more_counts_for_more() -> None:
    rare, common = _directions(2, 3)
    question = _question(np.stack([rare, common]), [0.9, 0.1])
    with_rare, with_common = match(question, [_passage(rare[None]), _passage(common[None])])
    assert with_rare.score > with_common.score


def test_each_token_of_the_question_is_told_what_it_met() -> None:
    first, second, third = _directions(3, 4)
    [found] = match(_question(np.stack([third, first])), [_passage(np.stack([first, second, third]))])
    assert [(asked, met) for asked, met, _ in found.nearest()] == [
        (Span(0, 2), Span(6, 9)),
        (Span(2, 4), Span(0, 3)),
    ]
    assert match(_question(first[None]), [_passage(_directions(0, 1))])[0].nearest() == []


def test_stretches_that_say_the_same_have_one_direction() -> None:
    states = _directions(2, 5)
    passage = _passage(np.concatenate([states, _directions(2, 6), states]))
    same = passage.direction(Span(0, 6)) @ passage.direction(Span(12, 18))
    assert same == pytest.approx(1.0, abs=1e-5)
    assert passage.direction(Span(0, 6)) @ passage.direction(Span(6, 12)) < same
    assert not passage.direction(Span(50, 60)).any()
