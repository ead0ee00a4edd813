"""Readings as JSON and back, for the pipe between the reading process and its parent."""

from dataclasses import asdict
from datetime import date
from typing import Any

from index.documents import DateSource, Page, Reading, Skipped, Span
from index.outside import Outside
from index.readers import FileReadings


def readings_to_json(found: FileReadings) -> dict[str, Any]:
    """What `json.dumps` takes; the inverse of `readings_from_json`."""
    return {
        "readings": [_reading_to_json(reading) for reading in found.readings],
        "skipped": [asdict(skipped) for skipped in found.skipped],
        "depends": sorted(found.depends),
    }


def readings_from_json(content: dict[str, Any]) -> FileReadings:
    """The inverse of `readings_to_json`."""
    return FileReadings.of(
        *map(_reading_from_json, content["readings"]),
        skipped=(Skipped(**skipped) for skipped in content["skipped"]),
        depends=map(Outside, content["depends"]),
    )


def _reading_to_json(reading: Reading) -> dict[str, Any]:
    day = reading.date.isoformat() if reading.date else None
    return {**asdict(reading), "date": day, "pages": [_page_to_json(page) for page in reading.pages]}


def _page_to_json(page: Page) -> list[int]:
    return [page.number, page.span.start, page.span.end]


def _reading_from_json(content: dict[str, Any]) -> Reading:
    day, source = content.pop("date"), content.pop("date_source")
    pages = tuple(Page(number, Span(start, end)) for number, start, end in content.pop("pages"))
    return Reading(
        **content,
        date=date.fromisoformat(day) if day else None,
        date_source=DateSource(source) if source else None,
        pages=pages,
    )
