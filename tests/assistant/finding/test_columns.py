"""Columns of figures: their cells as numbers."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.finding.tables import figures_of


@pytest.mark.parametrize(
    ("cells", "language", "values", "written"),
    [
        (["1.280", "310", "45,20"], "es", ["1280", "310", "45.20"], "1.635,20"),
        (["1,280.50", "3"], "en", ["1280.50", "3"], "1,283.50"),
        (["12.5", "1.125"], "es", ["12.5", "1.125"], "13,625"),
        (["8.000,00 €", "975,30 €"], "es", ["8000", "975.30"], "8.975,30 €"),
        (["$1,200", "$300"], "en", ["1200", "300"], "$1,500"),
        (["-2,5 %", "(1,5 %)"], "es", ["-2.5", "-1.5"], "-4,0 %"),
        (["12", "s/d", "7", "8", "9"], "es", ["12", None, "7", "8", "9"], "36"),
    ],
)
def test_the_cells_of_a_column_are_numbers_by_how_the_whole_column_is_written(
    cells: Sequence[str], language: str, values: Sequence[str | None], written: str
) -> None:
    figures = figures_of(cells, language)
    assert figures is not None
    assert figures.values == tuple(None if value is None else Decimal(value) for value in values)
    assert figures.written(sum(filter(None, figures.values), Decimal(0)), language) == written


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["12"],
        ["2026-01-19", "2026-01-27"],
        ["12/03/2025", "13/03/2025"],
        ["10:30", "11:00"],
        ["+44 113 496 0210", "93 555 01 44"],
        ["dos", "tres"],
        ["12", "café", "té"],
    ],
)
def test_days_hours_telephones_and_words_are_no_figures(cells: Sequence[str]) -> None:
    assert figures_of(cells, "es") is None


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_cells_are_read_in_their_places(cells: list[str]) -> None:
    figures = figures_of(cells, "es")
    assert figures is None or len(figures.values) == len(cells)
