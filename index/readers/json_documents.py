"""JSON: documents with the fields id, date, title, url and text, chats, and records of any other kind."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.document import DateSource, FileReadings, Reading
from index.errors import UnreadableDocument
from index.readers.chats import read_json_chats
from index.readers.dating import parse_date, title_of_name
from index.readers.draft import Draft
from index.reasons import Skipped, SkipReason
from index.text.characters import clean, decode

# A record and its place, such as `news.jsonl#17`, which names it when it has no id.
_Placed = tuple[str, Any]
# A record with more fields than these is no row but a list of rows.
_MOST_FIELDS = 15
_MOST_CHARACTERS = 600
_DEEPEST_HEADING = 6


def read(data: bytes, path: str) -> FileReadings:
    """The documents of a JSON file: one object, a list of them, an object that holds such a list, a chat, records.

    Raises UnreadableDocument when the file is not JSON or holds nothing to read.
    """
    content = _parse(decode(data))
    if isinstance(content, dict) and _is_document(content):
        return FileReadings.of(_reading(content))
    if chats := read_json_chats(content, path):
        return FileReadings.of(*chats)
    records = _records(content)
    if any(map(_is_document, records)):
        return _collect(path, ((f"{path}#{i}", record) for i, record in enumerate(records, 1)), ())
    return _of_records(content, path)


def read_lines(data: bytes, path: str) -> FileReadings:
    """The documents of a JSONL file, or its records. Bad lines are reported, each by its number, and cost no other.

    Raises UnreadableDocument when no line is a document or a record.
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
            skipped.append(Skipped(f"{path}#{number}", error.reason))
    if not any(_is_document(record) for _, record in records) and any(
        isinstance(each, dict) for _, each in records
    ):
        return _of_records([record for _, record in records], path, skipped)
    return _collect(path, records, skipped)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableDocument(SkipReason("json_too_deep")) from error
    except ValueError as error:
        raise UnreadableDocument(SkipReason("not_json", detail=str(error))) from error


def _records(content: Any) -> list[Any]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        return next((value for value in content.values() if isinstance(value, list)), [])
    return []


def _is_document(record: Any) -> bool:
    return isinstance(record, dict) and isinstance(record.get("text"), str) and bool(record["text"].strip())


def _collect(path: str, records: Iterable[_Placed], skipped: Iterable[Skipped]) -> FileReadings:
    readings: dict[str, Reading] = {}
    refused = list(skipped)
    for place, record in records:
        try:
            reading = _reading(record, place)
        except UnreadableDocument as error:
            refused.append(Skipped(place, error.reason))
            continue
        if reading.entry in readings:
            refused.append(Skipped(place, SkipReason("duplicate_id", reading.entry)))
            continue
        readings[reading.entry] = reading
    if not readings:
        raise UnreadableDocument(
            SkipReason("no_document", within=tuple(refused[:1])) if refused else SkipReason("no_records")
        )
    return FileReadings.of(*readings.values(), skipped=refused)


def _reading(record: Any, place: str = "") -> Reading:
    """The document of one record; `place` names it when it has no id."""
    if not isinstance(record, dict):
        raise UnreadableDocument(SkipReason("not_record"))
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableDocument(SkipReason("lacks_text"))
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


def _of_records(content: Any, path: str, skipped: Iterable[Skipped] = ()) -> FileReadings:
    """Records without a text of their own, as the rows of one document."""
    draft = Draft()
    try:
        _add(draft, content, 1)
    except RecursionError as error:
        raise UnreadableDocument(SkipReason("json_too_deep")) from error
    if not draft.text:
        raise UnreadableDocument(SkipReason("no_records"))
    reading = Reading(text=draft.text, title=title_of_name(path), blocks=draft.blocks())
    return FileReadings.of(reading, skipped=skipped)


def _add(draft: Draft, value: Any, level: int) -> None:
    """A value: an object as a row, or as rows where it is large; what it holds many of below it."""
    if isinstance(value, dict):
        _add_object(draft, value, level)
    elif isinstance(value, list) and not all(map(_is_plain, value)):
        for member in value:
            _add(draft, member, level)
    elif _written(value):
        draft.paragraph(_written(value))


def _add_object(draft: Draft, record: Mapping[str, Any], level: int) -> None:
    fields = list(_fields(record))
    is_row = (
        len(fields) <= _MOST_FIELDS
        and sum(len(name) + len(words) for name, words in fields) <= _MOST_CHARACTERS
    )
    if is_row:
        draft.row([words for _, words in fields], [name for name, _ in fields])
    for name, value in sorted(record.items(), key=lambda field: not _is_plain(field[1])):
        if isinstance(value, list) and not all(map(_is_plain, value)):
            draft.heading(name, min(level, _DEEPEST_HEADING))
            _add(draft, value, level + 1)
        elif not is_row and isinstance(value, dict):
            draft.heading(name, min(level, _DEEPEST_HEADING))
            _add_object(draft, value, level + 1)
        elif not is_row and _written(value):
            draft.row([_written(value)], [name])


def _fields(record: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The plain values of an object and of the objects in it, each by its name and those above it."""
    for name, value in record.items():
        called = f"{above} {name}".strip()
        if isinstance(value, dict):
            yield from _fields(value, called)
        elif _written(value):
            yield called, _written(value)


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _written(value: Any) -> str:
    """A plain value, or a list of them, as it is read; nothing for what is neither, or empty."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_written, value))) if all(map(_is_plain, value)) else ""
    if isinstance(value, bool):
        return str(value).lower()
    return clean(str(value)).strip() if isinstance(value, str | int | float) else ""
