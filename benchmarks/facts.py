"""How many of the facts that a full answer needs reach the prompt that a server's model would be sent?

    python -m benchmarks.facts FACTS.jsonl --documents DIR [--archive NAME] [--index DIR] [--json] [--missing]

A line of FACTS.jsonl: {"id", "question", "facts": [[spelling, …], …]}, and "archive" where the file is about several;
`--archive` asks only the questions of one. No model is called: each question is put to an engine whose server is
not there, and what it was about to be sent is read off the trace. `whole` counts the questions of which no fact lacks.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.settings import load_settings
from assistant.tracing import Trace
from benchmarks.keys import holds

_NOWHERE = "http://127.0.0.1:1/v1"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the facts that an answer needs, each as the spellings it may have."""

    id: str
    text: str
    facts: tuple[tuple[str, ...], ...]

    def missing_in(self, evidence: str) -> list[tuple[str, ...]]:
        """The facts that a text does not hold."""
        return [spellings for spellings in self.facts if not holds(evidence, spellings)]


def load(path: Path, archive: str | None) -> list[Question]:
    """The questions of a file, those of one archive if it is named."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Question(row["id"], row["question"], tuple(map(tuple, row["facts"])))
        for row in rows
        if archive in (None, row.get("archive"))
    ]


def evidence_sent(assistant: Assistant, question: str) -> str:
    """The evidence in the last prompt for an answer to the question; empty if the model is not asked."""
    traces: list[Trace] = []
    with assistant.tracing_to(traces.append):
        assistant.ask(question)
    prompts = [call.messages[-1][1] for call in traces[-1].calls if call.purpose == "answer"]
    return prompts[-1].partition("<evidence>")[2].rpartition("</evidence>")[0] if prompts else ""


def measure(assistant: Assistant, questions: Sequence[Question], *, shows_missing: bool) -> dict[str, Any]:
    """The figures over all questions."""
    missing = {
        question: question.missing_in(evidence_sent(assistant, question.text)) for question in questions
    }
    if shows_missing:
        for question, facts in missing.items():
            print(question.id, question.text, *(f"\n    {' | '.join(each)}" for each in facts))
    facts = sum(len(question.facts) for question in questions)
    return {
        "facts": facts,
        "in_prompt": facts - sum(map(len, missing.values())),
        "questions": len(questions),
        "whole": sum(not lacking for lacking in missing.values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("facts", type=Path)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--archive", help="ask only the questions of this archive")
    parser.add_argument("--index", type=Path, help="keep the index here, or use the one that is there")
    parser.add_argument("--json", action="store_true", help="print nothing but one object")
    parser.add_argument("--missing", action="store_true", help="print the facts that do not reach the prompt")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(
            documents=given.documents,
            index=given.index or Path(folder) / "index",
            engine="openai",
            base_url=_NOWHERE,
            retries=0,
        )
        with Assistant(settings) as assistant:
            questions = load(given.facts, given.archive)
            figures = measure(assistant, questions, shows_missing=given.missing)
    print(json.dumps(figures) if given.json else "  ".join(f"{k} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
