"""Tables (csv, tsv, xlsx): each row is a paragraph that names its columns, so that it can be read alone."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from index.document import DateSource, Reading
from index.encoding import decode
from index.errors import UnreadableDocument
from index.readers.names import title_of_name
from index.readers.prose import PARAGRAPH_BREAK, one_line
from index.readers.reading import FileReadings
from index.readers.zips import open_zip
from index.titles import is_telling

_SNIFFED = 16 * 1024
_DELIMITERS = ",;\t|"


def read_csv(data: bytes, path: str) -> FileReadings:
    """The one document of a csv or tsv file."""
    text = decode(data)
    csv.field_size_limit(len(text) + 1)
    try:
        rows = [[one_line(cell) for cell in row] for row in csv.reader(io.StringIO(text), _dialect(text))]
    except csv.Error as error:
        raise UnreadableDocument(f"the table is damaged: {error}") from error
    return FileReadings.of(Reading(text=_readable(rows), title=title_of_name(path)))


def read_workbook(data: bytes, path: str) -> FileReadings:
    """The one document of an xlsx file: its sheets under their names, with the values last shown."""
    open_zip(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, _cells(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise UnreadableDocument(f"the file is damaged: {error}") from error
    made, named = book.properties.created, one_line(book.properties.title or "")
    return FileReadings.of(
        Reading(
            text=PARAGRAPH_BREAK.join(
                f"{title}{PARAGRAPH_BREAK}{text}" for title, rows in sheets if (text := _readable(rows))
            ),
            title=named if is_telling(named) else title_of_name(path),
            date=made.date() if made else None,
            date_source=DateSource.FILE_PROPERTIES if made else None,
        )
    )


def _dialect(text: str) -> type[csv.Dialect] | csv.Dialect:
    try:
        return csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS)
    except csv.Error:
        return csv.excel


def _cells(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return one_line(str(value))


def _readable(rows: Iterable[Sequence[str]]) -> str:
    """One paragraph a row, `column: value; column: value`; just the values when there is no row of names."""
    filled = [row for row in rows if any(row)]
    if len(filled) < 2 or not _names_columns(filled[0]):
        return PARAGRAPH_BREAK.join("; ".join(filter(None, row)) for row in filled)
    return PARAGRAPH_BREAK.join(_line(filled[0], row) for row in filled[1:])


def _names_columns(row: Sequence[str]) -> bool:
    """Names are different words, not numbers; an index column may be without one."""
    names = [cell for cell in row if cell]
    return (
        len(names) >= max(1, len(row) - 1)
        and len(set(names)) == len(names)
        and not any(map(_is_number, names))
    )


def _is_number(cell: str) -> bool:
    return cell.lstrip("-+$€").replace(".", "").replace(",", "").rstrip("%").isdigit()


def _line(names: Sequence[str], row: Sequence[str]) -> str:
    named = (*names, *[""] * (len(row) - len(names)))
    return "; ".join(_pair(name, cell) for name, cell in zip(named, row, strict=False) if cell)


def _pair(name: str, cell: str) -> str:
    return f"{name}: {cell}" if name else cell
