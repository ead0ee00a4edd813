"""The record of an answer: in a file, as OpenTelemetry spans by the real SDK, and nowhere else."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry import trace as telemetry
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.tracing import TraceFile, traced
from tests.model_server import ModelServer, fails, says

QUESTION = "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?"
KEY = "sk-very-secret"
REPLY = "La próxima reunión será el 23 de enero [3]. Costará 900 pesos [3]."


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    """Spans of this process: its tracer provider can be set only once."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    telemetry.set_tracer_provider(provider)
    return exporter


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> InMemorySpanExporter:
    exporter.clear()
    return exporter


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(says(REPLY), says("NO_ANSWER")) as server:
        yield server


def asking(seed: Settings, server: ModelServer, **given: object) -> Assistant:
    changes = {"engine": "openai", "base_url": server.url, "api_key": KEY, "model": "m", "second_look": False}
    changes.update(given)
    return Assistant(Settings(**{**seed.model_dump(), **changes}))


def by_name(spans: InMemorySpanExporter) -> dict[str, list[ReadableSpan]]:
    found: dict[str, list[ReadableSpan]] = {}
    for span in spans.get_finished_spans():
        found.setdefault(span.name, []).append(span)
    return found


def test_a_trace_tells_how_the_answer_came_about(seed: Settings, server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    with asking(seed, server) as archive, traced(archive, path):
        answer = archive.ask(QUESTION)
    (line,) = path.read_text("utf-8").splitlines()
    trace = json.loads(line)
    assert trace["question"] == trace["rewritten"] == QUESTION
    assert trace["model"] == "m"
    assert trace["candidates"][0]["score"] >= trace["candidates"][-1]["score"]
    assert [item["number"] for item in trace["evidence"]][:2] == [1, 2]
    assert [call["purpose"] for call in trace["calls"]] == ["answer", "repair"]
    assert QUESTION in trace["calls"][0]["messages"][-1]["content"]
    assert trace["calls"][0]["reply"] == REPLY
    assert [(v["supported"], v["reason"]) for v in trace["verdicts"]] == [(True, None), (False, "number")]
    assert trace["answer"] == answer.to_dict()
    assert KEY not in line


def test_each_question_adds_a_line_that_only_its_owner_may_read(seed: Settings, tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    with Assistant(seed) as archive, traced(archive, path):
        archive.ask(QUESTION)
        archive.ask("¿Quién es el canciller?")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["question"] for line in lines] == [QUESTION, "¿Quién es el canciller?"]
    assert path.stat().st_mode & 0o077 == 0


def test_after_the_block_nothing_more_is_traced(seed: Settings, tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    with Assistant(seed) as archive:
        with traced(archive, path):
            pass
        archive.ask(QUESTION)
    assert path.read_text("utf-8") == ""


def test_a_trace_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--trace"):
        TraceFile(tmp_path / "missing" / "trace.jsonl")


def test_spans_hold_counts_and_times_and_no_words(
    seed: Settings, server: ModelServer, spans: InMemorySpanExporter
) -> None:
    with asking(seed, server) as archive:
        answer = archive.ask(QUESTION)
    found = by_name(spans)
    assert set(found) == {
        "hemeroteca.answer",
        "hemeroteca.rewrite",
        "hemeroteca.retrieve",
        "hemeroteca.generate",
        "chat m",
    }
    (whole,) = found["hemeroteca.answer"]
    first, repair = found["chat m"]
    assert first.attributes is not None and repair.attributes is not None
    assert first.attributes["gen_ai.usage.input_tokens"] == 7
    assert (first.attributes["hemeroteca.purpose"], repair.attributes["hemeroteca.purpose"]) == (
        "answer",
        "repair",
    )
    assert whole.context is not None
    for span in (first, *found["hemeroteca.retrieve"]):
        assert span.parent is not None and span.parent.span_id == whole.context.span_id
    assert whole.start_time and whole.end_time
    assert (whole.end_time - whole.start_time) / 1e6 == pytest.approx(answer.timings_ms.total, abs=0.01)
    told = " ".join(span.to_json() for span in spans.get_finished_spans())
    assert not any(secret in told for secret in (KEY, "reunión", "próxima", QUESTION))


def test_spans_hold_words_when_asked_to(
    seed: Settings, server: ModelServer, spans: InMemorySpanExporter
) -> None:
    with asking(seed, server, trace_text=True) as archive:
        archive.ask(QUESTION)
    (first, _) = by_name(spans)["chat m"]
    assert first.attributes is not None
    assert first.attributes["hemeroteca.reply"] == REPLY
    assert QUESTION in str(first.attributes["hemeroteca.prompt"])


def test_a_call_that_fails_is_a_span_with_an_error(seed: Settings, spans: InMemorySpanExporter) -> None:
    with ModelServer(fails(401)) as server, asking(seed, server) as archive:
        answer = archive.ask(QUESTION)
    assert answer.fallback is not None and answer.usage is not None and answer.usage.tokens_in == 0
    (call,) = by_name(spans)["chat m"]
    assert call.attributes is not None and call.attributes["error.type"] == "EngineFailed"


def test_tokens_of_all_calls_are_added_up_and_priced(seed: Settings, server: ModelServer) -> None:
    with asking(seed, server, price_in=2.0, price_out=10.0) as archive:
        usage = archive.ask(QUESTION).usage
    assert usage is not None
    assert (usage.calls, usage.tokens_in, usage.tokens_out) == (2, 14, 6)
    assert usage.cost == pytest.approx((14 * 2.0 + 6 * 10.0) / 1e6)


def test_without_a_price_there_is_no_cost_and_without_a_model_no_usage(
    seed: Settings, server: ModelServer
) -> None:
    with asking(seed, server) as archive:
        usage = archive.ask(QUESTION).usage
        assert usage is not None and usage.cost is None
    with Assistant(seed) as archive:
        assert archive.ask(QUESTION).usage is None


def test_ordinary_logs_hold_neither_key_nor_words(
    seed: Settings, server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with asking(seed, server) as archive:
        archive.ask(QUESTION)
    assert KEY not in caplog.text and "reunión" not in caplog.text
