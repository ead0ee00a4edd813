"""`hemeroteca key`."""

from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from assistant.commands.frame import Json, opened, print_json, print_note


def key(
    action: Annotated[Literal["add", "list", "remove"], typer.Argument(help="add, list or remove.")],
    name: Annotated[str, typer.Argument(help="Whose key it is; not for list.")] = "",
    json_: Json = False,
) -> None:
    """Make, list or remove the API keys that other programs ask with; while there are none, any will do."""
    with opened(None, None) as assistant:
        keys = assistant.people.keys
        if action == "add":
            _print_new(name, keys.add(name), json_)
            return
        if action == "remove":
            keys.remove(name)
        kept = [{"name": key.name, "created": key.created} for key in keys.all()]
    if json_:
        print_json({"keys": kept})
    else:
        _print_keys(kept)


def _print_new(name: str, secret: str, as_json: bool) -> None:
    print_note("Keep it now: it is not shown again.", "yellow")
    if as_json:
        print_json({"name": name, "key": secret})
    else:
        print(secret)


def _print_keys(kept: list[dict[str, str]]) -> None:
    table = Table("name", "created", box=None)
    for entry in kept:
        table.add_row(entry["name"], entry["created"])
    Console().print(table if kept else "There are no keys.")
