"""What the commands share: their common options, an opened assistant, and the two streams they print to."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.display import Report
    from index.filters import DocumentFilter

Documents = Annotated[Path | None, typer.Option(help="The folder of documents. [default: documents]")]
Index = Annotated[Path | None, typer.Option(help="Where the index is kept. [default: .hemeroteca]")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
EngineOption = Annotated[
    str | None, typer.Option(help="What writes the answer: auto, extractive, openai or local.")
]

LogFormatOption = Annotated[str | None, typer.Option(help="The form of the log: text or json.")]

_DAY = ["%Y-%m-%d"]
PublishedFrom = Annotated[
    datetime | None,
    typer.Option("--from", formats=_DAY, help="Only documents published from this day on."),
]
PublishedTo = Annotated[
    datetime | None,
    typer.Option("--to", formats=_DAY, help="Only documents published up to this day."),
]
AsOf = Annotated[
    datetime | None, typer.Option(formats=_DAY, help="Ask as on this day: nothing published later counts.")
]
TraceOption = Annotated[
    Path | None, typer.Option("--trace", help="Append how the answer came about to this file, as JSON.")
]

_errors = Console(stderr=True)
_log = logging.getLogger(__name__)


@contextmanager
def opened(
    documents: Path | None,
    index: Path | None,
    trace: Path | None = None,
    *,
    brief: bool = False,
    **given: Any,
) -> Iterator["Assistant"]:
    """The assistant that flags, environment and settings file ask for. Raises SettingsError.

    Its answers' traces are appended to the file `trace`. `brief` tells that it is asked once.
    """
    from assistant.assistant import Assistant
    from assistant.logs import configure_logs
    from assistant.settings import load_settings
    from assistant.tracing import traced

    settings = load_settings(documents=documents, index=index, **given)
    configure_logs(settings.log_format, settings.log_level)
    with (
        Assistant(settings, brief=brief) as assistant,
        traced(assistant, trace),
    ):
        yield assistant


def document_filter(
    published_from: datetime | None, published_to: datetime | None, as_of: datetime | None
) -> "DocumentFilter":
    """The filter that the date options ask for. Raises SettingsError for an empty span of days."""
    from assistant.errors import SettingsError
    from index.filters import DocumentFilter

    if published_from is not None and published_to is not None and published_from > published_to:
        raise SettingsError("--from is later than --to: no document can be published between them.")
    return DocumentFilter(
        published_from=None if published_from is None else published_from.date(),
        published_to=None if published_to is None else published_to.date(),
        as_of=None if as_of is None else as_of.date(),
    )


def shown_progress(
    as_json: bool, lines: bool = False, verbose: bool = False
) -> AbstractContextManager["Report"]:
    """A progress bar for people; for programs JSON lines if asked for, else nothing. On standard error."""
    from assistant.display import no_progress, progress_bar, progress_lines

    if lines:
        return progress_lines()
    return no_progress() if as_json else progress_bar(_errors, verbose=verbose)


@contextmanager
def shown_loading(assistant: "Assistant", as_json: bool) -> Iterator[None]:
    """Says, while it lasts, that the local model is loaded; nothing of other engines or to programs."""
    choice = assistant.engine_choice
    if choice.name != "local" or as_json:
        yield
        return
    with _errors.status(f"Loading {choice.model}; the first time it is put together from its packages."):
        yield


def ensure_indexed(assistant: "Assistant", as_json: bool) -> None:
    """Index a folder that was never indexed; say before where it is embedded."""
    tell_embedding_destination(assistant)
    if not assistant.is_indexed():
        with shown_progress(as_json) as report:
            assistant.ensure_indexed(report)


def offer_folder(folder: Path) -> None:
    """Make a documents folder that there is not, if whoever is at the terminal wants that. Raises DocumentsMissing."""
    from index.sync.build import require_folder

    question = f"There is no documents folder {folder}. Make it?"
    if not folder.is_dir() and sys.stdin.isatty() and typer.confirm(question, default=True, err=True):
        folder.mkdir(parents=True)
    require_folder(folder)


def tell_embedding_destination(assistant: "Assistant") -> None:
    """Say where documents and questions are embedded, if they leave this machine for it."""
    from assistant.llms.choice import embedding_destination

    destination = embedding_destination(assistant.settings)
    if destination is not None:
        _warn(
            assistant,
            f"Your documents and questions are sent to {destination.host} ({destination.model}) to be embedded. "
            "HEMEROTECA_EMBEDDING=e5 embeds them on this machine.",
        )


def tell_destination(assistant: "Assistant") -> None:
    """Say where passages of the documents go for an answer, if they leave this machine."""
    choice = assistant.engine_choice
    if choice.destination is not None:
        _warn(
            assistant,
            f"Passages of your documents are sent to {choice.destination} ({choice.model}) for the answer. "
            "HEMEROTECA_ENGINE=extractive writes it on this machine.",
        )


def _warn(assistant: "Assistant", note: str) -> None:
    if assistant.settings.log_format == "json":
        _log.warning("%s", note)
    else:
        print_note(note, "yellow")


def print_note(message: str, style: str) -> None:
    """A line for people on standard error; it may hold anything, so nothing in it is markup."""
    _errors.print(message, style=style, markup=False, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """The one JSON value of a command."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
