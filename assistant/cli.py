"""The command line: index, ask, chat, status, show.

Standard output carries the result and nothing else; progress and warnings go to standard error. With `--json`
it is one JSON object, an error being `{"error": …}`.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console

from index.errors import HemerotecaError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.progress import Report

app = typer.Typer(
    name="hemeroteca",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Ask an archive of documents; every sentence of the answer is proved by an exact quote.",
)
_errors = Console(stderr=True)

Documents = Annotated[Path | None, typer.Option(help="The folder of documents. [default: documents]")]
Index = Annotated[Path | None, typer.Option(help="Where the index is kept. [default: .hemeroteca]")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
EngineOption = Annotated[
    str | None, typer.Option(help="What writes the answer: auto, extractive, openai or local.")
]


@app.command()
def index(
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
    progress: Annotated[
        bool, typer.Option(help="With --json: a JSON line a step on standard error.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="One line a file.")] = False,
    full: Annotated[bool, typer.Option(help="Build anew beside the live index, then switch.")] = False,
    wait: Annotated[bool, typer.Option(help="Wait while another process is indexing.")] = False,
    allow_mass_removal: Annotated[
        bool, typer.Option(help="Go on even if more than half of the index would be removed.")
    ] = False,
) -> None:
    """Bring the index in step with the documents: new, changed and removed ones."""
    with _assistant(documents, index) as assistant, _progress(json_, progress, verbose) as report:
        if full:
            result = assistant.rebuild(report)
        else:
            result = assistant.sync(report, allow_mass_removal=allow_mass_removal, wait=wait)
    if json_:
        _print_json(result.to_dict())
    else:
        from assistant.display import print_report

        print_report(Console(), result)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    continue_: Annotated[
        bool, typer.Option("--continue", "-c", help="Go on with the last conversation.")
    ] = False,
    json_: Json = False,
) -> None:
    """Ask a question and see the sources of the answer."""
    with _assistant(documents, index, engine=engine) as assistant:
        with _progress(json_, False, False) as report:
            assistant.ensure_indexed(report)
        _tell_destination(assistant)
        kept = assistant.conversations.summaries() if continue_ else []
        answer = assistant.conversation(kept[0].id if kept else None).ask(question)
    if json_:
        _print_json(answer.to_dict())
    else:
        from assistant.display import print_answer

        print_answer(Console(), answer)


@app.command()
def chat(
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 7860,
) -> None:
    """Serve the chat; indexes first what is new in the documents."""
    with _assistant(documents, index, engine=engine) as assistant:
        with _progress(False, False, False) as report:
            assistant.sync(report, wait=True)
        _tell_destination(assistant)
        from ui.app import serve

        serve(assistant, host, port)


@app.command()
def status(documents: Documents = None, index: Index = None, json_: Json = False) -> None:
    """Show what is in the index, what writes the answers and where everything is kept."""
    with _assistant(documents, index) as assistant:
        state = assistant.status()
    if json_:
        _print_json(state)
    else:
        from assistant.display import print_status

        print_status(Console(), state)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="The document's id: its path in the documents folder.")],
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
) -> None:
    """Print a document as it is stored; offsets in citations count in this text."""
    with _assistant(documents, index) as assistant:
        found = assistant.document(document)
    if json_:
        _print_json(found.to_dict())
    else:
        from assistant.display import print_document

        print_document(Console(), found)


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="A folder with documents.jsonl and questions.jsonl.")],
    index: Annotated[Path | None, typer.Option(help="Keep the index here, and use it again.")] = None,
    engine: Annotated[str, typer.Option(help="What writes the answers.")] = "extractive",
    scope: Annotated[
        Literal["archive", "document"],
        typer.Option(help="Look into the whole archive, or only into each question's document_id."),
    ] = "archive",
    limit: Annotated[int | None, typer.Option(min=1, help="Ask this many, spread evenly.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write one JSON line a question.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Compare with a file that --out wrote.")] = None,
    failures: Annotated[int, typer.Option(min=0, help="Show this many questions that went wrong.")] = 0,
    json_: Json = False,
) -> None:
    """Measure retrieval, evidence, answers and refusals against questions with known answers."""
    from assistant.evaluation.command import Request, run

    request = Request(folder, index, engine, scope, limit, out, compare, failures)
    result = run(request, Console(stderr=True, quiet=json_))
    if json_:
        _print_json(result.to_dict())
    else:
        result.print(Console())


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
        _print_json({"error": message})
    else:
        _errors.print(f"Error: {message}", style="red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(status)


@contextmanager
def _assistant(documents: Path | None, index: Path | None, **given: Any) -> Iterator["Assistant"]:
    from assistant.assistant import Assistant
    from assistant.settings import load_settings

    with Assistant(load_settings(documents=documents, index=index, **given)) as assistant:
        yield assistant


def _progress(as_json: bool, lines: bool, verbose: bool) -> AbstractContextManager["Report"]:
    from assistant.progress import no_progress, progress_bar, progress_lines

    if lines:
        return progress_lines()
    return no_progress() if as_json else progress_bar(_errors, verbose=verbose)


def _tell_destination(assistant: "Assistant") -> None:
    choice = assistant.engine_choice
    if choice.destination is not None:
        _errors.print(
            f"Passages of your documents are sent to {choice.destination} ({choice.model}) for the answer. "
            "HEMEROTECA_ENGINE=extractive keeps everything on this machine.",
            style="yellow",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
