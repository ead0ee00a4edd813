"""The evaluation folder: `documents.jsonl` to index, `questions.jsonl` with what is known of the answers."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError

DOCUMENTS = "documents.jsonl"
QUESTIONS = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and what is known of its answer.

    `answers` are wordings of the answer as they stand in the document, `document` is the id of the document
    that holds it, `language` that of the question; each is empty where it is not known.
    """

    id: str
    text: str
    answerable: bool
    answers: tuple[str, ...] = ()
    document: str = ""
    language: str = ""


def load_questions(folder: Path) -> list[GoldQuestion]:
    """The questions of an evaluation folder, in the file's order.

    Raises EvaluationError, naming the file and line, if there are none or one cannot be read.
    """
    path = folder / QUESTIONS
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path} cannot be read ({error}): an evaluation folder holds {DOCUMENTS} and {QUESTIONS}."
        ) from error
    questions = [_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise EvaluationError(f"{path} holds no questions: write one JSON object a line.")
    return questions


def sample(questions: list[GoldQuestion], limit: int | None) -> list[GoldQuestion]:
    """At most `limit` questions, spread evenly over the list so that each part of it is represented."""
    if limit is None or limit >= len(questions):
        return questions
    return [questions[place * len(questions) // limit] for place in range(limit)]


def _question(line: str, where: str) -> GoldQuestion:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise EvaluationError(f"{where} is not JSON ({error}): write one JSON object a line.") from error
    if not isinstance(record, dict) or not str(record.get("question") or "").strip():
        raise EvaluationError(f"{where} has no “question”: each line needs one.")
    if not isinstance(record.get("answerable", True), bool):
        raise EvaluationError(f"{where}: “answerable” must be true or false.")
    return GoldQuestion(
        id=str(record.get("id") or where.rpartition(":")[2]),
        text=str(record["question"]),
        answerable=record.get("answerable", True),
        answers=_answers(record.get("answers"), where),
        document=str(record.get("document_id") or ""),
        language=str(record.get("language") or ""),
    )


def _answers(value: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(answer, str) for answer in value):
        raise EvaluationError(f"{where}: “answers” must be a list of texts.")
    return tuple(answer for answer in value if answer.strip())
