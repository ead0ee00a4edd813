"""What readers thought of answers, as questions with known answers that `hemeroteca evaluate` can ask again."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.conversations import Feedback
from assistant.errors import HemerotecaError
from assistant.evaluation.data import DOCUMENTS, QUESTIONS
from index.document import Document


def export_feedback(
    folder: Path, feedback: Iterable[Feedback], documents: Iterable[Document]
) -> tuple[int, int]:
    """Write an evaluation folder. Returns how many questions it holds, and how many were left out.

    Left out are answers that a reader rejected: what the right answer is, nobody said. Raises HemerotecaError if
    the folder cannot be written.
    """
    given = list(feedback)
    known = [line for item in given if (line := _question(item)) is not None]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_lines(folder / QUESTIONS, known)
        _write_lines(folder / DOCUMENTS, (document.to_dict() for document in documents))
    except OSError as error:
        raise HemerotecaError(
            f"The evaluation folder {folder} cannot be written ({error.strerror}): name another with --export."
        ) from error
    return len(known), len(given) - len(known)


def _question(feedback: Feedback) -> dict[str, Any] | None:
    answer, good = feedback.turn.answer, feedback.verdict == "good"
    if answer["answered"] and not good:
        return None
    citations = answer["citations"] if good else []
    return {
        "id": f"{feedback.conversation}-{feedback.turn.number}",
        "question": feedback.turn.standalone,
        "answers": [_answer(citation) for citation in citations],
        # A refusal that a reader rejected says that the documents do hold an answer.
        "answerable": answer["answered"] or not good,
        "document_id": citations[0]["document"]["id"] if citations else None,
        "language": answer["language"],
        "reason": feedback.reason,
    }


def _answer(citation: dict[str, Any]) -> str:
    focus = citation["focus"]
    quote = str(citation["quote"])
    if focus is None:
        return quote
    return quote[focus["start"] - citation["start"] : focus["end"] - citation["start"]]


def _write_lines(path: Path, values: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), "utf-8")
