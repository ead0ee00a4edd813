"""Sentences are the same however the text arrives."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.sentence_stream import SentenceStream, sentences_of

ANSWER = (
    "El canciller es Juan R. de la Fuente [1]. La reunión será en Washington, D.C., en febrero. [2] Además, "
    "EE. UU. pidió 3.5 millones [1][3].\n- Punto uno [2]\n- Punto dos. [1]\nFin [2]."
)


def arrive(parts: list[str]) -> list[str]:
    stream = SentenceStream()
    return [sentence for part in parts for sentence in stream.add(part)] + stream.finish()


def test_each_sentence_keeps_the_markers_behind_it() -> None:
    assert sentences_of(ANSWER) == [
        "El canciller es Juan R. de la Fuente [1].",
        "La reunión será en Washington, D.C., en febrero. [2]",
        "Además, EE. UU. pidió 3.5 millones [1][3].",
        "- Punto uno [2]",
        "- Punto dos. [1]",
        "Fin [2].",
    ]


@given(st.sets(st.integers(1, len(ANSWER) - 1)))
def test_where_the_stream_is_cut_makes_no_difference(cuts: set[int]) -> None:
    borders = [0, *sorted(cuts), len(ANSWER)]
    parts = [ANSWER[a:b] for a, b in pairwise(borders)]
    assert arrive(parts) == sentences_of(ANSWER)


@given(st.lists(st.text(alphabet="aA .[1]\n<think>/¿?»")))
def test_no_word_is_lost_or_given_twice(parts: list[str]) -> None:
    given_back = "".join("".join(arrive(parts)).split())
    whole = "".join("".join(parts).split())
    assert whole.endswith(given_back)
    if "<" not in whole:
        assert given_back == whole


def test_a_sentence_is_given_as_soon_as_the_next_has_a_word() -> None:
    stream = SentenceStream()
    assert stream.add("La reunión será en febrero [1].") == []
    assert stream.add(" El ") == ["La reunión será en febrero [1]."]
