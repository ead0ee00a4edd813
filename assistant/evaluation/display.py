"""What `hemeroteca evaluate` prints for people: the figures, a comparison, the failures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.evaluation.compare import Difference
from assistant.evaluation.outcome import Outcome

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
