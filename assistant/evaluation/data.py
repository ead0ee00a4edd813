"""The files of an evaluation: documents and questions with known answers, what came of each, and readers' feedback.

`documents.jsonl` is indexed, `questions.jsonl` says what is known of the answers; `--out` writes outcomes that
`--compare` reads; `hemeroteca feedback` writes such a folder from what readers thought of answers.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError, HemerotecaError
from assistant.people.conversations import Feedback
from index.document import Document

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


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A quote that was put before the engine: its document and its offsets there."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what was found and what was answered.

    Ranks count from 1 and are None where the gold was not within the first ten. What cannot be told of a
    question, having no gold of that kind, is None too: `span_in_quotes`, `token_recall`, … Of the sentences that a
    model wrote, repairs included, `unsupported` were dropped; `first_ms` is when the first one was shown.
    """

    id: str
    question: str
    gold: tuple[str, ...]
    gold_document: str
    answerable: bool
    answered: bool
    confidence: float
    language: str
    document_rank: int | None
    chunk_rank: int | None
    span_in_quotes: bool | None
    span_in_2_quotes: bool | None
    quotes: tuple[QuotePlace, ...]
    text: str
    token_recall: float | None
    f1: float | None
    exact: bool | None
    citations: int
    citations_verified: int
    cites_gold_document: bool | None
    language_right: bool | None
    retrieve_ms: float
    total_ms: float
    first_ms: float = 0.0
    written: int = 0
    unsupported: int = 0
    fell_back: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None


def write_outcomes(path: Path, outcomes: Iterable[Outcome], *, append: bool = False) -> Iterator[Outcome]:
    """The outcomes, each after its line is in the file. Raises EvaluationError if that cannot be written."""
    try:
        with path.open("a" if append else "w", encoding="utf-8") as file:
            for outcome in outcomes:
                file.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                file.flush()
                yield outcome
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written ({error}): name another file with --out.") from error


def read_outcomes(path: Path) -> list[Outcome]:
    """What `write_outcomes` wrote. Raises EvaluationError for any other file."""
    try:
        return [_outcome(json.loads(line)) for line in path.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EvaluationError(
            f"{path} is not a file of outcomes ({error}): --compare takes the file that another run wrote "
            "with --out."
        ) from error


def _outcome(record: dict[str, Any]) -> Outcome:
    quotes = tuple(QuotePlace(**quote) for quote in record["quotes"])
    return Outcome(**{**record, "gold": tuple(record["gold"]), "quotes": quotes})


def export_feedback(
    folder: Path, feedback: Iterable[Feedback], documents: Iterable[Document]
) -> tuple[int, int]:
    """Write an evaluation folder. Returns how many questions it holds, and how many were left out.

    Left out are answers that a reader rejected: what the right answer is, nobody said. Raises HemerotecaError if
    the folder cannot be written.
    """
    given = list(feedback)
    known = [line for item in given if (line := _question_asked(item)) is not None]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_lines(folder / QUESTIONS, known)
        _write_lines(folder / DOCUMENTS, (document.to_dict() for document in documents))
    except OSError as error:
        raise HemerotecaError(
            f"The evaluation folder {folder} cannot be written ({error.strerror}): name another with --export."
        ) from error
    return len(known), len(given) - len(known)


def _question_asked(feedback: Feedback) -> dict[str, Any] | None:
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
