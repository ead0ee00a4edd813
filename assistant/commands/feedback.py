"""`hemeroteca feedback`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.commands.frame import Documents, Index, Json, opened, print_json


def feedback(
    export: Annotated[
        Path, typer.Option(help="The folder to write documents.jsonl and questions.jsonl into.")
    ],
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
) -> None:
    """Export what readers thought of answers as questions that `evaluate` asks again."""
    from assistant.feedback import export_feedback

    with opened(documents, index) as assistant:
        questions, left_out = export_feedback(
            export, assistant.conversations.feedback(), assistant.documents()
        )
    if json_:
        print_json({"questions": questions, "left_out": left_out, "folder": str(export)})
    else:
        Console().print(
            f"{questions} questions written to {export}; {left_out} rejected answers left out.", markup=False
        )
