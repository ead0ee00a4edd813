"""A trace as OpenTelemetry spans: one of the whole answer, one of each stage, one of each call of the model.

The spans are made when the answer is finished, with the times that were measured, below whatever span is the
current one. Names and attributes of a call follow OpenTelemetry's conventions for generative AI. They hold
numbers, names and ids; questions, prompts and replies only if `with_text` asks for them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.tracing.record import Trace

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

    from assistant.llms.record import ModelCall

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
