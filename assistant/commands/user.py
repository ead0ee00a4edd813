"""`hemeroteca user`: add, list, remove, password."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.commands.frame import Json, opened, print_json, print_note

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
def list_(json_: Json = False) -> None:
    """The users, oldest first."""
    with opened(None, None) as assistant:
        kept = [{"name": user.name, "created": user.created} for user in assistant.people.users.all()]
    if json_:
        print_json({"users": kept})
        return
    table = Table("name", "created", box=None)
    for entry in kept:
        table.add_row(entry["name"], entry["created"])
    Console().print(table if kept else _NOBODY)


@user.command()
def remove(
    name: Name,
    conversations: Annotated[bool, typer.Option(help="Delete the user's conversations too.")] = False,
) -> None:
    """Let someone in no longer; who is logged in is out at once."""
    from assistant.user_names import folded

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
