"""The commands about who uses the archive: `conversations`, `user`, `key` and `adopt`."""

import sys
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.commands.frame import Json, opened, print_json, print_note
from assistant.errors import UnknownConversation
from assistant.people.conversations import Summary
from assistant.people.users import folded

Id = Annotated[str, typer.Argument(help="The conversation's id, or its first characters.")]
User = Annotated[str, typer.Option("--user", help="Whose; nobody's if the chat is used without users.")]

conversations = typer.Typer(
    name="conversations", help="List, show, rename and delete kept conversations.", no_args_is_help=True
)


@conversations.command("list")
def list_conversations(
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
    from assistant.people.conversations import conversation_markdown

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
        problem = "No conversation begins" if not matching else f"{len(matching)} conversations begin"
        raise UnknownConversation(
            f"{problem} with “{beginning}”: “hemeroteca conversations list” shows them."
        )
    return matching[0]


Name = Annotated[str, typer.Argument(help="The user's name.")]

_NOBODY = (
    "There are no users. If there never were any, or the archive was opened since, anyone at this machine may use the "
    "chat; else nobody may."
)

user = typer.Typer(
    name="user",
    help="Add, list and remove the people who may use the chat; with any, all of it asks for a login.",
    no_args_is_help=True,
)


@user.command()
def add(name: Name) -> None:
    """Let someone in. The password is asked for, or read from standard input if that is no terminal."""
    with opened(None, None) as assistant:
        added = assistant.people.users.add(name, _password())
    print_note(f"“{added.name}” may log in now; every page and program interface asks for it.", "green")


@user.command("list")
def list_users(json_: Json = False) -> None:
    """The users, oldest first."""
    with opened(None, None) as assistant:
        users = [{"name": user.name, "created": user.created} for user in assistant.people.users.all()]
    if json_:
        print_json({"users": users})
        return
    table = Table("name", "created", box=None)
    for entry in users:
        table.add_row(entry["name"], entry["created"])
    Console().print(table if users else _NOBODY)


@user.command()
def remove(
    name: Name,
    conversations: Annotated[bool, typer.Option(help="Delete the user's conversations too.")] = False,
) -> None:
    """Let someone in no longer; who is logged in is out at once."""
    from assistant.people.users import folded

    with opened(None, None) as assistant:
        assistant.people.users.remove(name)
        if conversations:
            gone = assistant.conversations.delete_all(folded(name))
            print_note(f"{gone} conversations deleted.", "green")
        elif assistant.conversations.summaries(folded(name)):
            print_note(
                "The conversations stay, and a new user of that name would see them: --conversations deletes them.",
                "yellow",
            )


@user.command("open")
def open_() -> None:
    """Let whoever is at this machine in without a login again, once there are no users left.

    They may then ask, read all documents, add and remove them. Refused where hosts or proxies are set.
    """
    with opened(None, None) as assistant:
        assistant.people.open_to_all()
    print_note(
        "Whoever reaches this machine's own address may now ask, read, add and remove documents without a login; "
        "“hemeroteca user add NAME” ends that.",
        "yellow",
    )


@user.command()
def password(name: Name) -> None:
    """Change a password; who is logged in with the old one is out at once."""
    with opened(None, None) as assistant:
        assistant.people.users.set_password(name, _password())


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


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
        entries = [{"name": key.name, "created": key.created} for key in keys.all()]
    if json_:
        print_json({"keys": entries})
    else:
        _print_keys(entries)


def _print_new(name: str, secret: str, as_json: bool) -> None:
    print_note("Keep it now: it is not shown again.", "yellow")
    if as_json:
        print_json({"name": name, "key": secret})
    else:
        print(secret)


def _print_keys(entries: list[dict[str, str]]) -> None:
    table = Table("name", "created", box=None)
    for entry in entries:
        table.add_row(entry["name"], entry["created"])
    Console().print(table if entries else "There are no keys.")


def adopt(json_: Json = False) -> None:
    """Take this machine's conversations, users and keys from their files into the database.

    Of the files in the working directory; they stay. What is in the database already is left as it is.
    """
    from assistant.people.adopting import adopt as adopt_people

    with opened(None, None) as assistant:
        adopted = adopt_people(assistant.settings, assistant.people)
    if json_:
        print_json(adopted.to_dict())
        return
    print(f"{adopted.conversations} conversations, {adopted.users} users and {adopted.keys} keys taken in.")
