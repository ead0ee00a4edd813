"""The `evaluate` command: one request in, one result out, printed for people or as JSON."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from assistant.display import progress_bar
from assistant.evaluation.data import Outcome, load_questions, read_outcomes, sample, write_outcomes
from assistant.evaluation.figures import Difference, columns, compare, figures, latency
from assistant.evaluation.run import Scope, ask_all, open_archive
from assistant.settings import load_settings
from assistant.tracing import traced

_LONGEST_TEXT = 300


def print_figures(console: Console, report: Mapping[str, Any]) -> None:
    """The figures by group; what no question tells of is left out."""
    table = Table(show_header=False, box=None)
    for group, named in report.items():
        if isinstance(named, Mapping):
            title = group.replace("_", " ")
            for name, value in named.items():
                if isinstance(value, int | float):
                    table.add_row(Text(title, style="bold"), name.replace("_", " "), _number(value))
                    title = ""
    console.print(table)
    console.print(f"{report['questions']} questions.")


def print_comparison(console: Console, differences: Sequence[Difference]) -> None:
    """Each figure of both runs; a difference whose interval leaves out zero is in colour."""
    table = Table("figure", "this run", "other run", "difference", "95 % interval", box=None)
    for gap in differences:
        style = "green" if gap.low > 0 else "red" if gap.high < 0 else ""
        table.add_row(
            f"{gap.group} {gap.name}".replace("_", " "),
            _number(gap.this),
            _number(gap.other),
            Text(f"{gap.this - gap.other:+.3f}", style=style),
            f"{gap.low:+.3f} … {gap.high:+.3f}",
        )
    console.print(table)


def print_failures(console: Console, outcomes: Sequence[Outcome], limit: int) -> None:
    """At most `limit` questions that went wrong, each with what was known and what was said."""
    failed = [(outcome, reason) for outcome in outcomes for reason in failures(outcome)]
    for outcome, reason in failed[:limit]:
        console.print()
        console.print(Text(f"{outcome.id}  {reason}", style="yellow"))
        console.print(Text(outcome.question, style="bold"))
        if outcome.gold:
            console.print(Text(f"gold: {' | '.join(outcome.gold)}", style="green"))
        console.print(Text(outcome.text[:_LONGEST_TEXT]))
        console.print(
            f"confidence {outcome.confidence:.2f}, document rank {outcome.document_rank or '–'}, "
            f"chunk rank {outcome.chunk_rank or '–'}",
            style="dim",
        )
    if len(failed) > limit:
        console.print(f"\n{len(failed) - limit} more: --failures {len(failed)} shows them all.", style="dim")


def failures(outcome: Outcome) -> Iterator[str]:
    """What went wrong first with a question; nothing if all went well."""
    if not outcome.answerable:
        if outcome.answered:
            yield "answered, though the documents do not say"
    elif outcome.gold_document and outcome.document_rank is None:
        yield "the document was not found"
    elif outcome.span_in_quotes is False:
        yield "the answer is not in the quotes"
    elif not outcome.answered:
        yield "refused, though the documents say"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class Request:
    """What to evaluate and how. `index` None means a folder that is gone afterwards.

    `resume` takes the questions that `out` holds already from there.
    """

    folder: Path
    index: Path | None = None
    engine: str = "extractive"
    scope: Scope = "archive"
    limit: int | None = None
    out: Path | None = None
    resume: bool = False
    trace: Path | None = None
    compare: Path | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The outcomes of a run, its figures, and how they differ from another run's."""

    outcomes: Sequence[Outcome]
    indexing: dict[str, float | None]
    differences: Sequence[Difference]
    failures: int

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca evaluate --json` prints; figures that nothing tells of are null."""
        report: dict[str, Any] = dict(figures(columns(self.outcomes)))
        report["latency_ms"] = latency(self.outcomes)
        report["index"] = self.indexing
        report["questions"] = len(self.outcomes)
        if self.differences:
            report["comparison"] = {f"{gap.group}.{gap.name}": gap.to_dict() for gap in self.differences}
        return report

    def print(self, console: Console) -> None:
        """The figures, then the comparison and the failures that were asked for."""
        print_figures(console, {k: v for k, v in self.to_dict().items() if k != "comparison"})
        if self.differences:
            print_comparison(console, self.differences)
        if self.failures:
            print_failures(console, self.outcomes, self.failures)


def run(request: Request, console: Console) -> Result:
    """Index, ask, write each outcome as it comes if asked to, compare; `console` shows how far it is.

    Raises EvaluationError for a folder or a file that cannot be used, SettingsError for the trace's.
    """
    questions = sample(load_questions(request.folder), request.limit)
    other = read_outcomes(request.compare) if request.compare else []
    known = {outcome.id: outcome for outcome in _kept(request)}
    left = [question for question in questions if question.id not in known]
    settings = load_settings(engine=request.engine)
    with _workspace(request.index) as workspace:
        with progress_bar(console) as progress:
            indexed = open_archive(request.folder, workspace, settings, progress)
        with indexed.assistant as assistant, traced(assistant, request.trace):
            outcomes_to_come: Iterable[Outcome] = ask_all(assistant, left, request.scope)
            if request.out:
                outcomes_to_come = write_outcomes(request.out, outcomes_to_come, append=request.resume)
            known |= {
                o.id: o for o in track(outcomes_to_come, "Asking", len(left), console=console, transient=True)
            }
    outcomes = [known[question.id] for question in questions]
    differences = compare(outcomes, other) if other else ()
    return Result(outcomes, indexed.to_dict(), differences, request.failures)


def _kept(request: Request) -> list[Outcome]:
    """The outcomes of the run that is resumed."""
    resumed = request.out if request.resume else None
    return read_outcomes(resumed) if resumed is not None and resumed.exists() else []


@contextmanager
def _workspace(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="hemeroteca-evaluate-") as folder:
        yield Path(folder)
