"""How well the reader reads, within the article that was asked about.

    python -m benchmarks.reading WEIGHTS ../shared/eval

Asked are the questions of the fifth of quales that training kept out (all that have a known answer, and those
that nothing in their article answers). Windows are runs of sentences of one size.
"""

import argparse
import re
from pathlib import Path

import numpy as np

from assistant.evaluation.figures import auc
from assistant.evaluation.run import token_scores
from assistant.reader.reader import open_reader
from assistant.reader.windows import Window, WindowRead
from benchmarks.reader.examples import held_out
from index.document import Span
from index.text.sentences import split_sentences

_WINDOW = 700
_WORD = re.compile(r"\w+")


def main() -> None:
    """Ask, and print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="the folder that `train_reader --export` wrote")
    parser.add_argument("eval", type=Path)
    parser.add_argument("--first", type=int)
    given = parser.parse_args()
    reader = open_reader(given.weights)
    answerable, sure, overlaps, exact, ones, twos = [], [], [], [], [], []
    for question, text, answers in held_out(given.eval / "quales")[: given.first]:
        windows = _windows(text)
        reads = reader.read(question, [Window("", window.of(text)) for window in windows])
        answerable.append(float(bool(answers)))
        sure.append(max(read.answers for read in reads))
        if not answers:
            continue
        best = _best(windows, reads)
        bare = best[0].of(text)
        overlaps.append(token_scores(bare, [answer.of(text) for answer in answers]).f1)
        exact.append(
            any(_WORD.findall(bare.lower()) == _WORD.findall(answer.of(text).lower()) for answer in answers)
        )
        sentences = list(dict.fromkeys(_sentence(text, span) for span in best))[:2]
        hits = [any(sentence.holds(answer) for answer in answers) for sentence in sentences]
        ones.append(hits[0])
        twos.append(any(hits))
    area = auc(np.array(answerable), np.array(sure), np.ones(len(sure)))
    print(
        f"{len(ones)} answerable: F1 {np.mean(overlaps):.3f}, exact {np.mean(exact):.3f}, answer in one sentence "
        f"{np.mean(ones):.3f}, in two {np.mean(twos):.3f}; {len(sure) - len(ones)} not: AUC {area:.3f}"
    )


def _windows(text: str) -> list[Span]:
    runs: list[list[Span]] = []
    for sentence in split_sentences(text):
        if not runs or sentence.end - runs[-1][0].start > _WINDOW:
            runs.append([])
        runs[-1].append(sentence)
    return [Span(run[0].start, run[-1].end) for run in runs]


def _best(windows: list[Span], reads: list[WindowRead]) -> list[Span]:
    """The candidates of all windows, the likeliest first, as spans of the text."""
    scored = [
        (
            answer.score + read.answers,
            Span(window.start + answer.span.start, window.start + answer.span.end),
        )
        for window, read in zip(windows, reads, strict=True)
        for answer in read.spans
    ]
    return [span for _, span in sorted(scored, key=lambda pair: -pair[0])]


def _sentence(text: str, span: Span) -> Span:
    return next((s for s in split_sentences(text) if s.start <= span.start < s.end), span)


if __name__ == "__main__":
    main()
