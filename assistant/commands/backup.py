"""`hemeroteca backup`."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.frame import Documents, Index, Json, opened, print_json, print_note


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, which must not be there.")],
    documents: Documents = None,
    index: Index = None,
    with_documents: Annotated[
        bool, typer.Option("--with-documents", help="Put the documents into it as well.")
    ] = False,
    json_: Json = False,
) -> None:
    """Write the index, conversations and key hashes into one file, also while the chat is running."""
    from assistant.backups.backup import write_backup

    with opened(documents, index) as assistant:
        report = write_backup(assistant.settings, file, with_documents=with_documents)
    if json_:
        print_json(report.to_dict())
        return
    kept = ["index"] * report.index + ["conversations"] * report.conversations
    if with_documents:
        kept.append(f"{report.documents} documents")
    print(f"{report.file}: {', '.join(kept) or 'keys'}, {report.bytes / 1e6:.1f} MB.")
    for name in report.left_out:
        print_note(f"  left out {name}: a link, or a name that is no text", "yellow")
    for name in report.elsewhere:
        print_note(f"  {name}: in PostgreSQL, not in this file; pg_dump keeps that database", "yellow")
