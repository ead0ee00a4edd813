"""Proper names as exact spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.mentions import find_names


def names(text: str) -> list[str]:
    return [span.of(text) for span in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("habló el canciller Juan Ramón de la Fuente, ayer", ["Juan Ramón de la Fuente"]),
        ("en Washington, D.C., en febrero", ["Washington, D.C."]),
        ("el satélite Astra 2A y la Super Bowl 50", ["Astra 2A", "Super Bowl 50"]),
        ("Según De la Fuente, no.", ["De la Fuente"]),
        ("El ministro calló.", []),
        ("vino J. K. Rowling", ["J. K. Rowling"]),
        ("CLAUDIA SHEINBAUM PARDO habló", ["CLAUDIA SHEINBAUM PARDO"]),
        ("la Organización Mundial de la Salud (OMS)", ["Organización Mundial de la Salud", "OMS"]),
    ],
)
def test_names_keep_their_particles_and_lose_what_begins_the_sentence(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@given(st.text(alphabet=st.sampled_from("Aa ÑñDdeE l.,2ª\n“¿") | st.characters(), max_size=200))
def test_names_are_ordered_spans_of_the_text(text: str) -> None:
    spans = find_names(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
