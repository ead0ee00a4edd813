"""`hemeroteca index`."""

from typing import Annotated

import typer
from rich.console import Console

from assistant.commands.frame import Documents, Index, Json, opened, print_json, shown_progress


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
    allow_mass_removal: Annotated[
        bool, typer.Option(help="Go on even if more than half of the index would be removed.")
    ] = False,
) -> None:
    """Bring the index in step with the documents: new, changed and removed ones."""
    with opened(documents, index) as assistant, shown_progress(json_, progress, verbose) as report:
        if full:
            result = assistant.rebuild(report)
        else:
            result = assistant.sync(report, allow_mass_removal=allow_mass_removal, wait=wait)
    if json_:
        print_json(result.to_dict())
    else:
        from assistant.display import print_report

        print_report(Console(), result)
