"""Sums, means and extremes over a column of the archive's tables, with the rows that they come from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from babel.numbers import format_decimal

from assistant.answer import Evidence
from assistant.extraction.extractive import Listing
from assistant.finding.documents import stems_of_name
from assistant.finding.found import Found
from assistant.prove.numbers import find_numbers
from assistant.questions.list_questions import Function, TableQuestion, read_table_question
from index.document import Block, BlockKind, Document
from index.filters import DocumentFilter
from index.language.lists import listing_phrases
from index.language.terms import LANGUAGES, stem, words
from index.store.lookup import chunks_holding
from index.store.store import Store
from prompts import phrase

# Rows shown with what is computed of them.
_MOST_SHOWN = 12
_FEWEST_ROWS = 2
_OVER_ALL = frozenset[Function]({"sum", "mean"})
_TOTAL = frozenset(word for (word,) in listing_phrases("totals"))
_PEOPLE = frozenset(stem(word, language) for (word,) in listing_phrases("person") for language in LANGUAGES)
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


@dataclass(frozen=True, slots=True)
class _Row:
    document: Document
    block: Block

    @property
    def cells(self) -> list[str]:
        return [cell.of(self.document.text) for cell in self.block.cells]


@dataclass(frozen=True, slots=True)
class _Fit:
    """A column that a question may mean, and its rows; `by` is the column that they are summed by, if one is.

    `place` is the column's; `told` counts the words of the question that name the column itself.
    """

    place: int
    figures: Figures
    rows: tuple[_Row, ...]
    told: int
    by: int | None = None


def compute_over_table(store: Store, question: str, language: str, wanted: DocumentFilter) -> Found | None:
    """What a question wants computed over a column; None if it wants nothing of the kind, or no one column fits.

    Every word of the question is in the name of the column, of the table, or in each of the rows.
    """
    asked = read_table_question(question)
    if asked is None:
        return None
    fits = [fit for rows in _tables(store, asked, wanted) if (fit := _fit(rows, asked, language)) is not None]
    best = max((fit.told for fit in fits), default=0)
    likeliest = [fit for fit in fits if fit.told == best]
    return _computed(likeliest[0], asked.function, language) if len(likeliest) == 1 else None


def _tables(store: Store, asked: TableQuestion, wanted: DocumentFilter) -> Iterator[list[_Row]]:
    """The rows of tables of the same columns, of documents that hold a word of the question."""
    stems = [stem(word, language) for word in asked.words for language in LANGUAGES]
    ids = chunks_holding(store, [stems], wanted).keys() & store.documents_with_rows()
    tables: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for document in filter(None, map(store.document, sorted(ids))):
        for block in store.blocks(document.id):
            if block.kind is BlockKind.ROW and len(block.cells) == len(block.columns):
                tables[block.columns].append(_Row(document, block))
    return (rows for rows in tables.values() if len(rows) >= _FEWEST_ROWS)


def _fit(rows: Sequence[_Row], asked: TableQuestion, language: str) -> _Fit | None:
    """The column that a question in `language` means, and those rows that hold what else it says."""
    # A table of few words may be of no known language.
    columns, language = rows[0].block.columns, rows[0].document.language or language
    if asked.function in _OVER_ALL and _tells_total(rows):
        return None
    body = [row for row in rows if not _is_total(row)]
    read = {place: figures_of([row.cells[place] for row in body], language) for place in range(len(columns))}
    figures = _without_numbering({place: of for place, of in read.items() if of is not None})
    named = [_stems([column], language) for column in columns]
    terms = {stem(word, language) for word in asked.words}
    about = _union(_names(row, language) for row in body)
    texts = _union(names for place, names in enumerate(named) if place not in figures)
    sought = terms | _PEOPLE if asked.who else terms
    place = _measure(figures, named, terms, names_table=bool(sought & (texts | about)))
    if place is None:
        return None
    rest = terms - named[place] - about - texts
    kept = [
        at
        for at, value in enumerate(figures[place].values)
        if value is not None and rest <= _stems(body[at].cells, language)
    ]
    by = _category(
        body, [names if at not in figures else frozenset() for at, names in enumerate(named)], sought
    )
    of_kept = replace(figures[place], values=tuple(figures[place].values[at] for at in kept))
    told = len(terms & named[place])
    return _Fit(place, of_kept, tuple(body[at] for at in kept), told, by) if kept else None


def _without_numbering(figures: Mapping[int, Figures]) -> dict[int, Figures]:
    """The columns of figures but for a first one that numbers the rows: the largest plot is not the last one."""
    return {place: of for place, of in figures.items() if place or len(figures) == 1 or not of.is_numbering}


def _measure(
    figures: Mapping[int, Figures], named: Sequence[frozenset[str]], terms: set[str], *, names_table: bool
) -> int | None:
    """The column of figures that the question names; where it names only the table, the only one or the total."""
    hits = {place: len(terms & named[place]) for place in figures}
    if most := max(hits.values(), default=0):
        best = [place for place, count in hits.items() if count == most]
        return best[0] if len(best) == 1 else None
    totals = [place for place in figures if named[place] & _TOTAL]
    amounts = [place for place, read in figures.items() if not read.unit.strip().startswith("%")]
    only = next((places[0] for places in (totals, amounts) if len(places) == 1), None)
    return only if names_table else None


def _category(rows: Sequence[_Row], named: Sequence[frozenset[str]], sought: set[str]) -> int | None:
    """The column that an extreme is asked of, where what stands in it has several rows; `named` of those of words."""
    place = next((place for place, names in enumerate(named) if names & sought), None)
    held = [] if place is None else [row.cells[place] for row in rows]
    return place if len(set(held)) < len(held) else None


def _computed(fit: _Fit, function: Function, language: str) -> Found:
    """What is computed, and the rows that it comes from."""
    value, rows = _over_all(fit, function) if function in _OVER_ALL else _extreme(fit, function)
    is_cell = len(rows) == 1 and function not in _OVER_ALL
    opening = phrase(
        f"column_{function}",
        language,
        column=rows[0].block.columns[fit.place],
        value=rows[0].cells[fit.place] if is_cell else fit.figures.written(value, language),
        count=len(rows),
        title=rows[0].document.title or rows[0].document.path,
    )
    left = len(rows) - _MOST_SHOWN
    closing = phrase("rows_left", language, count=left) if left > 0 else ""
    evidence = tuple(
        Evidence(number, row.document, row.block.span, 1.0, 1.0)
        for number, row in enumerate(rows[:_MOST_SHOWN], 1)
    )
    return Found(evidence, 1.0, None, listing=Listing(opening, closing=closing, verbatim=True), route="table")


def _over_all(fit: _Fit, function: Function) -> tuple[Decimal, Sequence[_Row]]:
    total = sum(filter(None, fit.figures.values), Decimal(0))
    return (total if function == "sum" else total / len(fit.rows)), fit.rows


def _extreme(fit: _Fit, function: Function) -> tuple[Decimal, Sequence[_Row]]:
    """The highest or lowest row; of what has several rows each, their sum, and all of its rows."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    rows: dict[str, list[_Row]] = defaultdict(list)
    for number, (row, value) in enumerate(zip(fit.rows, fit.figures.values, strict=True)):
        group = str(number) if fit.by is None else row.cells[fit.by]
        sums[group] += value or Decimal(0)
        rows[group].append(row)
    value = (max if function == "largest" else min)(sums.values())
    return value, [row for group, amount in sums.items() if amount == value for row in rows[group]]


def _is_total(row: _Row) -> bool:
    first = next((cell for cell in row.cells if cell.strip()), "")
    return bool(set(words(first)[:1]) & _TOTAL)


def _tells_total(rows: Iterable[_Row]) -> bool:
    """Whether a document tells a total itself, which is better quoted than computed anew."""
    texts = {row.document.id: row.document.text for row in rows}
    return any(_TOTAL & set(words(text)) for text in texts.values())


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _names(row: _Row, language: str) -> frozenset[str]:
    return _stems([row.document.title, row.document.path, *row.block.headings], language)


def _stems(texts: Iterable[str], language: str) -> frozenset[str]:
    return frozenset(root for text in texts for root in stems_of_name(text, language))


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
