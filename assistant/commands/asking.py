"""The commands that ask: `ask`, `search`, `timeline`, `show` and `dates`."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

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
from assistant.errors import HemerotecaError
from index.store.blocks import block_to_json

if TYPE_CHECKING:
    from assistant.finding.search import Hit


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
        summaries = assistant.conversations.summaries() if continue_ else []
        filters = document_filter(published_from, published_to, as_of)
        conversation = assistant.conversation(summaries[0].id if summaries else None)
        last = ending(conversation.stream(question, wanted=filters))
    answer = last.answer
    if last.unkept:
        print_note(phrase("unkept", answer.language), "yellow")
    if ics is not None:
        from assistant.days.calendar_file import calendar_of_answer, write_calendar

        write_calendar(ics, calendar_of_answer(answer.dates, answer.citations, filters.as_of or date.today()))
    if json_:
        print_json(answer.to_dict())
    else:
        from assistant.display import print_answer

        print_answer(Console(), answer)


def search(
    words: Annotated[list[str], typer.Argument(help="What to search for.")],
    documents: Documents = None,
    index: Index = None,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="The most passages to show.")] = 10,
    trace: Annotated[
        bool, typer.Option("--trace", help="Tell the scores of each passage, and which words met.")
    ] = False,
    json_: Json = False,
) -> None:
    """Find the passages nearest to some words, without an answer."""
    from assistant.incoming import checked

    filters = document_filter(published_from, published_to, as_of)
    text = checked(" ".join(words))
    with opened(documents, index, brief=True) as assistant:
        ensure_indexed(assistant, json_)
        hits = assistant.search(text, wanted=filters, limit=limit)
    if json_:
        print_json({"words": text, "hits": [_entry(hit, trace) for hit in hits]})
    else:
        from assistant.display import print_hits

        print_hits(Console(), hits, trace=trace)


def _entry(hit: "Hit", trace: bool) -> dict[str, Any]:
    return {**hit.to_dict(), "why": hit.why.to_dict()} if trace else hit.to_dict()


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
    filters = document_filter(published_from, published_to, as_of)
    with opened(documents, index, brief=True) as assistant:
        ensure_indexed(assistant, json_)
        history = assistant.timeline(topic, wanted=filters)
    if ics is not None:
        from assistant.days.calendar_file import calendar_of_timeline, write_calendar

        write_calendar(ics, calendar_of_timeline(history.events, filters.as_of or date.today()))
    if json_:
        print_json(history.to_dict())
    else:
        from assistant.display import print_timeline

        print_timeline(Console(), history)


def show(
    document: Annotated[str, typer.Argument(help="The document's id: its path in the documents folder.")],
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
) -> None:
    """Print a document as it is stored; offsets in citations count in this text."""
    with opened(documents, index) as assistant:
        content = assistant.document(document)
        blocks = assistant.blocks(document) if json_ else ()
    if json_:
        print_json({**content.to_dict(), "blocks": list(map(block_to_json, blocks))})
    else:
        from assistant.display import print_document

        print_document(Console(), content)


def dates(
    text: Annotated[str | None, typer.Argument(help="The text to read.")] = None,
    reference: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day the text was published; without it, only full dates."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="es, en, pt or fr; told from the text if not given.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"text", "reference"} and write a line each.')
    ] = False,
    json_: Json = False,
) -> None:
    """Find the dates that a text speaks of, resolved to the calendar."""
    if jsonl:
        for line in sys.stdin:
            print(json.dumps(_line_dates(line), ensure_ascii=False), flush=True)
        return
    if text is None:
        raise HemerotecaError("Give a text, or --jsonl and lines on standard input.")
    expressions = list(_dates(text, None if reference is None else reference.date(), language))
    if json_:
        print_json(expressions)
    else:
        _print_table(expressions)


def _dates(text: str, reference: date | None, language: str) -> Iterator[dict[str, Any]]:
    from index.dates import find_dates

    return (expression.to_dict() for expression in find_dates(text, reference, language))


def _line_dates(line: str) -> list[dict[str, Any]]:
    try:
        request = json.loads(line)
        day = request.get("reference")
        reference = None if day is None else datetime.fromisoformat(day).date()
        return list(_dates(request["text"], reference, request.get("language", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HemerotecaError(
            f'A line is not of the form {{"text": …, "reference": "YYYY-MM-DD"}} ({error}): {line[:80]!r}.'
        ) from error


def _print_table(expressions: list[dict[str, Any]]) -> None:
    table = Table("words", "from", "to", "grain", "sure", box=None)
    for expression in expressions:
        values = (expression[key] for key in ("text", "from", "to", "grain"))
        table.add_row(
            *("…" if value is None else str(value) for value in values), "yes" if expression["sure"] else "no"
        )
    Console().print(table if expressions else "No dates.")
