"""`hemeroteca status`."""

from rich.console import Console

from assistant.commands.frame import Documents, Index, Json, opened, print_json


def status(documents: Documents = None, index: Index = None, json_: Json = False) -> None:
    """Show what is in the index, what writes the answers and where everything is kept."""
    with opened(documents, index) as assistant:
        state = assistant.status()
    if json_:
        print_json(state)
    else:
        from assistant.display import print_status

        print_status(Console(), state)
