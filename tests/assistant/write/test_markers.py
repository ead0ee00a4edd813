"""Markers, told from the words of a sentence."""

import pytest

from assistant.write.reply import split_markers


@pytest.mark.parametrize(
    ("written", "text", "markers"),
    [
        ("Será en febrero [2].", "Será en febrero.", (2,)),
        ("Será en febrero. [2][3]", "Será en febrero.", (2, 3)),
        ("Será [1, 2] en febrero [1].", "Será en febrero.", (1, 2)),
        ("Será en febrero [1-3].", "Será en febrero.", (1, 2, 3)),
        ("Será en febrero 【2】.", "Será en febrero.", (2,)),
        ("Será en [sic] febrero.", "Será en [sic] febrero.", ()),
    ],
)
def test_markers_are_told_from_the_words(written: str, text: str, markers: tuple[int, ...]) -> None:
    marked = split_markers(written)
    assert (marked.text, marked.markers) == (text, markers)


def test_a_marker_of_a_huge_range_stays_small() -> None:
    assert len(split_markers("Todo [1-9999].").markers) < 30
