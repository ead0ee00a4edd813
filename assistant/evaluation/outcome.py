"""What came of one question: the line that `--out` writes and `--compare` reads."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError


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
