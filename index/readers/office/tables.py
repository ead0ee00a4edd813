"""Tables (csv, tsv, xlsx): each row is a block that names its columns, so that it can be read alone."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.document import DateSource, FileReadings, Reading
from index.errors import UnreadableDocument
from index.readers.archives import open_zip
from index.readers.dating import title_of_name
from index.readers.draft import Draft
from index.readers.office.workbook import read_sheets
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
    """The one document of an xlsx file: its sheets under their names, with the values as they are shown."""
    book = read_sheets(open_zip(data))
    draft = Draft()
    for sheet in book.sheets:
        add_sheet(draft, sheet.name, sheet.rows)
    return FileReadings.of(
        Reading(
            text=draft.text,
            title=book.title if is_telling(book.title) else title_of_name(path),
            date=book.made,
            date_source=DateSource.FILE_PROPERTIES if book.made else None,
            blocks=draft.blocks(),
            left_out=book.left_out,
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
