"""A small server that speaks OpenAI's embeddings protocol, to be told how to behave."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = tuple[int, Any]


def rows(vectors: list[list[Any]]) -> Answer:
    """A proper reply that holds these vectors."""
    data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(vectors)]
    return 200, {
        "object": "list",
        "model": "m",
        "data": data,
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


def letters(texts: list[str]) -> Answer:
    """Vectors that tell texts apart: how often each has a, e, o, and its length."""
    return rows([[text.count("a"), text.count("e"), text.count("o"), len(text)] for text in texts])


@dataclass
class EmbeddingServer:
    """What to answer to a request's texts, and what was asked."""

    url: str
    answer: Callable[[list[str]], Answer] = letters
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    @property
    def texts(self) -> list[list[str]]:
        return [request["input"] for request in self.requests]


@contextmanager
def embedding_server() -> Iterator[EmbeddingServer]:
    state = EmbeddingServer("")
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, state))
    state.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, state: EmbeddingServer, *arguments: Any) -> None:
        self.state = state
        super().__init__(*arguments)

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.requests.append(request)
        self.state.keys.append(self.headers["Authorization"])
        status, reply = self.state.answer(request["input"])
        body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("retry-after-ms", "1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test's output is its own."""
