"""The commands about the archive as a whole: indexing, its state, backups, evaluation, and serving it."""

import threading
from importlib.metadata import EntryPoint
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from assistant.commands.frame import (
    Documents,
    EngineOption,
    Index,
    Json,
    LogFormatOption,
    TraceOption,
    ensure_indexed,
    offer_folder,
    opened,
    print_json,
    print_note,
    shown_loading,
    shown_progress,
    tell_destination,
    tell_embedding_destination,
)

if TYPE_CHECKING:
    from index.sync.indexer import SyncReport

# The page stands on the assistant and not the other way round: what serves it is named, and loaded when it is to serve.
_SERVE_CHAT = EntryPoint("chat", "ui.server:serve", "hemeroteca.servers")
_MCP_SERVER = EntryPoint("mcp", "ui.mcp_server:ArchiveServer", "hemeroteca.servers")


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
    watch: Annotated[bool, typer.Option(help="Go on, and index after every change, until Ctrl-C.")] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT", help="Read and embed on this Ray cluster, or on this machine's own (local)."
        ),
    ] = None,
    allow_mass_removal: Annotated[
        bool, typer.Option(help="Go on even if more than half of the index would be removed.")
    ] = False,
) -> None:
    """Bring the index in step with the documents: new, changed and removed ones."""
    with opened(documents, index) as assistant:
        tell_embedding_destination(assistant)
        with shown_progress(json_, progress, verbose) as report:
            if full or ray or not watch:
                run = assistant.rebuild if full else assistant.sync
                _print(run(report, allow_mass_removal=allow_mass_removal, wait=wait, ray=ray), json_)
            if watch:
                assistant.watch(threading.Event(), report, lambda result: _print(result, json_))


def _print(report: "SyncReport", as_json: bool) -> None:
    if as_json:
        print_json(report.to_dict())
    else:
        from assistant.display import print_report

        print_report(Console(), report)


def status(documents: Documents = None, index: Index = None, json_: Json = False) -> None:
    """Show what is in the index, what writes the answers and where everything is kept."""
    with opened(documents, index) as assistant:
        state = assistant.status()
    if json_:
        print_json(state)
    else:
        from assistant.display import print_status

        print_status(Console(), state)


def doctor(
    documents: Documents = None, index: Index = None, engine: EngineOption = None, json_: Json = False
) -> None:
    """Check the machine, the documents, the index, the engine and the keys, and say what to do.

    If a model is configured it is called once, for one word. Ends with status 1 if a check failed.
    """
    from assistant.doctor import examine, report

    findings = []
    with opened(documents, index, engine=engine) as assistant:
        for finding in examine(assistant):
            findings.append(finding)
            if not json_:
                from assistant.display import print_finding

                print_finding(Console(), finding)
    result = report(findings)
    if json_:
        print_json(result)
    if not result["ok"]:
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, which must not be there.")],
    documents: Documents = None,
    index: Index = None,
    with_documents: Annotated[
        bool, typer.Option("--with-documents", help="Put the documents into it as well.")
    ] = False,
    json_: Json = False,
) -> None:
    """Write the index, conversations and key hashes into one file, also while the chat is running."""
    from assistant.backups.backup import write_backup

    with opened(documents, index) as assistant:
        report = write_backup(assistant.settings, file, with_documents=with_documents)
    if json_:
        print_json(report.to_dict())
        return
    parts = ["index"] * report.index + ["conversations"] * report.conversations
    if with_documents:
        parts.append(f"{report.documents} documents")
    print(f"{report.file}: {', '.join(parts) or 'keys'}, {report.bytes / 1e6:.1f} MB.")
    for name in report.left_out:
        print_note(f"  left out {name}: a link, or a name that is no text", "yellow")
    for name in report.elsewhere:
        print_note(f"  {name}: in PostgreSQL, not in this file; pg_dump keeps that database", "yellow")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that “hemeroteca backup” wrote.")],
    documents: Documents = None,
    index: Index = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there already.")
    ] = False,
    json_: Json = False,
) -> None:
    """Restore a backup after all of it was checked; the chat may go on running."""
    from assistant.backups.restore import restore_backup

    with opened(documents, index) as assistant:
        report = restore_backup(assistant.settings, file, replace=replace)
    if json_:
        print_json(report.to_dict())
        return
    print(f"Restored {', '.join(report.parts)} as of {report.created:%Y-%m-%d %H:%M} UTC.")
    if report.documents_before is not None:
        print(f"The documents that were there are in {report.documents_before}.")


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


def feedback(
    export: Annotated[
        Path, typer.Option(help="The folder to write documents.jsonl and questions.jsonl into.")
    ],
    documents: Documents = None,
    index: Index = None,
    json_: Json = False,
) -> None:
    """Export what readers thought of answers as questions that `evaluate` asks again."""
    from assistant.evaluation.data import export_feedback

    with opened(documents, index) as assistant:
        questions, left_out = export_feedback(
            export, assistant.conversations.feedback(), assistant.documents()
        )
    if json_:
        print_json({"questions": questions, "left_out": left_out, "folder": str(export)})
    else:
        Console().print(
            f"{questions} questions written to {export}; {left_out} rejected answers left out.", markup=False
        )


def chat(
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 7860,
    watch: Annotated[bool, typer.Option(help="Index whenever the documents change.")] = False,
    log_format: LogFormatOption = None,
) -> None:
    """Serve the chat at once; what is new in the documents is indexed meanwhile."""
    with opened(documents, index, engine=engine, log_format=log_format) as assistant:
        offer_folder(assistant.settings.documents)
        tell_embedding_destination(assistant)
        tell_destination(assistant)
        with shown_loading(assistant, as_json=False):
            assistant.open_engine()
        # Reading the rules takes a small machine ten seconds, in which the page can be opened.
        Thread(target=assistant.warm_up, daemon=True).start()
        from assistant.logs import log_answer

        with assistant.tracing_to(log_answer), assistant.following(sync=True, watch=watch):
            _SERVE_CHAT.load()(assistant, host, port)


def mcp(
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    log_format: LogFormatOption = None,
) -> None:
    """Serve the archive to an MCP client over standard input and output."""
    with opened(documents, index, engine=engine, log_format=log_format) as assistant:
        ensure_indexed(assistant, True)
        tell_destination(assistant)
        from assistant.logs import log_answer

        with assistant.tracing_to(log_answer):
            _MCP_SERVER.load()(assistant).run("stdio")
