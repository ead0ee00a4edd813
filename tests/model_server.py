"""A small OpenAI-compatible server that does as it is told, over real HTTP, for tests of the engines."""

import json
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

Behaviour = Callable[["Exchange"], None]
MODEL = "test-model"


class Exchange(BaseHTTPRequestHandler):
    """One request and what is sent back. Behaviours are written in terms of its `send_*` methods."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        owner = self.server.owner
        owner.requests.append(body)
        owner.keys.append(self.headers.get("authorization", ""))
        owner.next_behaviour()(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read what matters from the server's lists."""

    def send_body(self, status: int, kind: str, body: str, **headers: str) -> None:
        """A whole response at once."""
        data = body.encode()
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def send_error_object(
        self, status: int, code: str = "", message: str = "told to fail", **headers: str
    ) -> None:
        """A failure in OpenAI's form."""
        body = json.dumps({"error": {"message": message, "type": "error", "code": code}})
        self.send_body(status, "application/json", body, **headers)

    def start_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def send_event(self, data: str) -> None:
        line = f"data: {data}\n\n".encode()
        self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
        self.wfile.flush()

    def send_token(self, text: str, finish: str | None = None) -> None:
        delta = {"content": text} if text else {}
        self.send_chunk([{"index": 0, "delta": delta, "finish_reason": finish}])

    def send_chunk(self, choices: list[dict[str, Any]], usage: dict[str, int] | None = None) -> None:
        kind = "chat.completion.chunk"
        chunk = {"id": "1", "object": kind, "created": 0, "model": MODEL, "choices": choices, "usage": usage}
        self.send_event(json.dumps(chunk))

    def end_stream(self) -> None:
        self.send_event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def wait_until_abandoned(self) -> None:
        """Block until the client closes the connection, then tell the server's owner."""
        self.connection.settimeout(20)
        if self.connection.recv(1) == b"":
            self.server.owner.abandoned.set()
        self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: "ModelServer"


class ModelServer:
    """Serves at `url` while it is entered. Each request takes the next behaviour; the last one stays."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = list(behaviours)
        self._http = _Server(("127.0.0.1", 0), Exchange)
        self._http.owner = self
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.abandoned = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def next_behaviour(self) -> Behaviour:
        return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]

    def prompt(self, request: int = 0) -> str:
        """The last message of a request."""
        content: str = self.requests[request]["messages"][-1]["content"]
        return content

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def says(*tokens: str, finish: str | None = "stop") -> Behaviour:
    """Stream `tokens`, then the finish reason and the token counts."""

    def behave(exchange: Exchange) -> None:
        exchange.start_stream()
        for token in tokens:
            exchange.send_token(token)
        if finish is not None:
            exchange.send_token("", finish)
            exchange.send_chunk([], {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10})
        exchange.end_stream()

    return behave


def fails(
    status: int, code: str = "", message: str = "told to fail", retry_after: str | None = None
) -> Behaviour:
    """Answer with an HTTP failure."""
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return lambda exchange: exchange.send_error_object(status, code, message, **headers)


def sends(kind: str, body: str) -> Behaviour:
    """Answer 200 with a body of another kind: a login page, broken JSON."""
    return lambda exchange: exchange.send_body(200, kind, body)


def streams(events: Sequence[str]) -> Behaviour:
    """Stream raw event data."""

    def behave(exchange: Exchange) -> None:
        exchange.start_stream()
        for event in events:
            exchange.send_event(event)
        exchange.end_stream()

    return behave


def cut_after(*tokens: str) -> Behaviour:
    """Stream `tokens` and close the connection without ending the stream."""

    def behave(exchange: Exchange) -> None:
        exchange.start_stream()
        for token in tokens:
            exchange.send_token(token)
        exchange.close_connection = True

    return behave


def stalls_after(*tokens: str) -> Behaviour:
    """Stream `tokens`, then nothing more until the client leaves. With no tokens, never answer at all."""

    def behave(exchange: Exchange) -> None:
        if tokens:
            exchange.start_stream()
        for token in tokens:
            exchange.send_token(token)
        exchange.wait_until_abandoned()

    return behave


def trickles(token: str, seconds: float) -> Behaviour:
    """Stream `token` again and again, one every `seconds`, until the client leaves."""

    def behave(exchange: Exchange) -> None:
        exchange.start_stream()
        never = Event()
        try:
            while not never.wait(seconds):
                exchange.send_token(token)
        except (BrokenPipeError, ConnectionResetError):
            exchange.server.owner.abandoned.set()
            exchange.close_connection = True

    return behave
