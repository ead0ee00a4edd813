"""The command line: its commands, and how it ends.

Standard output carries the result and nothing else; progress and warnings go to standard error. With `--json`
it is one JSON object, an error being `{"error": …}`.
"""

import logging
import sys

import typer

from assistant.commands.accounts import adopt, conversations, key, user
from assistant.commands.archive import backup, chat, doctor, evaluate, feedback, index, mcp, restore, status
from assistant.commands.asking import ask, dates, search, show, timeline
from assistant.commands.frame import print_json, print_note
from index.errors import HemerotecaError

COMMANDS = (
    *(index, ask, search, chat, mcp, key, status, doctor, show, timeline, dates, evaluate, feedback),
    *(backup, restore, adopt),
)
GROUPS = (conversations, user)

app = typer.Typer(
    name="hemeroteca",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Ask an archive of documents; every sentence of the answer is proved by an exact quote.",
)
for command in COMMANDS:
    app.command()(command)
for group in GROUPS:
    app.add_typer(group)


def main() -> None:
    """Run the command line; a user's mistake ends in one sentence and a non-zero status."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    as_json = "--json" in sys.argv
    try:
        status = app(standalone_mode=False)
    except HemerotecaError as error:
        _fail(str(error), as_json, 1)
    except typer.TyperException as error:
        _fail(f"{error} (see “hemeroteca --help”)", as_json, 2)
    except (KeyboardInterrupt, typer.Abort):
        _fail("Interrupted. What was indexed stays; the next run goes on from there.", as_json, 130)
    except BrokenPipeError:
        sys.exit(0)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str, as_json: bool, status: int) -> None:
    if as_json:
        print_json({"error": message})
    else:
        print_note(f"Error: {message}", "red")
    sys.exit(status)
