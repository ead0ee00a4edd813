"""Events as an iCalendar file, which calendar programs import."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from assistant.answer import Citation, ResolvedDate
from assistant.days.timeline import TimelineEvent
from assistant.errors import HemerotecaError

_LONGEST_SUMMARY = 120


def calendar_of_timeline(events: Sequence[TimelineEvent], since: date) -> bytes:
    """The events that end on `since` or later; one whose start or end is open is left out."""
    calendar = _calendar()
    for event in events:
        first, last = event.interval.start, event.interval.end
        if first is not None and last is not None and last >= since:
            calendar.add_component(_event(first, last, event.citation))
    return bytes(calendar.to_ical())


def is_to_come(resolved: ResolvedDate, since: date) -> bool:
    """Whether words name a day that begins on `since` or later: a year under way is nothing to write down."""
    return resolved.first is not None and resolved.last is not None and resolved.first >= since


def calendar_of_answer(dates: Sequence[ResolvedDate], citations: Sequence[Citation], since: date) -> bytes:
    """The dated words of an answer's quotes that tell of days from `since` on."""
    calendar = _calendar()
    by_marker = {citation.marker: citation for citation in citations}
    for resolved in dates:
        if is_to_come(resolved, since) and resolved.first and resolved.last:
            calendar.add_component(_event(resolved.first, resolved.last, by_marker[resolved.citation]))
    return bytes(calendar.to_ical())


def write_calendar(path: Path, content: bytes) -> None:
    """Write the file that `--ics` names. Raises HemerotecaError if it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise HemerotecaError(
            f"The calendar {path} cannot be written ({error.strerror}): name another file with --ics."
        ) from error


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Hemeroteca//Hemeroteca//ES")
    calendar.add("version", "2.0")
    return calendar


def _event(first: date, last: date, citation: Citation) -> Event:
    event = Event()
    # The same event exported again replaces the one before.
    event.add("uid", f"{citation.document.id}-{citation.start}-{first.isoformat()}@hemeroteca")
    event.add("dtstamp", datetime.combine(citation.document.published or first, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", citation.quote[:_LONGEST_SUMMARY])
    event.add("description", f"«{citation.quote}»\n{citation.document.title}\n{citation.document.path}")
    return event
