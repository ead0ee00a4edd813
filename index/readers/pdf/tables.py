"""Tables on a page: between ruled lines, between level rules alone, or by nothing but how their cells are aligned."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median

from index.readers.pdf.columns import has_values, is_prose
from index.readers.pdf.drawn import NEAR, Grid, fields_of, grids
from index.readers.pdf.sheet import Box, Item, Piece, Row, Table, rows_of

_NARROW = 8.0
_LEAST_ROWS = 3
_LEAST_GAP = 0.5  # of the size of the type, between columns
_NEXT_ROW = 2.8  # sizes of the type: a row that still belongs to the rows above it
_CLOSE, _NEARER = 0.75, 0.85
_OVERLAP = 0.95  # sizes of the type between lines of cells beside each other
_FAR = 1.7  # times the way from row to row
_OTHER_SIZE = 0.4
_LONGEST_ADDRESS = 6
_MOST_TRIES = 80
_LONGEST_RUN = 400
_RECENT = 8  # rows by which the way to the next is judged
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")


def ruled(pieces: Sequence[Piece], lines: Sequence[Box]) -> list[Item]:
    """The pieces of a page, with a table in place of those that lines are drawn around."""
    items: list[Item] = list(pieces)
    for grid in grids(lines):
        inside = [item for item in items if isinstance(item, Piece) and _holds(grid.box, item.box)]
        table = _filled(grid, inside) if len(grid.xs) > 2 else _between_levels(grid, items)
        if table is not None:
            items = [item for item in items if not _holds(table.box, item.box)] + [table]
    return items


def aligned(items: Sequence[Item]) -> list[Item]:
    """The items of a column or a page, with a table in place of rows whose cells stand one below the other."""
    rows = rows_of(items)
    out: list[Item] = []
    tries = place = 0
    while place < len(rows):
        row = rows[place]
        run = (
            _run(rows[place:]) if isinstance(row, Row) and len(row.pieces) > 1 and tries < _MOST_TRIES else []
        )
        tries += bool(run)
        table = _of_run(run)
        out += [table] if table is not None else [row] if isinstance(row, Table) else row.pieces
        place += len(run) if table is not None else 1
    return out


def _run(rows: Sequence[Row | Table]) -> list[Row]:
    """The rows from the first on whose pieces stand in the same columns; it ends with one of several pieces."""
    columns: list[tuple[float, float]] = []
    run: list[Row] = []
    last = 0
    for row in rows[:_LONGEST_RUN]:
        if not isinstance(row, Row) or _is_apart(run[-_RECENT:], row):
            break
        widened = _widened(columns, row)
        if widened is None or (len(row.pieces) == 1 and len(widened) > len(columns)):
            break
        columns = widened
        run.append(row)
        is_more = row.pieces[0].box.left > columns[0][1] or row.pieces[0].text[0].islower()
        if len(row.pieces) > 1 or is_more:
            last = len(run)
    return run[:last]


def _is_apart(run: Sequence[Row], row: Row) -> bool:
    """Whether a row stands too far below others to go with them, or is set in another size than the last."""
    if not run:
        return False
    gap = min(abs(row.base - other.base) for other in (run[0], run[-1]))
    usual = max((after.base - before.base for before, after in pairwise(run)), default=gap)
    is_other = len(run) > 1 and abs(row.size - run[-1].size) > _OTHER_SIZE
    return gap > _NEXT_ROW * row.size or gap > _FAR * usual or is_other


def _widened(columns: Sequence[tuple[float, float]], row: Row) -> list[tuple[float, float]] | None:
    """The columns with a row's pieces in them; None if a piece stands in two, or two pieces in one."""
    widened = list(columns)
    for piece in row.pieces:
        reach = _LEAST_GAP * piece.style.size
        met = [
            place
            for place, (left, right) in enumerate(widened)
            if left - reach < piece.box.right and piece.box.left < right + reach
        ]
        if len(met) > 1:
            return None
        if met:
            left, right = widened[met[0]]
            widened[met[0]] = (min(left, piece.box.left), max(right, piece.box.right))
        else:
            widened.append((piece.box.left, piece.box.right))
    widened.sort()
    starts = [bisect_right(widened, (piece.box.left, float("inf"))) for piece in row.pieces]
    is_clear = all(left[1] + _LEAST_GAP * row.size <= right[0] for left, right in pairwise(widened))
    return widened if is_clear and len(set(starts)) == len(starts) else None


