"""Extractive answers to be judged by reading: run `python -m benchmarks.answers`.

`draw SET WORKSPACE COUNT` prints the answers to COUNT answerable questions of one set, drawn by seed, each asked
of its own document only. No answer is held back: the confidence stands beside it. SET is a folder of the one that
HEMEROTECA_EVAL names, WORKSPACE keeps its index. `ask DOCUMENTS INDEX` prints the answers to the sheet's own
questions, asked of the whole archive. `shares` prints the share of each score of data/extractive_scores.jsonl, of
all answers and of those that are not refused.
"""

import json
import os
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.evaluation.data import DOCUMENTS
from assistant.settings import load_settings
from index.filters import DocumentFilter

SHEET = Path(__file__).parent / "data" / "extractive_scores.jsonl"
SCORES = ("useful", "right", "readable")
_SEED = 5
# At none at all, a question whose days give nothing would not be asked without them.
_NO_THRESHOLD = 0.01


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def drawn(folder: Path, count: int) -> list[dict[str, Any]]:
    """Answerable Spanish questions with their gold, the same ones every time."""
    rows = [
        row
        for row in read_lines(folder / "questions.jsonl")
        if row["answerable"] and row["language"] == "es" and row["answers"]
    ]
    return random.Random(_SEED).sample(rows, count)


def open_extractive(documents: Path, index: Path) -> Assistant:
    """The archive with the engine that needs no model, which here never refuses for want of confidence."""
    return Assistant(
        load_settings(documents=documents, index=index, engine="extractive", threshold=_NO_THRESHOLD)
    )


def show(id: str, question: str, answer: Answer, gold: Iterable[str] = ()) -> None:
    """Print an answer to be read."""
    print(f"# {id} ({answer.confidence:.2f})\n{question}\n-> {answer.text}\ngold: {' | '.join(gold)}\n")


def draw(folder: Path, workspace: Path, count: int) -> None:
    """Print answers to questions of a set, each within its own document."""
    with open_extractive(workspace / "documents" / DOCUMENTS, workspace / "index") as assistant:
        for row in drawn(folder, count):
            wanted = DocumentFilter(documents=(row["document_id"],))
            show(row["id"], row["question"], assistant.ask(row["question"], wanted=wanted), row["answers"])


def ask_own(documents: Path, index: Path) -> None:
    """Print answers to the sheet's own questions."""
    with open_extractive(documents, index) as assistant:
        for row in read_lines(SHEET):
            if row["set"] == "own":
                show(row["id"], row["question"], assistant.ask(row["question"]))


def print_shares() -> None:
    """Print how many of the answers are useful, right and readable, by set and in all."""
    rows = read_lines(SHEET)
    sets = dict.fromkeys(row["set"] for row in rows)
    parts = {name: [row for row in rows if row["set"] == name] for name in sets}
    parts |= {"all": rows, "given": [row for row in rows if not row["refused"]]}
    for name, part in parts.items():
        shares = "  ".join(f"{score} {sum(row[score] for row in part)}/{len(part)}" for score in SCORES)
        print(f"{name:8} {shares}")


def main() -> None:
    """Draw, ask or count, by the first argument."""
    match sys.argv[1:]:
        case ["draw", name, workspace, count]:
            draw(Path(os.environ["HEMEROTECA_EVAL"]) / name, Path(workspace), int(count))
        case ["ask", documents, index]:
            ask_own(Path(documents), Path(index))
        case ["shares"]:
            print_shares()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
