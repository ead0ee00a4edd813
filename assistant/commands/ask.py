"""`hemeroteca ask`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.commands.frame import (
    AsOf,
    Documents,
    EngineOption,
    Index,
    Json,
    PublishedFrom,
    PublishedTo,
    TraceOption,
    document_filter,
    ensure_indexed,
    opened,
    print_json,
    print_note,
    shown_loading,
    tell_destination,
)


def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    continue_: Annotated[
        bool, typer.Option("--continue", "-c", help="Go on with the last conversation.")
    ] = False,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    as_of: AsOf = None,
    ics: Annotated[
        Path | None, typer.Option(help="Write the answer's days to come to a calendar file.")
    ] = None,
    trace: TraceOption = None,
    json_: Json = False,
) -> None:
    """Ask a question and see the sources of the answer."""
    from assistant.answer import ending
    from assistant.incoming import checked
    from prompts import phrase

    question = checked(question)
    with opened(documents, index, trace, brief=True, engine=engine) as assistant:
        ensure_indexed(assistant, json_)
        tell_destination(assistant)
        with shown_loading(assistant, json_):
            assistant.open_engine()
        kept = assistant.conversations.summaries() if continue_ else []
        wanted = document_filter(published_from, published_to, as_of)
        conversation = assistant.conversation(kept[0].id if kept else None)
        last = ending(conversation.stream(question, wanted=wanted))
    answer = last.answer
    if last.unkept:
        print_note(phrase("unkept", answer.language), "yellow")
    if ics is not None:
        from assistant.days.calendar_file import calendar_of_answer, write_calendar

        write_calendar(ics, calendar_of_answer(answer.dates, answer.citations, wanted.as_of or date.today()))
    if json_:
        print_json(answer.to_dict())
    else:
        from assistant.display import print_answer

        print_answer(Console(), answer)
