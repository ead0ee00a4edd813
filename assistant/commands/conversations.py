"""`hemeroteca conversations`: list, show, rename, delete."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.commands.frame import Json, opened, print_json
from assistant.errors import UnknownConversation

Id = Annotated[str, typer.Argument(help="The conversation's id, or its first characters.")]

conversations = typer.Typer(
    name="conversations", help="List, show, rename and delete kept conversations.", no_args_is_help=True
)


@conversations.command("list")
def list_(
    search: Annotated[str, typer.Option(help="Only those that hold these words.")] = "", json_: Json = False
) -> None:
    """The conversations, last changed first."""
    with opened(None, None) as assistant:
        summaries = assistant.conversations.summaries(words=search)
    if json_:
        print_json([{**asdict(summary), "changed": summary.changed.isoformat()} for summary in summaries])
        return
    table = Table("id", "changed", "turns", "title", box=None)
    for summary in summaries:
        table.add_row(
            summary.id[:8], f"{summary.changed:%Y-%m-%d %H:%M}", str(summary.turns), Text(summary.title)
        )
    Console().print(table)


@conversations.command()
def show(id: Id) -> None:
    """Print a conversation as Markdown, with the sources of every answer."""
    from assistant.markdown import conversation_markdown

    with opened(None, None) as assistant:
        kept = assistant.conversations
        whole = _whole(id, [summary.id for summary in kept.summaries()])
        title = next(summary.title for summary in kept.summaries() if summary.id == whole)
        print(conversation_markdown(title, kept.turns(whole)), end="")


@conversations.command()
def rename(id: Id, title: Annotated[str, typer.Argument(help="The new title.")]) -> None:
    """Give a conversation another title."""
    with opened(None, None) as assistant:
        kept = assistant.conversations
        kept.rename(_whole(id, [summary.id for summary in kept.summaries()]), title)


@conversations.command()
def delete(id: Id) -> None:
    """Delete a conversation with its turns and feedback."""
    with opened(None, None) as assistant:
        kept = assistant.conversations
        kept.delete(_whole(id, [summary.id for summary in kept.summaries()]))


def _whole(beginning: str, ids: list[str]) -> str:
    """The one id that begins so. Raises UnknownConversation if there is none, or several."""
    matching = [id for id in ids if id.startswith(beginning)]
    if len(matching) != 1:
        found = "No conversation begins" if not matching else f"{len(matching)} conversations begin"
        raise UnknownConversation(f"{found} with “{beginning}”: “hemeroteca conversations list” shows them.")
    return matching[0]
