"""`hemeroteca conversations`: list, show, rename, delete."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.commands.frame import Json, opened, print_json
from assistant.conversations import Summary
from assistant.errors import UnknownConversation
from assistant.user_names import folded

Id = Annotated[str, typer.Argument(help="The conversation's id, or its first characters.")]
User = Annotated[str, typer.Option("--user", help="Whose; nobody's if the chat is used without users.")]

conversations = typer.Typer(
    name="conversations", help="List, show, rename and delete kept conversations.", no_args_is_help=True
)


@conversations.command("list")
def list_(
    search: Annotated[str, typer.Option(help="Only those that hold these words.")] = "",
    user: User = "",
    json_: Json = False,
) -> None:
    """The conversations, last changed first."""
    with opened(None, None) as assistant:
        summaries = assistant.conversations.summaries(folded(user), search)
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
def show(id: Id, user: User = "") -> None:
    """Print a conversation as Markdown, with the sources of every answer."""
    from assistant.markdown import conversation_markdown

    with opened(None, None) as assistant:
        kept, owner = assistant.conversations, folded(user)
        whole = _whole(id, kept.summaries(owner))
        print(conversation_markdown(kept.title(whole, owner), kept.turns(whole, owner)), end="")


@conversations.command()
def rename(id: Id, title: Annotated[str, typer.Argument(help="The new title.")], user: User = "") -> None:
    """Give a conversation another title."""
    with opened(None, None) as assistant:
        kept, owner = assistant.conversations, folded(user)
        kept.rename(_whole(id, kept.summaries(owner)), title, owner)


@conversations.command()
def delete(id: Id, user: User = "") -> None:
    """Delete a conversation with its turns and feedback."""
    with opened(None, None) as assistant:
        kept, owner = assistant.conversations, folded(user)
        kept.delete(_whole(id, kept.summaries(owner)), owner)


def _whole(beginning: str, summaries: list[Summary]) -> str:
    """The one id that begins so. Raises UnknownConversation if there is none, or several."""
    matching = [summary.id for summary in summaries if summary.id.startswith(beginning)]
    if len(matching) != 1:
        found = "No conversation begins" if not matching else f"{len(matching)} conversations begin"
        raise UnknownConversation(f"{found} with “{beginning}”: “hemeroteca conversations list” shows them.")
    return matching[0]
