"""The engines side by side: `HEMEROTECA_EVAL=FOLDER python -m benchmarks.engines INDEX --out RUNS`.

Puts questions of quales (each within its article) and of xquad to the extractive engine, to the local model, and
to an OpenAI-compatible server, for which llama.cpp's own is started with the same model, as `hemeroteca
evaluate` does. RUNS keeps an outcome and a trace of every question: what is there is not asked again, so that a
run may be stopped, and `--minutes` stops it by itself. Prints a table of what is there. Each engine is asked the
same questions; the table counts those that all of them were asked.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic

import numpy as np

from assistant.evaluation.data import (
    GoldQuestion,
    Outcome,
    load_questions,
    read_outcomes,
    sample,
    write_outcomes,
)
from assistant.evaluation.figures import columns, figures
from assistant.evaluation.run import Scope, ask_all, open_archive
from assistant.llms.local import serve
from assistant.settings import Settings, load_settings
from assistant.tracing import traced

_SEED = 20260116
ENGINES = ("extractive", "local", "openai")


@dataclass(frozen=True, slots=True)
class Part:
    """Questions of one set, `limit` of them spread evenly from the `first` on, and what may answer them."""

    name: str
    scope: Scope
    limit: int
    first: int


def run(part: Part, engine: str, settings: Settings, arguments: argparse.Namespace, until: float) -> None:
    """Ask what was not asked yet, until the moment `until`."""
    folder = Path(os.environ["HEMEROTECA_EVAL"]) / part.name
    file = outcomes_file(arguments.out, part, engine)
    known = {outcome.id for outcome in (read_outcomes(file) if file.exists() else [])}
    left = [question for question in chosen(folder, part) if question.id not in known]
    if not left or monotonic() > until:
        return
    indexed = open_archive(folder, arguments.index / part.name, settings, lambda _: None)
    with indexed.assistant as assistant, traced(assistant, file.with_suffix(".trace.jsonl")):
        asked = write_outcomes(file, ask_all(assistant, left, part.scope), append=True)
        while monotonic() < until and list(islice(asked, 1)):
            pass


def chosen(folder: Path, part: Part) -> list[GoldQuestion]:
    """Questions spread evenly over a set, shuffled so that a run that is stopped has seen a fair sample."""
    questions = load_questions(folder)
    questions = sample([*questions[part.first :], *questions[: part.first]], part.limit)
    Random(_SEED).shuffle(questions)
    return questions


def outcomes_file(runs: Path, part: Part, engine: str) -> Path:
    """Where the outcomes of one engine on one set are kept; the trace is beside it."""
    return runs / f"{part.name}-{engine}.jsonl"


@contextmanager
def settings_of(engine: str) -> Iterator[Settings]:
    """The engine's settings; the server of the openai engine runs as long as they are used."""
    if engine != "openai":
        yield load_settings(engine=engine, deadline=600)
        return
    running = serve(None)
    yield load_settings(
        engine=engine, deadline=600, base_url=running.url, api_key=running.key, model="qwen2.5-coder-1.5b"
    )


def table(runs: Path, parts: Sequence[Part], engines: Sequence[str]) -> Iterator[str]:
    """Lines of Markdown: a row for each set and engine, over the questions that all engines were asked."""
    yield (
        "| questions | engine | words of the answer | refused wrongly | answered wrongly | model's sentences "
        "unsupported | tokens in / out | first sentence p50 / p95 | whole p50 / p95 |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for part in parts:
        files = {engine: outcomes_file(runs, part, engine) for engine in engines}
        told = {engine: {o.id: o for o in read_outcomes(f)} for engine, f in files.items() if f.exists()}
        shared = set.intersection(*(set(outcomes) for outcomes in told.values())) if told else set()
        for engine, outcomes in told.items():
            if shared:
                yield row(part, engine, [o for id_, o in outcomes.items() if id_ in shared])


def row(part: Part, engine: str, outcomes: Sequence[Outcome]) -> str:
    """A row of the table."""
    found = figures(columns(outcomes))
    refused = mean([not o.answered for o in outcomes if o.answerable])
    wrongly = mean([o.answered for o in outcomes if not o.answerable])
    model = found["model"]
    dropped, written = sum(o.unsupported for o in outcomes), sum(o.written for o in outcomes)
    first, whole = ([getattr(o, f) / 1000 for o in outcomes] for f in ("first_ms", "total_ms"))
    first = [seconds for seconds in first if seconds] or [0.0]
    cells = (
        f"{part.name} ({len(outcomes)})",
        engine,
        share(found["answers"]["token_recall"]),
        share(refused),
        share(wrongly),
        f"{dropped} of {written}" if written else "–",
        "–"
        if model["tokens_in_mean"] is None
        else f"{model['tokens_in_mean']:.0f} / {model['tokens_out_mean']:.0f}",
        " / ".join(f"{np.percentile(first, of):.2f} s" for of in (50, 95)),
        " / ".join(f"{np.percentile(whole, of):.2f} s" for of in (50, 95)),
    )
    return f"| {' | '.join(cells)} |"


def mean(values: Sequence[bool]) -> float | None:
    """The share that is true; None of nothing."""
    return sum(values) / len(values) if values else None


def share(value: float | None) -> str:
    """A cell for a share that may not be known."""
    return "–" if value is None else f"{value:.2f}"


def main() -> None:
    """Ask, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("index", type=Path, help="where the indexes of the sets are kept")
    parser.add_argument("--out", type=Path, required=True, help="the folder of outcomes and traces")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--quales", type=int, default=200, help="how many questions of quales")
    parser.add_argument("--xquad", type=int, default=60, help="how many questions of xquad")
    parser.add_argument("--first", type=int, default=0, help="another number draws other questions")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop asking after this many")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    parts = [
        Part("quales", "document", arguments.quales, arguments.first),
        Part("xquad", "archive", arguments.xquad, arguments.first),
    ]
    for engine in arguments.engines:
        with settings_of(engine) as settings:
            for part in parts:
                part_of_time = part.limit / sum(part.limit for part in parts)
                run(part, engine, settings, arguments, monotonic() + 60 * arguments.minutes * part_of_time)
    print(*table(arguments.out, parts, ENGINES), sep="\n")


if __name__ == "__main__":
    main()
