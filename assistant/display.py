"""What the commands print for people."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation
from index.document import Document, LeftOut, LeftOutKind
from prompts import phrase

if TYPE_CHECKING:
    from assistant.days.timeline import Timeline
    from assistant.doctor import Finding
    from assistant.finding.search import Hit, Why
    from index.sync.indexer import Progress as Step
    from index.sync.indexer import SyncReport


Report = Callable[["Step"], None]


@contextmanager
def progress_bar(console: Console, *, verbose: bool = False) -> Iterator[Report]:
    """A bar on `console` that fills as files are dealt with; `verbose` adds a line a file."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Indexing", total=None, rate="")

        def report(step: "Step") -> None:
            speed = bar.tasks[task].speed
            rate = "" if speed is None else f"{speed:.1f} files/s"
            bar.update(task, completed=step.done, total=step.total, rate=rate)
            if verbose and step.name:
                console.print(f"{step.step.value:>8}  {step.name}", markup=False, highlight=False)

        yield report


@contextmanager
def progress_lines() -> Iterator[Report]:
    """One JSON object a step on standard error, so that standard output stays one object."""
    yield lambda step: print(json.dumps(asdict(step), ensure_ascii=False), file=sys.stderr, flush=True)


@contextmanager
def no_progress() -> Iterator[Report]:
    """Nothing."""
    yield lambda step: None


def print_answer(console: Console, answer: Answer) -> None:
    """The answer with its focus in bold, then the sources with dates, offsets and quotes not yet shown."""
    # Commands that print no answer start a seventh sooner without them.
    from rich.markdown import Markdown

    from assistant.finding.scope import searched_notice

    console.print()
    console.print(Markdown(answer.text) if answer.is_markdown else _with_bold(answer))
    if answer.corrections:
        words = ", ".join(correction.searched for correction in answer.corrections)
        console.print(f"\n{phrase('corrected', answer.language, words=words)}", style="dim", highlight=False)
    if answer.searched is not None:
        console.print(f"\n{searched_notice(answer.searched, answer.language)}", style="dim", highlight=False)
    if answer.fallback is not None:
        console.print(
            f"\n{answer.fallback.engine} did not answer: {answer.fallback.reason}",
            style="yellow",
            markup=False,
        )
    for citation in answer.citations:
        console.print()
        console.print(_source_line(citation))
        if citation.also:
            console.print(Padding(_also_line(citation.also), (0, 0, 0, 4)))
        if citation.quote not in answer.text:
            console.print(Padding(_quote(citation), (0, 0, 0, 4)))
    console.print(f"\n{_account(answer)}", style="dim", highlight=False)


def print_timeline(console: Console, timeline: "Timeline") -> None:
    """A table of the days and what happened on them."""
    from index.dates import interval_to_dict

    if not timeline.events:
        console.print(Text(f"No dated events about “{timeline.topic}” in the documents."))
        return
    table = Table("when", "what", "source", box=None, padding=(0, 2, 1, 0))
    for event in timeline.events:
        days = "/".join(day or "…" for day in interval_to_dict(event.interval).values())
        first, _, last = days.partition("/")
        when = first if first == last else f"{first} – {last}"
        source = event.citation.document
        table.add_row(
            when if event.sure else f"{when} ?",
            Text(event.citation.quote),
            Text(f"{source.published or ''} {source.path}", style="dim"),
        )
    console.print(table)


def print_hits(console: Console, hits: "Sequence[Hit]", *, trace: bool = False) -> None:
    """The passages with dates and offsets, the nearest sentence of each in bold; with `trace`, why each was found."""
    if not hits:
        console.print("Nothing was found.")
    for hit in hits:
        console.print()
        console.print(_line_of(hit.number, hit.document, hit.page, hit.start, hit.end))
        text = Text(hit.text)
        text.stylize("bold", hit.focus.start - hit.start, hit.focus.end - hit.start)
        console.print(Padding(text, (0, 0, 0, 4)))
        if trace:
            console.print(Padding(Text(_why(hit.why), style="dim"), (0, 0, 0, 4)))


def _why(why: "Why") -> str:
    """The three scores of a passage, then each token of the question with the word that it met, and how alike."""
    met = (f"{each.asked} → {each.word or '(above)'} {each.similarity:.2f}" for each in why.met)
    scores = f"words {why.words:.1f} · vectors {why.vectors:.3f} · tokens {why.tokens:.3f}"
    return "\n".join(filter(None, (scores, "; ".join(met))))


def print_finding(console: Console, finding: "Finding") -> None:
    """One check's state, what was found and what to do."""
    style = {"ok": "green", "warning": "yellow", "failed": "red"}[finding.state]
    line = Text(f"{finding.state:8}", style=style)
    line.append(f"{finding.name}: {finding.detail}", style="default")
    console.print(line, soft_wrap=True)
    if finding.advice:
        console.print(Padding(Text(finding.advice, style="dim"), (0, 0, 0, 8)))


