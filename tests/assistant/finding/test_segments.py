"""Where a text turns to another subject."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.finding.segments import segments

RIVER, TRAIN, VOTE = np.eye(3, dtype=np.float32)


def test_a_text_is_cut_where_its_subject_changes() -> None:
    passages = np.array([RIVER, RIVER, RIVER, TRAIN, VOTE, VOTE])
    assert segments(passages, 3).tolist() == [0, 0, 0, 1, 2, 2]


def test_a_subject_that_comes_back_is_another_run() -> None:
    assert segments(np.array([RIVER, TRAIN, TRAIN, RIVER]), 3).tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_there_are_no_more_runs_than_passages(count: int) -> None:
    passages = np.random.default_rng(1).normal(size=(count, 4)).astype(np.float32)
    assert segments(passages, 9).tolist() == list(range(count))


@settings(deadline=None)
@given(st.integers(1, 1000), st.integers(1, 8))
def test_every_passage_has_a_run_and_runs_follow_each_other(count: int, most: int) -> None:
    passages = np.random.default_rng(count).normal(size=(count, 3)).astype(np.float32)
    runs = segments(passages, most)
    assert len(runs) == count
    assert runs[0] == 0 and runs[-1] < most
    assert set(np.diff(runs)) <= {0, 1}
