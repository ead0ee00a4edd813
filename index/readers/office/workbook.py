"""Workbooks (xlsx) as their sheets show them, read from the XML itself: quickly, and with what is hidden or merged."""

import io
import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import isfinite
from zipfile import ZipFile

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from index.document import LeftOut, LeftOutKind
from index.errors import UnreadableDocument
from index.language import detect_language
from index.readers.archives import local_name, member, parse_xml
from index.readers.dating import parse_date
from index.readers.office.number_formats import Style, shown
from index.reasons import SkipReason
from index.text.characters import one_line

_LANGUAGE_SAMPLE = 4000
# Merged cells are carried to this many places in a sheet.
_MOST_CARRIED = 1_000_000
_LAST_COLUMN = 16_384
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and the cells of each row as they are shown; an empty row where some stand between."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that are shown, in their order, and what of the file is not among them."""

    sheets: tuple[Sheet, ...]
    title: str
    made: date | None
    left_out: tuple[LeftOut, ...]


def read_sheets(container: ZipFile) -> Workbook:
    """The workbook in an xlsx container. Raises UnreadableDocument when it is damaged.

    What is hidden by hand is left out: sheets, rows, columns. What only a filter or a closed group hides is read.
    """
    place = _target_of(container, "", "officeDocument")
    root = parse_xml(member(container, place or "xl/workbook.xml"))
    files = {name: target for name, kind, target in _relations(container, place) if kind == "worksheet"}
    strings = _strings(container, place)
    formats = _formats(container, place)
    properties = next(_named(root, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    language = detect_language(" ".join(strings)[:_LANGUAGE_SAMPLE])
    values = _Values(strings, formats, Style.told_by(language, formats, from_1904))
    counts: Counter[LeftOutKind] = Counter()
    sheets = []
    for sheet in _named(root, "sheet"):
        target = files.get(_attribute(sheet, "id"), "")
        if sheet.get("state", "visible") != "visible":
            counts[LeftOutKind.HIDDEN] += 1
        elif target:
            content = _read_sheet(member(container, target), values)
            counts.update(content.left_out)
            sheets.append(Sheet(one_line(sheet.get("name", "")), tuple(content.lines())))
    counts.update(_beside(container))
    title, made = _properties(container)
    left_out = tuple(LeftOut(kind, count) for kind, count in counts.items() if count)
    return Workbook(tuple(sheets), title, made, left_out)


@dataclass(frozen=True, slots=True)
class _Values:
    """What cells refer to: the shared strings, the format of each style, how figures are written."""

    strings: Sequence[str]
    formats: Sequence[str]
    style: Style

    def shown(self, cell: etree._Element, written: str) -> str:
        """The words of a cell in whose XML `written` stands."""
        kind = cell.get("t", "n")
        if kind == "s":
            place = int(written)
            return self.strings[place] if 0 <= place < len(self.strings) else ""
        if kind == "n":
            number = float(written)
            code = self._format(cell.get("s", "0"))
            return one_line(shown(number, code, self.style) if isfinite(number) else written)
        if kind == "b":
            return "TRUE" if written in _TRUE else "FALSE"
        return one_line(written.removesuffix("T00:00:00") if kind == "d" else written)

    def _format(self, style: str) -> str:
        place = int(style)
        return self.formats[place] if place < len(self.formats) else "General"


@dataclass(slots=True)
class _Content:
    """The filled cells of a sheet by row and column, both counted from 1."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    left_out: Counter[LeftOutKind] = field(default_factory=Counter)

    def lines(self) -> Iterator[tuple[str, ...]]:
        """The rows from top to bottom, without columns that hold nothing."""
        used = sorted({column for row in self.cells.values() for column in row})
        rows = sorted(self.cells)
        for before, number in pairwise([rows[0] - 1 if rows else 0, *rows]):
            if number > before + 1:
                yield ()
            yield tuple(self.cells[number].get(column, "") for column in used)

    def leave_out_hidden(self) -> None:
        """Take out the rows and columns that are hidden, and count those that hold something."""
        for number in self.hidden_rows & self.cells.keys():
            del self.cells[number]
            self.left_out[LeftOutKind.HIDDEN] += 1
        taken = set()
        for row in self.cells.values():
            for column in self.hidden_columns & row.keys():
                del row[column]
                taken.add(column)
        self.left_out[LeftOutKind.HIDDEN] += len(taken)

    def carry_merged(self) -> None:
        """Write what merged cells say in every place that they cover; a title over a whole row stays one cell."""
        places_left = _MOST_CARRIED
        last = max(self.cells, default=0)
        widest = max((column for row in self.cells.values() for column in row), default=0)
        for left, top, right, bottom in self.merged:
            words = self.cells.get(top, {}).get(left, "")
            is_title = top == bottom and len(self.cells.get(top, ())) == 1
            right, bottom = min(right, widest), min(bottom, last)
            places_left -= (right - left + 1) * (bottom - top + 1)
            if not words or is_title or places_left < 0:
                continue
            for number in range(top, bottom + 1):
                row = self.cells.setdefault(number, {})
                row.update(dict.fromkeys(range(left, right + 1), words))


def _read_sheet(data: bytes, values: _Values) -> _Content:
    content = _Content()
    is_filtered = b"autoFilter" in data
    number = 0
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data),
            tag=("{*}row", "{*}col", "{*}mergeCell"),
            resolve_entities=False,
            no_network=True,
        ):
            is_hidden = element.get("hidden") in _TRUE and element.get("outlineLevel", "0") == "0"
            match local_name(element):
                case "row":
                    number = int(element.get("r") or number + 1)
                    content.cells[number] = _read_row(element, values, content.left_out)
                    if is_hidden and not is_filtered:
                        content.hidden_rows.add(number)
                case "col" if is_hidden:
                    content.hidden_columns.update(
                        range(
                            int(element.get("min", "1")), min(int(element.get("max", "1")), _LAST_COLUMN) + 1
                        )
                    )
                case "mergeCell":
                    content.merged.append(_merged(element.get("ref", "")))
            element.clear()
    except (etree.XMLSyntaxError, ValueError, TypeError) as error:
        raise UnreadableDocument(SkipReason("damaged", detail=str(error))) from error
    content.carry_merged()
    content.leave_out_hidden()
    content.cells = {number: row for number, row in content.cells.items() if row}
    return content


def _merged(place: str) -> tuple[int, int, int, int]:
    """The first column and row of a range such as `A1:B3`, and the last ones. Raises ValueError."""
    left, top, right, bottom = range_boundaries(place)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(f"{place} is no range of cells")
    return left, top, right, bottom


def _read_row(row: etree._Element, values: _Values, left_out: Counter[LeftOutKind]) -> dict[int, str]:
    """The words of the cells in a row that have any, by column; formulas without a value are counted."""
    cells = {}
    column = 0
    for cell in row.iterchildren("{*}c"):
        column = _column(cell.get("r", "")) or column + 1
        written, has_formula = "", False
        for part in cell:
            match local_name(part):
                case "v":
                    written = part.text or ""
                case "f":
                    has_formula = True
                case "is":
                    written = _words(part)
        if words := values.shown(cell, written) if written else "":
            cells[column] = words
        elif has_formula and not written and cell.get("t") != "str":
            left_out[LeftOutKind.FORMULAS] += 1
    return cells


def _column(place: str) -> int:
    """The number of the column of a place such as `AB12`; 0 if it names none."""
    letters = place.rstrip("0123456789").replace("$", "")
    return column_index_from_string(letters) if letters else 0


def _words(element: etree._Element) -> str:
    """The words of a string in its runs, without the readings that stand over Chinese characters."""
    readings = {text for reading in element.iter("{*}rPh") for text in reading}
    runs = (text.text or "" for text in element.iter("{*}t") if text not in readings)
    return one_line("".join(runs))


def _strings(container: ZipFile, workbook: str) -> list[str]:
    path = _target_of(container, workbook, "sharedStrings")
    return [_words(item) for item in _named(parse_xml(member(container, path)), "si")] if path else []


def _formats(container: ZipFile, workbook: str) -> list[str]:
    """The number format of each style of cells, in their order."""
    path = _target_of(container, workbook, "styles")
    if not path:
        return []
    styles = parse_xml(member(container, path))
    own = {each.get("numFmtId", ""): each.get("formatCode", "") for each in _named(styles, "numFmt")}
    builtin: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    codes = {**builtin, **own}
    cells = next(_named(styles, "cellXfs"), ())
    return [codes.get(style.get("numFmtId", "0"), "General") for style in cells if local_name(style) == "xf"]


def _beside(container: ZipFile) -> Mapping[LeftOutKind, int]:
    """The pictures and comments of all sheets."""
    names = container.namelist()
    comments = [
        name for name in names if name.startswith("xl/comments") or name.startswith("xl/threadedComments/")
    ]
    return {
        LeftOutKind.IMAGES: sum(name.startswith("xl/media/") for name in names),
        LeftOutKind.COMMENTS: sum(
            sum(1 for _ in _named(parse_xml(member(container, name)), "comment")) for name in comments
        ),
    }


def _properties(container: ZipFile) -> tuple[str, date | None]:
    """The title that the file has, and the day when it was made."""
    path = _target_of(container, "", "core-properties")
    about = parse_xml(member(container, path)) if path else etree.Element("none")
    title = next(_named(about, "title"), about).text or ""
    created = next(_named(about, "created"), about).text or ""
    return one_line(title), parse_date(created)


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute of whatever namespace; sheets have an id of theirs and one of the relation."""
    of_namespace = (str(value) for key, value in element.items() if str(key).endswith("}" + name))
    return next(of_namespace, "")


def _relations(container: ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """What a part refers to: the id, the last word of the kind, and the path of each."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    for relation in _named(parse_xml(member(container, path)), "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        yield relation.get("Id", ""), posixpath.basename(relation.get("Type", "")), target


def _target_of(container: ZipFile, part: str, kind: str) -> str:
    """The path of the one part of that kind; empty if there is none, or it is not in the container."""
    paths = (target for _, each, target in _relations(container, part) if each == kind)
    return next((path for path in paths if path in container.namelist()), "")