def _of_run(run: Sequence[Row]) -> Table | None:
    """The table that a run of rows is, unless it is prose in columns, a form or a table of contents."""
    columns = _columns(run)
    several = sum(len(row.pieces) > 1 for row in run)
    if len(columns) < 2 or several < _LEAST_ROWS - (len(columns) > 2) or several * 2 < len(run):
        return None
    texts = [piece.text for row in run for piece in row.pieces]
    if several < _LEAST_ROWS and not any(map(str.isdigit, "".join(piece.text for piece in run[-1].pieces))):
        return None
    if any(map(_LEADERS.search, texts)) or sum(text[0].islower() for text in texts) * 2 > len(texts):
        return None
    by_column = [_in_column(run, column) for column in columns]
    if sum(is_prose(rows) for rows in by_column if len(rows) >= _LEAST_ROWS) > 1:
        return None
    labels = sum(piece.text.endswith(":") for row in by_column[0] for piece in row.pieces)
    if labels * 2 > len(by_column[0]) or (len(columns) == 2 and not _is_pair(run, by_column)):
        return None
    return _table(_logical(run, columns), _around(run))


def _is_pair(run: Sequence[Row], by_column: Sequence[Sequence[Row]]) -> bool:
    """Whether two columns are a table: values in the second, or a bold row above more than two addresses have."""
    is_headed = (
        len(run) > _LONGEST_ADDRESS
        and all(piece.style.bold for piece in run[0].pieces)
        and not any(all(piece.style.bold for piece in row.pieces) for row in run[1:])
    )
    return is_headed or has_values(by_column[1])


def _columns(rows: Iterable[Row]) -> list[tuple[float, float]]:
    """Where columns begin and end, by the pieces that stand in them."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((piece.box.left, piece.box.right) for row in rows for piece in row.pieces):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _in_column(rows: Iterable[Row], column: tuple[float, float]) -> list[Row]:
    left, right = column[0] - 1, column[1] + 1
    return _rows(
        [piece for row in rows for piece in row.pieces if left <= piece.box.left and piece.box.right <= right]
    )


def _logical(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Iterator[list[list[Piece]]]:
    """Rows of cells, each of lines that stand close together; a line that says more of a cell belongs to the last."""
    usual = _way_to_rows(rows, columns)
    cells: list[list[Piece]] = []
    before = 0.0
    for lines in _close_lines(rows):
        is_near = lines[0].base - before < _NEARER * usual
        if cells and not (len(lines) == 1 and _says_more(lines[0], columns, is_near)):
            yield cells
            cells = []
        cells = cells or [[] for _ in columns]
        for piece in (piece for line in lines for piece in line.pieces):
            cells[_place(piece, columns)].append(piece)
        before = lines[-1].base
    if cells:
        yield cells


def _way_to_rows(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> float:
    """How far it mostly is from a line to one that begins in the first column, as rows do."""
    ways = (
        after.base - before.base for before, after in pairwise(rows) if not _place(after.pieces[0], columns)
    )
    return median(list(ways) or [0.0])


def _close_lines(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of lines that are nearer to each other than rows are."""
    closest = _closest(rows)
    lines: list[Row] = []
    for row in rows:
        if lines and row.base - lines[-1].base >= max(closest, _OVERLAP * row.size):
            yield lines
            lines = []
        lines.append(row)
    if lines:
        yield lines


def _closest(rows: Sequence[Row]) -> float:
    """Rows of several pieces are farther from each other than this."""
    bases = [(row.base, _OVERLAP * row.size) for row in rows if len(row.pieces) > 1]
    ways = (after - before for (before, least), (after, _) in pairwise(bases) if after - before > least)
    return _CLOSE * min(ways, default=0.0)


def _says_more(row: Row, columns: Sequence[tuple[float, float]], is_near: bool) -> bool:
    """Whether a line goes on with cells of the row before it."""
    places = [_place(piece, columns) for piece in row.pieces]
    is_more = places[0] > 0 and (is_near or len(places) * 2 <= len(columns))
    return is_more or (len(places) == 1 and row.pieces[0].text[0].islower())


