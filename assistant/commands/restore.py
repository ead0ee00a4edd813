"""`hemeroteca restore`."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.frame import Documents, Index, Json, opened, print_json


def restore(
    file: Annotated[Path, typer.Argument(help="A file that “hemeroteca backup” wrote.")],
    documents: Documents = None,
    index: Index = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there already.")
    ] = False,
    json_: Json = False,
) -> None:
    """Restore a backup after all of it was checked; the chat may go on running."""
    from assistant.backups.restore import restore_backup

    with opened(documents, index) as assistant:
        report = restore_backup(assistant.settings, file, replace=replace)
    if json_:
        print_json(report.to_dict())
        return
    print(f"Restored {', '.join(report.parts)} as of {report.created:%Y-%m-%d %H:%M} UTC.")
    if report.documents_before is not None:
        print(f"The documents that were there are in {report.documents_before}.")
