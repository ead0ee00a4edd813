"""How an answer came about: one record of it, as a line of a file and as OpenTelemetry spans."""

from assistant.tracing.file import TraceFile, traced
from assistant.tracing.record import Trace
from assistant.tracing.spans import emit_spans

__all__ = ["Trace", "TraceFile", "emit_spans", "traced"]