def _place(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a piece stands in most."""
    overlaps = [min(right, piece.box.right) - max(left, piece.box.left) for left, right in columns]
    return max(range(len(columns)), key=lambda place: overlaps[place])


def _table(cells: Iterable[Sequence[Sequence[Piece]]], box: Box) -> Table:
    rows = list(cells)
    bold = [all(piece.style.bold for cell in row for piece in cell) for row in rows]
    heads = bold.index(False) if False in bold else 0
    return Table(tuple(tuple(map(_lines, row)) for row in rows), box, 0 if any(bold[heads:]) else heads)


def _lines(pieces: Sequence[Piece]) -> str:
    """The lines of a cell."""
    return "\n".join(" ".join(piece.text for piece in row.pieces) for row in _rows(pieces))


def _around(items: Sequence[Row | Piece]) -> Box:
    return reduce(Box.around, (item.box for item in items))


def _holds(outer: Box, inner: Box) -> bool:
    is_level = outer.top - NEAR <= inner.middle <= outer.bottom + NEAR
    return is_level and outer.left - NEAR <= (inner.left + inner.right) / 2 <= outer.right + NEAR


def _filled(grid: Grid, pieces: Sequence[Piece]) -> Table | None:
    """The table of a grid, what is merged repeated in every row; None for a frame around columns of text."""
    fields = fields_of(grid)
    contents: defaultdict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        row = min(max(bisect_right(grid.ys, piece.box.middle) - 1, 0), len(grid.ys) - 2)
        column = min(
            max(bisect_right(grid.xs, (piece.box.left + piece.box.right) / 2) - 1, 0), len(grid.xs) - 2
        )
        contents[fields[row][column]].append(piece)
    rows = [cells for places in fields if any(cells := _cells_of(places, contents))]
    if len(rows) == 1 and _are_parties(rows[0]):
        return Table(tuple((line,) for cell in rows[0] for line in _lines(cell).split("\n")), grid.box)
    if len(rows) <= 2:
        rows = [part for row in rows for part in _by_line(row)]
    widths = [right - left for left, right in pairwise(grid.xs)]
    used = [
        place
        for place, width in enumerate(widths)
        if width > _NARROW or any(any(row[place:][:1]) for row in rows)
    ]
    if len(rows) < 2 or len(used) < 2:
        return None
    return _table([row if len(row) == 1 else [row[place] for place in used] for row in rows], grid.box)


def _are_parties(cells: Sequence[Sequence[Piece]]) -> bool:
    """Whether two fields beside each other have lines to be read one by one, as what is said of two parties."""
    columns = list(map(_rows, filter(None, cells)))
    begin_anew = all(not row.pieces[0].text[0].islower() for rows in columns for row in rows)
    return len(columns) == 2 and min(map(len, columns)) > 1 and begin_anew and not has_values(columns[1])


def _cells_of(
    fields: Sequence[tuple[int, int]], contents: Mapping[tuple[int, int], list[Piece]]
) -> list[list[Piece]]:
    """The cells of a row; what is merged stands in every place, a value only in the first; a cell may be the row."""
    if len(set(fields)) == 1:
        return [contents[fields[0]]]
    return [
        contents[field] if field[1] == place or _may_name(contents[field]) else []
        for place, field in enumerate(fields)
    ]


def _may_name(cell: Sequence[Piece]) -> bool:
    """Whether a cell over several columns may be a name for all of them, as no value is."""
    return not any(sign.isdigit() or sign == ":" for piece in cell for sign in piece.text)


def _by_line(cells: Sequence[Sequence[Piece]]) -> list[list[list[Piece]]]:
    """A row of cells as rows of their own, if its cells have some lines, level with each other."""
    rows = _rows([piece for cell in cells for piece in cell])
    owners = {id(piece): place for place, cell in enumerate(cells) for piece in cell}
    level = sum(len({owners[id(piece)] for piece in row.pieces}) > 1 for row in rows)
    if (
        len(rows) < _LEAST_ROWS
        or level * 2 < len(rows)
        or sum(map(is_prose, map(_rows, filter(None, cells)))) > 1
    ):
        return [list(map(list, cells))]
    return [
        [[p for p in row.pieces if owners[id(p)] == place] for place in range(len(cells))] for row in rows
    ]


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    return [row for row in rows_of(pieces) if isinstance(row, Row)]


def _between_levels(grid: Grid, items: Sequence[Item]) -> Table | None:
    """The table between level rules of one width, with a row right above or below them that fits its columns."""
    left, right = grid.xs[0] - NEAR, grid.xs[-1] + NEAR
    pieces = [item for item in items if isinstance(item, Piece)]
    rows = _rows([piece for piece in pieces if left <= piece.box.left and piece.box.right <= right])
    inside = [row for row in rows if _holds(grid.box, row.box)]
    columns = _columns(row for row in inside if len(row.pieces) > 1)
    if len(columns) < 2 or sum(len(row.pieces) > 1 for row in inside) * 2 < len(inside):
        return None
    outside = [
        row
        for row in rows
        if len(row.pieces) > 1
        and not inside[0].base <= row.base <= inside[-1].base
        and not _is_apart(inside, row)
        and _widened(columns, row) is not None
    ]
    bands: defaultdict[int, list[Row]] = defaultdict(list)
    for row in sorted((*inside, *outside), key=lambda row: row.base):
        bands[bisect_right(grid.ys, row.box.middle)].append(row)
    if len(bands) > _LEAST_ROWS or all(len(band) == 1 for band in bands.values()):
        cells: Iterable[list[list[Piece]]] = (_cells(band, columns) for band in bands.values())
    else:
        cells = _logical([row for band in bands.values() for row in band], columns)
    return _table(cells, _around((*inside, *outside)))


def _cells(rows: Iterable[Row], columns: Sequence[tuple[float, float]]) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[] for _ in columns]
    for row in rows:
        for piece in row.pieces:
            cells[_place(piece, columns)].append(piece)
    return cells
