"""Columns of figures: their cells as numbers, and what is computed of them written as the cells are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from assistant.prove.numbers import find_numbers

# A column of figures may have a few cells that are none (“s/d”, “pendiente”).
_MOSTLY = 0.8
_FEWEST = 2
# What may stand beside the figures of a cell: a currency, a unit.
_LONGEST_UNIT = 8
_NO_FIGURE = re.compile(r"\d\s*[/:]\s*\d|\d{4}-\d\d?-\d")
_DECIMALS = re.compile(r"([.,])(\d+)\D*\Z")
_THREE = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a column as numbers, None where a cell is none; `before` and `unit` stand around each of them."""

    values: tuple[Decimal | None, ...]
    before: str
    unit: str
    decimals: int

    @property
    def is_numbering(self) -> bool:
        """Whether each is a whole number of nothing, and none stands twice: they number or name the rows."""
        plain = not (self.unit.strip() or self.before.strip() or self.decimals)
        return plain and len(set(self.values)) == len(self.values)

    def written(self, value: Decimal, language: str) -> str:
        """A number as the column would show it, in the reader's language."""
        digits = f"#,##0.{'0' * self.decimals}" if self.decimals else "#,##0.##"
        return f"{self.before}{format_decimal(value, format=digits, locale=language)}{self.unit}"


def figures_of(cells: Sequence[str], language: str) -> Figures | None:
    """The cells of a column as figures; None if it is no column of figures."""
    group = _group_mark(cells, language)
    read = [_figure(cell.strip(), language, group) for cell in cells]
    filled = sum(bool(cell.strip()) for cell in cells)
    known = [figure for figure in read if figure is not None]
    if len(known) < max(_FEWEST, _MOSTLY * filled):
        return None
    befores, units = {figure.before for figure in known}, {figure.unit for figure in known}
    values = tuple(None if figure is None else figure.value for figure in read)
    decimals = max(_decimals(cell, group) for cell in cells)
    alike = len(befores) == len(units) == 1
    return Figures(values, befores.pop() if alike else "", units.pop() if alike else "", decimals)


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    before: str
    unit: str


def _figure(cell: str, language: str, group: str) -> _Figure | None:
    numbers = (
        find_numbers(cell, language) if any(map(str.isdigit, cell)) and not _NO_FIGURE.search(cell) else []
    )
    if len(numbers) != 1:
        return None
    (number,) = numbers
    before, unit = cell[: number.span.start], cell[number.span.end :]
    negative = before.rstrip().endswith(("-", "−")) or (before.endswith("(") and unit.endswith(")"))
    before, unit = before.strip("-−( "), unit.removesuffix(")").rstrip() if negative else unit
    if len(before) > _LONGEST_UNIT or len(unit) > _LONGEST_UNIT:
        return None
    is_grouped = group in number.span.of(cell)
    value = max(number.readings) if is_grouped else min(number.readings)
    return _Figure(-value if negative else value, before, unit)


def _group_mark(cells: Sequence[str], language: str) -> str:
    """Which of point and comma parts thousands: not the one that some cell has before one or two decimals."""
    marks = {match[1] for cell in cells if (match := _DECIMALS.search(cell)) and len(match[2]) < _THREE}
    if len(marks) == 1:
        return "." if marks == {","} else ","
    return "," if language == "en" else "."


def _decimals(cell: str, group: str) -> int:
    match = _DECIMALS.search(cell)
    return len(match[2]) if match is not None and match[1] != group else 0
