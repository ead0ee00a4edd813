from datetime import date

import pytest
from icalendar import Calendar

from assistant import Assistant
from assistant.days.calendar_file import calendar_of_answer, calendar_of_timeline
from assistant.days.timeline import timeline_topic

TOPIC = "la cooperación en seguridad"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Cronología de la cooperación", "cooperación"),
        ("Dame una línea de tiempo sobre Pemex", "Pemex"),
        ("timeline of the security meetings", "security meetings"),
        ("¿Cuándo será la reunión?", None),
        ("¿Quién hizo la cronología?", None),
    ],
)
def test_a_timeline_is_made_for_those_who_ask_for_one(question: str, topic: str | None) -> None:
    assert timeline_topic(question) == topic


def test_events_stand_in_order_and_each_is_proved(seed_assistant: Assistant) -> None:
    events = seed_assistant.timeline(TOPIC).events
    assert [event.interval.start for event in events] == [date(2026, 1, 23), date(2026, 2, 1)]
    for event in events:
        assert event.citation.verified
        assert event.words in event.citation.quote


def test_the_same_report_in_two_documents_is_one_event(assistant: Assistant) -> None:
    (seed,) = assistant.settings.documents.iterdir()
    (assistant.settings.documents / "copia.txt").write_text(seed.read_text("utf-8"), "utf-8")
    events = assistant.timeline(TOPIC).events
    assert len(events) == 2
    assert all(len(event.others) == 1 for event in events)


def test_asking_for_a_timeline_answers_with_a_line_an_event(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask(f"Cronología de {TOPIC}")
    lines = answer.text.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["23 de enero de 2026", "febrero de 2026"]
    assert all(citation.verified for citation in answer.citations)


def test_a_calendar_file_holds_the_events_to_come(seed_assistant: Assistant) -> None:
    events = seed_assistant.timeline(TOPIC).events
    calendar = Calendar.from_ical(calendar_of_timeline(events, date(2026, 2, 10)))
    (event,) = calendar.walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 2, 1), date(2026, 3, 1))


def test_the_days_of_an_answer_become_a_calendar_file(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("¿Cuándo será la reunión del Grupo de Implementación de Seguridad?")
    calendar = Calendar.from_ical(calendar_of_answer(answer.dates, answer.citations, date(2026, 1, 16)))
    assert date(2026, 1, 23) in [event["dtstart"].dt for event in calendar.walk("VEVENT")]
