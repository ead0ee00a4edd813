"""`hemeroteca evaluate`."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from assistant.commands.frame import Json, TraceOption, print_json


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
    resume: Annotated[bool, typer.Option(help="Ask only what --out does not hold yet.")] = False,
    trace: TraceOption = None,
    compare: Annotated[Path | None, typer.Option(help="Compare with a file that --out wrote.")] = None,
    failures: Annotated[int, typer.Option(min=0, help="Show this many questions that went wrong.")] = 0,
    json_: Json = False,
) -> None:
    """Measure retrieval, evidence, answers and refusals against questions with known answers."""
    from assistant.evaluation.command import Request, run

    request = Request(folder, index, engine, scope, limit, out, resume, trace, compare, failures)
    result = run(request, Console(stderr=True, quiet=json_))
    if json_:
        print_json(result.to_dict())
    else:
        result.print(Console())
