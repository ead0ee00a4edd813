"""Everything that led to an answer, as one plain value. It holds text of documents; it never holds a key."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Evidence, document_reference
from index.filters import DocumentFilter

if TYPE_CHECKING:
    from assistant.finding.confidence import RatedPassage
    from assistant.finding.found import Route
    from assistant.finding.retrieval import Candidate
    from assistant.llms.record import ModelCall
    from assistant.prove.verdicts import Judged


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about. `began` is in seconds since the epoch; `candidates` are ranked chunks.

    `model` is what the engine asked for, None without one. `threshold` is the confidence that an answer needed, and
    `sure_threshold` one without a warning. `rated` are the chunks that were read, with what their confidence rests on.
    """

    answer: Answer
    began: float
    model: str | None
    wanted: DocumentFilter
    threshold: float
    sure_threshold: float = 1.0
    route: "Route" = "passages"
    candidates: "tuple[Candidate, ...]" = ()
    rated: "tuple[RatedPassage, ...]" = ()
    evidence: tuple[Evidence, ...] = ()
    calls: "tuple[ModelCall, ...]" = ()
    judged: "tuple[Judged, ...]" = ()

    def to_dict(self) -> dict[str, Any]:
        """The object that `--trace` writes."""
        return {
            "began": _moment(self.began),
            "question": self.answer.question,
            "rewritten": self.answer.standalone,
            "model": self.model,
            "filters": {name: _plain(value) for name, value in asdict(self.wanted).items()},
            "route": self.route,
            "threshold": self.threshold,
            "sure_threshold": self.sure_threshold,
            "candidates": [_candidate(candidate) for candidate in self.candidates],
            "passages": [_passage(rated) for rated in self.rated],
            "evidence": [_evidence(item) for item in self.evidence],
            "calls": [_call(call) for call in self.calls],
            "verdicts": [_verdict(judged) for judged in self.judged],
            "answer": self.answer.to_dict(),
        }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _candidate(candidate: "Candidate") -> dict[str, Any]:
    chunk = candidate.chunk
    return {
        "chunk": chunk.id,
        "document": chunk.document,
        "start": chunk.span.start,
        "end": chunk.span.end,
        "score": candidate.score,
        "words": candidate.proposal.bm25,
        "similarity": candidate.proposal.similarity,
        "match": candidate.proposal.match_score,
        "best_sentence": float(candidate.sentence_similarities.max()),
    }


def _passage(rated: "RatedPassage") -> dict[str, Any]:
    """What the reader says of a passage, and the features that its confidence rests on."""
    passage = rated.passage
    return {
        "document": passage.document.id,
        "start": passage.span.start,
        "end": passage.span.end,
        "headings": list(passage.headings),
        "confidence": rated.chance,
        "features": dict(rated.features),
        "answers": [
            {"text": answer.span.of(passage.document.text), "start": answer.span.start, "score": answer.score}
            for answer in passage.spans
        ],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "number": item.number,
        "document": document_reference(item.document),
        "start": item.span.start,
        "end": item.span.end,
        "quote": item.quote,
        "score": item.score,
        "similarity": item.similarity,
    }


def _call(call: "ModelCall") -> dict[str, Any]:
    prompt = [{"role": role, "content": text} for role, text in call.messages]
    return {**asdict(call), "began": _moment(call.began), "messages": prompt}


def _verdict(judged: "Judged") -> dict[str, Any]:
    verdict = judged.verdict
    return {
        "text": judged.text,
        "cited": list(judged.cited),
        "supported": verdict.is_proved,
        "reason": verdict.reason,
        "detail": verdict.detail,
    }
