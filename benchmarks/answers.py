"""Extractive answers to be judged by reading: run `python -m benchmarks.answers`.

`draw SET WORKSPACE COUNT SEED` prints the answers to COUNT answerable questions of one set, each asked of its own
document only. No answer is held back: the confidence stands beside it. SET is a folder of the one that
HEMEROTECA_EVAL names, WORKSPACE keeps its index. `ask DOCUMENTS INDEX SHEET` prints the answers to the own
questions of a sheet, asked of the whole archive. `shares SHEET` prints the share of each score, of all answers and of
those that are not refused. A sheet is a file of `data`: `extractive_scores` (seed 5), or `extractive_scores_2` (seed
23), where each question was read twice, as the code answered before a change and after it, without being told which.
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

DATA = Path(__file__).parent / "data"
SCORES = ("useful", "right", "readable")
# At none at all, a question whose days give nothing would not be asked without them.
_NO_THRESHOLD = 0.01


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def drawn(folder: Path, count: int, seed: int) -> list[dict[str, Any]]:
    """Answerable Spanish questions with their gold, the same ones every time for a seed."""
    rows = [
        row
        for row in read_lines(folder / "questions.jsonl")
        if row["answerable"] and row["language"] == "es" and row["answers"]
    ]
    return random.Random(seed).sample(rows, count)


def open_extractive(documents: Path, index: Path) -> Assistant:
    """The archive with the engine that needs no model, which here never refuses for want of confidence."""
    return Assistant(
        load_settings(documents=documents, index=index, engine="extractive", threshold=_NO_THRESHOLD)
    )


def show(id: str, question: str, answer: Answer, gold: Iterable[str] = ()) -> None:
    """Print an answer to be read."""
    print(f"# {id} ({answer.confidence:.2f})\n{question}\n-> {answer.text}\ngold: {' | '.join(gold)}\n")


def draw(folder: Path, workspace: Path, count: int, seed: int) -> None:
    """Print answers to questions of a set, each within its own document."""
    with open_extractive(workspace / "documents" / DOCUMENTS, workspace / "index") as assistant:
        for row in drawn(folder, count, seed):
            wanted = DocumentFilter(documents=(row["document_id"],))
            show(row["id"], row["question"], assistant.ask(row["question"], wanted=wanted), row["answers"])


def sheet(name: str) -> list[dict[str, Any]]:
    """The scores of one reading."""
    return read_lines(DATA / f"{name}.jsonl")


def ask_own(documents: Path, index: Path, name: str) -> None:
    """Print answers to the own questions of a sheet."""
    questions = {row["id"]: row["question"] for row in sheet(name) if row["set"] == "own"}
    with open_extractive(documents, index) as assistant:
        for id_, question in questions.items():
            show(id_, question, assistant.ask(question))


def print_shares(rows: list[dict[str, Any]]) -> None:
    """Print how many of the answers are useful, right and readable, by set and in all."""
    sets = dict.fromkeys(row["set"] for row in rows)
    parts = {name: [row for row in rows if row["set"] == name] for name in sets}
    parts |= {"all": rows, "given": [row for row in rows if not row["refused"]]}
    for name, part in parts.items():
        shares = "  ".join(f"{score} {sum(row[score] for row in part)}/{len(part)}" for score in SCORES)
        print(f"{name:8} {shares}")


def print_readings(rows: list[dict[str, Any]]) -> None:
    """Print the shares of a sheet, for each code that was read apart."""
    for code in dict.fromkeys(row.get("code", "") for row in rows):
        print(code)
        print_shares([row for row in rows if row.get("code", "") == code])


def main() -> None:
    """Draw, ask or count, by the first argument."""
    match sys.argv[1:]:
        case ["draw", name, workspace, count, seed]:
            draw(Path(os.environ["HEMEROTECA_EVAL"]) / name, Path(workspace), int(count), int(seed))
        case ["ask", documents, index, name]:
            ask_own(Path(documents), Path(index), name)
        case ["shares", name]:
            print_readings(sheet(name))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
