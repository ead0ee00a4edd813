"""`hemeroteca index`."""

import threading
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.commands.frame import (
    Documents,
    Index,
    Json,
    opened,
    print_json,
    shown_progress,
    tell_embedding_destination,
)

if TYPE_CHECKING:
    from index.sync import SyncReport


def index(
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
    progress: Annotated[
        bool, typer.Option(help="With --json: a JSON line a step on standard error.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="One line a file.")] = False,
    full: Annotated[bool, typer.Option(help="Build anew beside the live index, then switch.")] = False,
    wait: Annotated[bool, typer.Option(help="Wait while another process is indexing.")] = False,
    watch: Annotated[bool, typer.Option(help="Go on, and index after every change, until Ctrl-C.")] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT", help="Read and embed on this Ray cluster, or on this machine's own (local)."
        ),
    ] = None,
    allow_mass_removal: Annotated[
        bool, typer.Option(help="Go on even if more than half of the index would be removed.")
    ] = False,
) -> None:
    """Bring the index in step with the documents: new, changed and removed ones."""
    with opened(documents, index) as assistant:
        tell_embedding_destination(assistant)
        with shown_progress(json_, progress, verbose) as report:
            if full or ray or not watch:
                run = assistant.rebuild if full else assistant.sync
                _print(run(report, allow_mass_removal=allow_mass_removal, wait=wait, ray=ray), json_)
            if watch:
                assistant.watch(threading.Event(), report, lambda result: _print(result, json_))


def _print(report: "SyncReport", as_json: bool) -> None:
    if as_json:
        print_json(report.to_dict())
    else:
        from assistant.display import print_report

        print_report(Console(), report)
