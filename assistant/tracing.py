"""How an answer came about: one record of it, as a line of a file and as OpenTelemetry spans.

The record holds text of documents; it never holds a key. The spans are made when the answer is finished, with the times
that were measured, below whatever span is the current one. Names and attributes of a call follow OpenTelemetry's
conventions for generative AI. They hold numbers, names and ids; questions, prompts and replies only if `with_text` asks
for them.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Evidence, Timings, document_reference
from assistant.errors import SettingsError
from index.filters import DocumentFilter

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

    from assistant.assistant import Assistant
    from assistant.finding.confidence import RatedPassage
    from assistant.finding.found import Route
    from assistant.finding.retrieval import Candidate
    from assistant.llms.record import ModelCall
    from assistant.prove.proof import Judged


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


Attributes = Mapping[str, str | int | float | bool]
_NANOSECONDS = 1_000_000_000


def emit_spans(trace: Trace, *, with_text: bool = False) -> None:
    """Hand the spans to the program's tracer provider; nothing happens without OpenTelemetry or without one."""
    try:
        from opentelemetry import trace as telemetry
    except ImportError:
        return
    tracer = telemetry.get_tracer("hemeroteca")
    answer = trace.answer
    whole = tracer.start_span(
        "hemeroteca.answer", start_time=_nano(trace.began), attributes=_of_answer(trace, with_text)
    )
    with telemetry.use_span(whole, end_on_exit=False):
        moment = trace.began
        for stage, spent in (
            ("rewrite", answer.timings_ms.rewrite),
            ("retrieve", answer.timings_ms.retrieve),
            ("generate", answer.timings_ms.generate),
        ):
            _emit(tracer, f"hemeroteca.{stage}", moment, spent, _of_stage(trace, stage))
            moment += spent / 1000
        for call in trace.calls:
            _emit(tracer, f"chat {trace.model}", call.began, call.total_ms, _of_call(trace, call, with_text))
    whole.end(_nano(trace.began + answer.timings_ms.total / 1000))


def _emit(tracer: "Tracer", name: str, began: float, spent_ms: float, attributes: Attributes) -> None:
    span = tracer.start_span(name, start_time=_nano(began), attributes=attributes)
    span.end(_nano(began + spent_ms / 1000))


def _nano(seconds: float) -> int:
    return int(seconds * _NANOSECONDS)


def _of_answer(trace: Trace, with_text: bool) -> Attributes:
    answer = trace.answer
    said = {"hemeroteca.question": answer.question, "hemeroteca.text": answer.text} if with_text else {}
    cost = None if answer.usage is None else answer.usage.cost
    return {
        "hemeroteca.engine": answer.engine,
        "hemeroteca.language": answer.language,
        "hemeroteca.answered": answer.answered,
        "hemeroteca.confidence": answer.confidence,
        "hemeroteca.citations": len(answer.citations),
        "hemeroteca.dropped": len(answer.dropped),
        "hemeroteca.fell_back": answer.fallback is not None,
        **({} if cost is None else {"hemeroteca.cost": cost}),
        **said,
    }


def _of_stage(trace: Trace, stage: str) -> Attributes:
    match stage:
        case "rewrite":
            return {"hemeroteca.rewritten": trace.answer.standalone != trace.answer.question}
        case "retrieve":
            return {
                "hemeroteca.candidates": len(trace.candidates),
                "hemeroteca.evidence": len(trace.evidence),
            }
    return {"hemeroteca.sentences": len(trace.answer.sentences)}


def _of_call(trace: Trace, call: "ModelCall", with_text: bool) -> Attributes:
    said = (
        {"hemeroteca.prompt": "\n\n".join(text for _, text in call.messages), "hemeroteca.reply": call.reply}
        if with_text
        else {}
    )
    counts = {
        "gen_ai.usage.input_tokens": call.tokens_in,
        "gen_ai.usage.output_tokens": call.tokens_out,
        "hemeroteca.first_word_ms": call.first_ms,
    }
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": trace.model or "",
        "hemeroteca.purpose": call.purpose,
        **({"error.type": "EngineFailed"} if call.failure else {}),
        **{name: count for name, count in counts.items() if count is not None},
        **said,
    }


class TraceFile:
    """Appends traces to `path`, which only its owner may read: it holds what was asked and quoted."""

    def __init__(self, path: Path) -> None:
        """Make the file if it is not there. Raises SettingsError if it cannot be written."""
        self._path = path
        self._append("")

    def __call__(self, trace: Trace) -> None:
        """Write one trace. Raises SettingsError if the file cannot be written any more."""
        self._append(json.dumps(trace.to_dict(), ensure_ascii=False) + "\n")

    def _append(self, line: str) -> None:
        try:
            with open(self._path, "a", encoding="utf-8", opener=_private) as file:
                file.write(line)
        except OSError as error:
            raise SettingsError(
                f"The trace cannot be written to {self._path} ({error}): name another file with --trace."
            ) from error


@contextmanager
def traced(assistant: "Assistant", path: Path | None) -> Iterator[None]:
    """While it lasts, the answers' traces are appended to the file, if there is one. Raises SettingsError."""
    if path is None:
        yield
        return
    with assistant.tracing_to(TraceFile(path)):
        yield


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Stopwatch:
    """Runs from its making. `began` is that moment in seconds since the epoch."""

    def __init__(self) -> None:
        self.began = time()
        self._start = self._lap = monotonic()
        self._spent: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Note what the stage that ends now has taken since the one before it; `stage` is a name of Timings."""
        now = monotonic()
        self._spent[stage] = 1000 * (now - self._lap)
        self._lap = now

    def first(self) -> None:
        """Note that the reader sees the first sentence now, if none came before."""
        self._spent.setdefault("first", self._since_start())

    def timings(self) -> Timings:
        """What was noted, and the time since the start."""
        return Timings(**self._spent, total=self._since_start())

    def _since_start(self) -> float:
        return 1000 * (monotonic() - self._start)
