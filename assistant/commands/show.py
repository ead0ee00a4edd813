"""`hemeroteca show`."""

from typing import Annotated

import typer
from rich.console import Console

from assistant.commands.frame import Documents, Index, Json, opened, print_json
from index.blocks import block_to_json


def show(
    document: Annotated[str, typer.Argument(help="The document's id: its path in the documents folder.")],
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
) -> None:
    """Print a document as it is stored; offsets in citations count in this text."""
    with opened(documents, index) as assistant:
        found = assistant.document(document)
        blocks = assistant.blocks(document) if json_ else ()
    if json_:
        print_json({**found.to_dict(), "blocks": list(map(block_to_json, blocks))})
    else:
        from assistant.display import print_document

        print_document(Console(), found)
