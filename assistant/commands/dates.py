"""`hemeroteca dates`."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.commands.frame import Json, print_json
from assistant.errors import HemerotecaError


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
    found = list(_dates(text, None if reference is None else reference.date(), language))
    if json_:
        print_json(found)
    else:
        _print_table(found)


def _dates(text: str, reference: date | None, language: str) -> Iterator[dict[str, Any]]:
    from index.dates import find_dates

    return (expression.to_dict() for expression in find_dates(text, reference, language))


def _line_dates(line: str) -> list[dict[str, Any]]:
    try:
        asked = json.loads(line)
        day = asked.get("reference")
        reference = None if day is None else datetime.fromisoformat(day).date()
        return list(_dates(asked["text"], reference, asked.get("language", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HemerotecaError(
            f'A line is not of the form {{"text": …, "reference": "YYYY-MM-DD"}} ({error}): {line[:80]!r}.'
        ) from error


def _print_table(found: list[dict[str, Any]]) -> None:
    table = Table("words", "from", "to", "grain", "sure", box=None)
    for expression in found:
        values = (expression[key] for key in ("text", "from", "to", "grain"))
        table.add_row(
            *("…" if value is None else str(value) for value in values), "yes" if expression["sure"] else "no"
        )
    Console().print(table if found else "No dates.")