def print_report(console: Console, report: "SyncReport") -> None:
    """What a run of `index` did, with the reason of each file it skipped."""
    console.print(
        f"{report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.skipped)} skipped, in {report.seconds:.1f} s."
    )
    for skip in report.skipped:
        console.print(f"  skipped {skip.path}: {skip.reason}", style="yellow", markup=False, highlight=False)
    _print_partly_read(console, [(read.document, read.left_out) for read in report.partly_read])
    console.print(f"The index holds {report.documents} documents in {report.chunks} chunks.")


def print_status(console: Console, state: dict[str, Any]) -> None:
    """The state of the index as a table, then the skipped files and what was left out of others."""
    table = Table(show_header=False, box=None)
    for key, value in state.items():
        if key == "vectors":
            value = f"{value['count']} ({value['state']})"
        elif key == "files":
            value = f"{value['indexed']} indexed, {value['skipped']} skipped"
        elif key == "bytes":
            value = f"{value['store'] / 1e6:.1f} MB store, {value['vectors'] / 1e6:.1f} MB vectors"
        if key not in ("skipped", "partly_read") and value is not None:
            table.add_row(key.replace("_", " "), Text(str(value)))
    console.print(table)
    for skip in state["skipped"]:
        console.print(
            f"  skipped {skip['path']}: {skip['reason']}", style="yellow", markup=False, highlight=False
        )
    _print_partly_read(
        console,
        [
            (
                read["document"],
                [LeftOut(LeftOutKind(part["kind"]), part["count"]) for part in read["left_out"]],
            )
            for read in state["partly_read"]
        ],
    )


def print_document(console: Console, document: Document) -> None:
    """The title, the date and the stored text."""
    console.print(Text(document.title, style="bold"))
    if document.date is not None:
        console.print(Text(f"{document.date} ({document.date_source})", style="dim"))
    if document.left_out:
        console.print(Text(f"not read: {left_out_words(document.left_out)}", style="yellow"))
    console.print()
    console.print(document.text, markup=False, highlight=False, soft_wrap=True)


_LEFT_OUT = {
    LeftOutKind.IMAGES: ("image without text", "images without text"),
    LeftOutKind.COMMENTS: ("comment", "comments"),
    LeftOutKind.FORMULAS: ("formula without value", "formulas without value"),
    LeftOutKind.PAGES: ("page without text", "pages without text"),
    LeftOutKind.ATTACHMENTS: ("attachment", "attachments"),
    LeftOutKind.QUOTED_TEXT: ("quoted text", "quoted texts"),
    LeftOutKind.HIDDEN: ("hidden part", "hidden parts"),
    LeftOutKind.EMBEDDED: ("embedded object", "embedded objects"),
}


def left_out_words(parts: Sequence[LeftOut]) -> str:
    """What of a document was not read: “2 images without text, 1 comment”."""
    return ", ".join(f"{part.count} {_LEFT_OUT[part.kind][part.count != 1]}" for part in parts)


def _print_partly_read(console: Console, read: Sequence[tuple[str, Sequence[LeftOut]]]) -> None:
    for document, parts in read:
        note = f"  not read of {document}: {left_out_words(parts)}"
        console.print(note, style="yellow", markup=False, highlight=False)


def _account(answer: Answer) -> str:
    """What wrote the answer, and what it took."""
    parts = [answer.engine, f"{answer.timings_ms.total:.0f} ms"]
    if answer.usage is not None:
        parts.append(f"{answer.usage.tokens_in} + {answer.usage.tokens_out} tokens")
        parts += [] if answer.usage.cost is None else [f"cost {answer.usage.cost:.6f}"]
    return " · ".join(parts)


def _with_bold(answer: Answer) -> Text:
    """The answer's text, the focus of each quote in bold."""
    text = Text(answer.text)
    for citation in answer.citations:
        place = answer.text.find(citation.quote)
        if citation.focus is not None and place >= 0:
            shift = place - citation.start
            text.stylize("bold", citation.focus.start + shift, citation.focus.end + shift)
    return text


def _source_line(citation: Citation) -> Text:
    return _line_of(citation.marker, citation.document, citation.page, citation.start, citation.end)


def _also_line(documents: Sequence[Document]) -> Text:
    places = (f"{document.date or ''} {document.path}".strip() for document in documents)
    return Text(f"also in {', '.join(places)}", style="dim")


def _line_of(number: int, document: Document, page: int | None, start: int, end: int) -> Text:
    """The date, title and place of a stretch of a document, behind its number."""
    parts = [
        "" if document.date is None else document.date.isoformat(),
        document.title,
        document.path if page is None else f"{document.path}, p. {page}",
    ]
    line = Text(f"[{number}] ", style="cyan")
    line.append(" · ".join(part for part in parts if part), style="default")
    line.append(f"  {start}–{end}", style="dim")
    return line


def _quote(citation: Citation) -> Text:
    return Text(f"«{citation.quote}»", style="italic")
