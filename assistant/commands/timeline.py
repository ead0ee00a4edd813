"""`hemeroteca timeline`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.commands.frame import (
    AsOf,
    Documents,
    Index,
    Json,
    PublishedFrom,
    PublishedTo,
    document_filter,
    ensure_indexed,
    opened,
    print_json,
)


def timeline(
    topic: Annotated[str, typer.Argument(help="What the events are about.")],
    documents: Documents = None,
    index: Index = None,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    as_of: AsOf = None,
    ics: Annotated[Path | None, typer.Option(help="Write the events to come to a calendar file.")] = None,
    json_: Json = False,
) -> None:
    """Show the dated events of a topic in order, each with its source."""
    wanted = document_filter(published_from, published_to, as_of)
    with opened(documents, index, brief=True) as assistant:
        ensure_indexed(assistant, json_)
        found = assistant.timeline(topic, wanted=wanted)
    if ics is not None:
        from assistant.days.calendar_file import calendar_of_timeline, write_calendar

        write_calendar(ics, calendar_of_timeline(found.events, wanted.as_of or date.today()))
    if json_:
        print_json(found.to_dict())
    else:
        from assistant.display import print_timeline

        print_timeline(Console(), found)
