"""JSON documents with the fields id, date, title, url and text: a file of them, or one a line."""

import json
from collections.abc import Iterable
from typing import Any

from index.document import DateSource, Reading, Skipped
from index.encoding import clean, decode
from index.errors import UnreadableDocument
from index.readers.reading import FileReadings, parse_date

# A record and its place, such as `news.jsonl#17`, which names it when it has no id.
_Placed = tuple[str, Any]


def read(data: bytes, path: str) -> FileReadings:
    """The documents of a JSON file: one object, a list of them, or an object that holds such a list.

    Raises UnreadableDocument when the file is not JSON or holds no document.
    """
    content = _parse(decode(data))
    if isinstance(content, dict) and "text" in content:
        return FileReadings.of(_reading(content))
    return _collect(path, ((f"{path}#{i}", record) for i, record in enumerate(_records(content), 1)), ())


def read_lines(data: bytes, path: str) -> FileReadings:
    """The documents of a JSONL file. Bad lines are reported, each by its number, and cost no other line.

    Raises UnreadableDocument when no line is a document.
    """
    records: list[_Placed] = []
    skipped: list[Skipped] = []
    # splitlines() would also split at U+2028, which JSON strings may hold.
    for number, line in enumerate(decode(data).split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append((f"{path}#{number}", _parse(line)))
        except UnreadableDocument as error:
            skipped.append(Skipped(f"{path}#{number}", str(error)))
    return _collect(path, records, skipped)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableDocument("the JSON is nested too deep") from error
    except ValueError as error:
        raise UnreadableDocument(f"not valid JSON: {error}") from error


def _records(content: Any) -> list[Any]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        return next((value for value in content.values() if isinstance(value, list)), [])
    return []


def _collect(path: str, records: Iterable[_Placed], skipped: Iterable[Skipped]) -> FileReadings:
    readings: dict[str, Reading] = {}
    refused = list(skipped)
    for place, record in records:
        try:
            reading = _reading(record, place)
        except UnreadableDocument as error:
            refused.append(Skipped(place, str(error)))
            continue
        if reading.entry in readings:
            refused.append(Skipped(place, f"the id {reading.entry!r} stands twice in this file"))
            continue
        readings[reading.entry] = reading
    if not readings:
        reason = refused[0].reason if refused else "it holds no records"
        raise UnreadableDocument(f"no document in this file: {reason}")
    return FileReadings.of(*readings.values(), skipped=refused)


def _reading(record: Any, place: str = "") -> Reading:
    """The document of one record; `place` names it when it has no id."""
    if not isinstance(record, dict):
        raise UnreadableDocument("not an object with a text field")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableDocument("the text field is missing or empty")
    published = parse_date(_field(record, "date"))
    return Reading(
        text=clean(text),
        title=_field(record, "title"),
        date=published,
        date_source=DateSource.JSON if published else None,
        url=_field(record, "url") or None,
        language=_field(record, "language")[:2].lower(),
        entry=(_field(record, "id") or place) if place else "",
    )


def _field(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return clean(str(value)).strip() if isinstance(value, str | int | float) else ""
