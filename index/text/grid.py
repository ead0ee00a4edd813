"""Tables as grids of cells: merged cells carried to every place they cover, and which row names the columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_HEADER_WITHIN = 20
_SAMPLE_ROWS = 200
_LEAST_FILLED = 0.6
_LEAST_DATA = 0.6
_LEAST_ALIKE = 0.75
_LEAST_LABELLED = 3
# A lone cell that says so much is a note below the table, not the beginning of a row.
_NOTE_WORDS = 5
_MOST_LEVELS = 3
# A table may say that a cell goes on for thousands of columns or rows; nobody reads what it then repeats.
_MOST_ACROSS = 256
_YEAR = re.compile(r"(?:19|20)\d\d")

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is drawn: its words, and over how many columns and rows it goes."""

    words: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row to be read alone: its cells, and the names of their columns; no names where the table has none.

    A row of one cell without a name is a title or a note in the table. Where a label stands before its value, the
    label is the name of the column.
    """

    cells: tuple[str, ...]
    columns: tuple[str, ...] = ()


def spread(rows: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    """The words of each row, those of merged cells in every place that they cover.

    A cell that goes over the whole width, in a table of several columns, is the only one of its row.
    """
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row:
            _carry(hanging, cells)
            for place in range(len(cells), len(cells) + min(max(cell.across, 1), _MOST_ACROSS)):
                cells.append(cell.words)
                if cell.down > 1:
                    hanging[place] = (cell.words, cell.down - 1)
        _carry(hanging, cells)
        alone = len(row) == 1 and row[0].across > 1 and len(cells) == min(row[0].across, _MOST_ACROSS)
        yield cells[:1] if alone else cells


def named_rows(rows: Iterable[Row], marked: int = 0, headed: bool = False) -> Iterator[NamedRow]:
    """The rows that hold words, each with the names of its columns.

    `marked` is how many rows at the beginning the format marks as those that name the columns, titles over the
    whole width included; 0 where it does not tell, and the first row that fits is taken. `headed` tells that
    tables of this kind have such a row as a rule, as sheets and csv do.
    """
    every = [tuple(row) for row in rows]
    while marked and len(every[0]) == 1 < _width(every):
        yield NamedRow(every.pop(0))
        marked -= 1
    if marked:
        yield from _under(_joined(every[:marked]), filter(any, every[marked:]))
        return
    columns: tuple[str, ...] = ()
    for region, is_narrower in _with_those_below(_regions(every)):
        start, end = _header(region, headed and not is_narrower, is_first=not columns)
        if end:
            columns = _joined(region[start:end])
        else:
            start = end = next((place for place, row in enumerate(region) if _filled(row) > 1), len(region))
        yield from (_unnamed(row, True) for row in region[:start])
        if columns and start < len(region):
            yield from _under(columns, region[end:])
        else:
            labelled = is_narrower or _is_labelled(region)
            yield from (_unnamed(row, labelled) for row in region[end:])


def _under(columns: tuple[str, ...], rows: Iterable[Row]) -> Iterator[NamedRow]:
    """The rows under those names, without those that only say them again; the names alone if nothing does."""
    are_told = False
    for row in rows:
        if tuple(row) != columns:
            named = _named(row, columns)
            are_told |= bool(named.columns)
            yield named
    if not are_told:
        yield NamedRow(columns)


def _carry(hanging: dict[int, tuple[str, int]], cells: list[str]) -> None:
    """Add to `cells` what hangs down into the next places."""
    while len(cells) in hanging:
        place = len(cells)
        words, rows_left = hanging.pop(place)
        cells.append(words)
        if rows_left > 1:
            hanging[place] = (words, rows_left - 1)


def _regions(rows: Iterable[Row]) -> list[list[Row]]:
    """Runs of rows between empty ones; a single row goes with what follows."""
    regions: list[list[Row]] = [[]]
    for row in rows:
        if any(row):
            regions[-1].append(row)
        elif len(regions[-1]) > 1 or (len(regions) > 1 and any(_filled(row) > 1 for row in regions[-1])):
            regions.append([])
    return list(filter(None, regions))


def _with_those_below(regions: Sequence[list[Row]]) -> Iterator[tuple[list[Row], bool]]:
    """Each region, and whether a wider one comes below it, so that it may stand before a table."""
    widest_below = [0, *accumulate(map(_width, reversed(regions[1:])), max)][: len(regions)]
    for region, widest in zip(regions, reversed(widest_below), strict=True):
        yield region, _width(region) < widest


def _header(rows: Sequence[Row], headed: bool, *, is_first: bool) -> tuple[int, int]:
    """From which row to which one the columns are named; (0, 0) if no row does."""
    width = _width(rows)
    fitting = [place for place, row in enumerate(rows[:_HEADER_WITHIN]) if _fits(row, width)]
    contrasts = {place: _contrast(rows, place) for place in fitting if place + 1 < len(rows)}
    if width < 2 or not contrasts:
        return 0, 0
    best = max(contrasts.values())
    candidates = [place for place, contrast in contrasts.items() if contrast == best]
    are_pairs = max(map(_filled, rows[:_SAMPLE_ROWS])) == 2
    # In two columns, what stands above the names may look like names.
    place = candidates[-1] if best and are_pairs else candidates[0]
    if best:
        names = not are_pairs or _is_uniform(rows[place + 1 :], headed)
    else:
        names = (is_first or place > 0) and (not are_pairs or headed or _defines(rows[place:]))
    return (place, place + _levels(rows[place:])) if names else (0, 0)


def _width(rows: Sequence[Row]) -> int:
    """How many cells of a row are filled as a rule."""
    counts = Counter(map(_filled, rows[:_SAMPLE_ROWS]))
    return max(counts, key=lambda filled: (counts[filled], filled), default=0)


def _fits(row: Row, width: int) -> bool:
    """Whether a row may name columns: different words, or years among them, in nearly all places."""
    names = list(filter(None, row))
    return (
        len(names) >= max(2, _LEAST_FILLED * width)
        and all(map(_may_name, names))
        and not all(map(_is_data, names))
        and (len(set(names)) == len(names) or _is_grouped(row))
        and sum(map(_is_label, names)) * 2 < len(names)
    )


def _may_name(cell: str) -> bool:
    """Whether a cell is no figure, unless it is a year."""
    return not _is_data(cell) or _YEAR.fullmatch(cell) is not None


def _is_grouped(row: Row) -> bool:
    """Whether names that come twice stand side by side, as merged cells that are carried do."""
    runs = [name for place, name in enumerate(row) if name and (place == 0 or row[place - 1] != name)]
    return len(set(runs)) == len(runs) > 1


def _contrast(rows: Sequence[Row], place: int) -> int:
    """In how many columns words stand over figures."""
    below = rows[place + 1 : place + 1 + _SAMPLE_ROWS]
    return sum(
        bool(name) and _may_name(name) and _mostly_data(below, column)
        for column, name in enumerate(rows[place])
    )


def _mostly_data(rows: Sequence[Row], column: int) -> bool:
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    return bool(cells) and sum(map(_is_data, cells)) >= _LEAST_DATA * len(cells)


def _is_uniform(rows: Sequence[Row], headed: bool) -> bool:
    """Whether the second of two columns has values of one kind, so that the rows are no labels with values."""
    shapes = Counter(_shape(row[1]) for row in rows[:_SAMPLE_ROWS] if len(row) > 1 and row[1])
    enough = shapes.total() > 1 or headed
    return enough and max(shapes.values(), default=0) >= _LEAST_ALIKE * shapes.total()


def _shape(cell: str) -> str:
    """What a value looks like: a date, a telephone number and an amount have different shapes."""
    marks = "".join(sorted({sign for sign in cell if not sign.isalnum() and sign not in " .,+-"}))
    return ("0" if _is_data(cell) else "a") + marks if cell else ""


def _defines(rows: Sequence[Row]) -> bool:
    """Whether the second of two columns says more in each row than in the first: terms and what they mean."""
    lengths = [len(row[1].split()) for row in rows[:_SAMPLE_ROWS] if len(row) > 1]
    return len(lengths) > 1 and sum(lengths[1:]) >= 2 * lengths[0] * len(lengths[1:])


def _levels(rows: Sequence[Row]) -> int:
    """How many rows name the columns: merged names reach down into the next, or stand over its names."""
    levels = 1
    while levels < min(_MOST_LEVELS, len(rows) - 1):
        upper, lower = rows[levels - 1], rows[levels]
        reaches = any(name and name == below for name, below in zip(upper, lower, strict=False))
        over_several = any(name and name == beside for name, beside in pairwise(upper))
        if not (reaches or over_several) or not all(map(_may_name, lower)):
            break
        levels += 1
    return levels


def _joined(rows: Sequence[Row]) -> tuple[str, ...]:
    """The name of each column, from the outermost inwards, each word of it once."""
    width = max(map(len, rows), default=0)
    names = ((row[column] for row in rows if column < len(row)) for column in range(width))
    return tuple(" ".join(dict.fromkeys(filter(None, name))) for name in names)


def _named(row: Row, columns: tuple[str, ...]) -> NamedRow:
    first = row[0]
    is_note = _filled(row) == 1 and (len(row) == 1 or len(first.split()) >= _NOTE_WORDS)
    if is_note and first and len(columns) > 2:
        return NamedRow((first,))
    return NamedRow((*row, *[""] * (len(columns) - len(row))), columns)


def _unnamed(row: Row, labelled: bool) -> NamedRow:
    """A row of a table without names: labels and values in turn, or just cells."""
    cells = tuple(filter(None, row))
    labels, values = cells[::2], cells[1::2]
    is_pair = labelled and len(cells) == 2 and not _is_data(cells[0])
    if is_pair or (len(labels) == len(values) and all(map(_is_label, labels))):
        return NamedRow(values, tuple(label.rstrip().rstrip(":").rstrip() for label in labels))
    return NamedRow(cells)


def _is_labelled(rows: Sequence[Row]) -> bool:
    """Whether the first of two columns names what stands in the second; two signatures side by side do not."""
    pairs = [row for row in rows[:_SAMPLE_ROWS] if _filled(row) == 2 and len(row) > 1]
    return len(pairs) >= _LEAST_LABELLED or any(_is_data(row[1]) for row in pairs)


def _filled(row: Row) -> int:
    return sum(map(bool, row))


def _is_label(cell: str) -> bool:
    return cell.rstrip().endswith(":")


def _is_data(cell: str) -> bool:
    """Whether a cell is a figure, a date, an amount or a code rather than words: more digits than letters."""
    digits = sum(map(str.isdigit, cell))
    return digits > sum(map(str.isalpha, cell))
