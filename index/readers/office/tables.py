"""Tables (csv, tsv, xlsx): each row is a block that names its columns, so that it can be read alone."""

import csv
import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from zipfile import ZipFile

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.errors import UnreadableDocument
from index.language import detect_language
from index.readers.archives import attribute, local_name, member, open_zip, parse_xml
from index.readers.dating import parse_date, title_of_name
from index.readers.draft import Draft
from index.readers.office.number_formats import TRUE, Style, Values
from index.reasons import SkipReason
from index.text.characters import decode, one_line
from index.text.grid import named_rows
from index.text.headings import TITLE_LENGTH, is_telling

_SAMPLE_CHARACTERS = 64 * 1024
_DELIMITERS = ";\t,|"
_LEAST_ALIKE = 0.3
# Excel names the delimiter in a first line of its own.
_DECLARED = re.compile(r"\"?sep=(.)\"?\n", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d]+(?: [^\W\d]+){0,2}: *\S")
_SHEET_LEVEL, _TITLE_LEVEL = 1, 2
_LANGUAGE_SAMPLE = 4000
# Merged cells are carried to this many places in a sheet.
_MOST_CARRIED = 1_000_000
_LAST_COLUMN = 16_384


def read_csv(data: bytes, path: str) -> FileReadings:
    """The one document of a csv or tsv file."""
    text = decode(data)
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    draft = Draft()
    try:
        _add_table(draft, _rows(text, declared[1] if declared else _delimiter(text)))
    except csv.Error as error:
        raise UnreadableDocument(SkipReason("damaged", detail=str(error))) from error
    return FileReadings.of(Reading(text=draft.text, title=title_of_name(path), blocks=draft.blocks()))


def read_workbook(data: bytes, path: str) -> FileReadings:
    """The one document of an xlsx file: its sheets under their names, with the values as they are shown.

    What is hidden by hand is left out: sheets, rows, columns. What only a filter or a closed group hides is read.
    """
    container = open_zip(data)
    draft, left_out = Draft(), Counter[LeftOutKind]()
    for name, content in _sheets(container, left_out):
        add_sheet(draft, name, content.lines())
    left_out.update(_beside(container))
    title, made = _properties(container)
    return FileReadings.of(
        Reading(
            text=draft.text,
            title=title if is_telling(title) else title_of_name(path),
            date=made,
            date_source=DateSource.FILE_PROPERTIES if made else None,
            blocks=draft.blocks(),
            left_out=LeftOut.each_of(left_out),
        )
    )


def add_sheet(draft: Draft, name: str, rows: Iterable[Sequence[str]]) -> None:
    """The rows of a sheet under its name; nothing of one that is empty."""
    filled = list(rows)
    if any(map(any, filled)):
        draft.heading(name, _SHEET_LEVEL)
        _add_table(draft, filled)


def _add_table(draft: Draft, rows: Iterable[Sequence[str]]) -> None:
    """The rows of a table; a short line alone above names what is below it."""
    for row in named_rows(rows, headed=True):
        if len(row.cells) > 1 or row.columns:
            draft.row(row.cells, row.columns)
        elif _is_title(row.cells[0]):
            draft.heading(row.cells[0], _TITLE_LEVEL)
        else:
            draft.paragraph(row.cells[0])


def _is_title(line: str) -> bool:
    """Whether a line alone is short and no sentence, nor a label with its value: “Titular: Ana Ruiz”."""
    return len(line) <= TITLE_LENGTH and not line.endswith(".") and _LABELLED.match(line) is None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(len(text) + 1)
    return [[one_line(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def _delimiter(text: str) -> str:
    """The sign that cuts most rows into equally many cells; a tab, which hardly any cell holds, if none does."""
    sample = text[:_SAMPLE_CHARACTERS]
    scores = {delimiter: _score(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else "\t"


def _score(sample: str, delimiter: str) -> float:
    """How many cells there are in the rows that have as many as most others have."""
    widths = Counter(len(row) for row in _rows(sample, delimiter) if any(row))
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return alike * (width - 1) if alike >= _LEAST_ALIKE * widths.total() else 0


def _sheets(container: ZipFile, left_out: Counter[LeftOutKind]) -> Iterator[tuple[str, "_Content"]]:
    """The sheets that are shown, in their order, each with its name; what is not in them is counted."""
    place = _target_of(container, "", "officeDocument")
    root = parse_xml(member(container, place or "xl/workbook.xml"))
    files = {name: target for name, kind, target in _relations(container, place) if kind == "worksheet"}
    strings = _strings(container, place)
    formats = _formats(container, place)
    properties = next(_named(root, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in TRUE
    language = detect_language(" ".join(strings)[:_LANGUAGE_SAMPLE])
    values = Values(strings, formats, Style.told_by(language, formats, from_1904))
    for sheet in _named(root, "sheet"):
        target = files.get(attribute(sheet, "id"), "")
        if sheet.get("state", "visible") != "visible":
            left_out[LeftOutKind.HIDDEN] += 1
        elif target:
            content = _read_sheet(member(container, target), values)
            left_out.update(content.left_out)
            yield one_line(sheet.get("name", "")), content


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


def _read_sheet(data: bytes, values: Values) -> _Content:
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
            is_hidden = element.get("hidden") in TRUE and element.get("outlineLevel", "0") == "0"
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


def _read_row(row: etree._Element, values: Values, left_out: Counter[LeftOutKind]) -> dict[int, str]:
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
