"""Sentences of the local engine to be judged by reading: `python -m benchmarks.sentences RUNS --draw 100`.

RUNS is what `benchmarks.engines` keeps. Draws sentences that the reader was shown and the model had written, by seed,
and prints each with its question and the quotes it cites, from the trace. A verdict a line, draw, id and label, goes
to `data/local_sentences.jsonl` by hand: "supported", "unsupported", or "beside" for one that is supported and
beside the question. `--score` counts those of each draw, with Wilson's 95 % interval.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any

VERDICTS = Path(__file__).parent / "data" / "local_sentences.jsonl"
_SETS = ("quales", "xquad")
_SEED = 20260116
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of an answer and the quotes that it cites. `id` is the question's and the sentence's number."""

    id: str
    question: str
    text: str
    quotes: tuple[str, ...]


def sentences(runs: Path) -> Iterator[Shown]:
    """Every sentence that the local model wrote and the reader was shown."""
    for name in _SETS:
        outcomes = runs / f"{name}-local.jsonl"
        ids = {line["question"]: line["id"] for line in _lines(outcomes)} if outcomes.exists() else {}
        for trace in _lines(outcomes.with_suffix(".trace.jsonl")) if ids else ():
            answer = trace["answer"]
            if answer["engine"] != "local" or trace["question"] not in ids:
                continue
            for number, sentence in enumerate(answer["sentences"], 1):
                quotes = tuple(
                    c["quote"] for c in answer["citations"] if c["marker"] in sentence["citations"]
                )
                yield Shown(f"{ids[trace['question']]}/{number}", trace["question"], sentence["text"], quotes)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def interval(right: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, spread = right / total, _Z * _Z / total
    middle = share + spread / 2
    margin = _Z * sqrt(share * (1 - share) / total + spread / (4 * total))
    return (middle - margin) / (1 + spread), (middle + margin) / (1 + spread)


def score(labels: Sequence[str]) -> str:
    """The share that is supported, with its interval, and the count of each label."""
    supported = sum(label != "unsupported" for label in labels)
    low, high = interval(supported, len(labels))
    counts = ", ".join(f"{count} {label}" for label, count in sorted(Counter(labels).items()))
    return f"{supported} of {len(labels)} supported [{low:.3f}, {high:.3f}]: {counts}"


def main() -> None:
    """Draw or score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="?")
    parser.add_argument("--draw", type=int, default=100)
    parser.add_argument("--score", action="store_true")
    arguments = parser.parse_args()
    if arguments.score or arguments.runs is None:
        for draw, lines in groupby(_lines(VERDICTS), key=itemgetter("draw")):
            print(f"draw {draw}: {score([str(line['label']) for line in lines])}")
        return
    drawn = sorted(sentences(arguments.runs), key=lambda shown: shown.id)
    Random(_SEED).shuffle(drawn)
    for shown in drawn[: arguments.draw]:
        print(f"{shown.id}\n  ? {shown.question}\n  = {shown.text}", *shown.quotes, sep="\n  « ")


if __name__ == "__main__":
    main()
