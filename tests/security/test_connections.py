"""Nobody keeps others out by saying nothing, half of it, or by not listening."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from assistant import Assistant, Settings
from assistant.people.keys import Keys
from tests.security.traced import at_home
from tests.servers import wait_until
from tests.ui.conftest import served

DESCRIPTORS = 512
ESTABLISHED = "01"  # as /proc/net/tcp tells it
QUESTION = {"question": "¿Quién es el canciller de México?"}
BODY = json.dumps(QUESTION).encode()
HALF_A_HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """All time limits are short."""
    monkeypatch.setattr("ui.connections.HEAD_SECONDS", 0.5)
    monkeypatch.setattr("ui.connections.STALLED_SECONDS", 0.5)
    monkeypatch.setattr("ui.access.bodies.SECONDS", 0.5)


@contextmanager
def connected(address: str, sent: bytes = b"") -> Iterator[socket.socket]:
    """A connection to a server, by which something was sent."""
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=60) as made:
        made.sendall(sent)
        yield made


def whole_question(key: str = "", announced: int | None = None) -> bytes:
    """A question to the API, which may announce more than comes."""
    head = [
        "POST /api/ask HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {announced or len(BODY)}",
        *([f"Authorization: Bearer {key}"] if key else []),
    ]
    return "\r\n".join([*head, "", ""]).encode() + BODY


def half_sent(key: str = "", announced: int | None = None) -> bytes:
    """A question that stops in the middle."""
    return whole_question(key, announced)[:-10]


def rest(connection: socket.socket) -> bytes:
    """All that the server still sends before it closes the connection."""
    with connection.makefile("rb") as file:
        return file.read()


def test_eight_questions_that_are_half_sent_hold_nobody(seed: Settings) -> None:
    with Assistant(seed) as assistant, served(assistant) as address, ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(connected(address, half_sent()))
        answer = httpx.post(f"{address}/api/ask", json=QUESTION, timeout=60)
        assert answer.json()["answered"]


@pytest.mark.usefixtures("hurried")
def test_a_body_that_does_not_come_is_waited_for_no_longer_than_a_while(seed: Settings) -> None:
    with Assistant(seed) as assistant, served(assistant) as address, connected(address, half_sent()) as late:
        reply = rest(late)
    assert reply.startswith(b"HTTP/1.1 408")
    assert b'"code":"timeout"' in reply


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("said", [b"", HALF_A_HEAD, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET"])
def test_a_head_that_does_not_come_is_waited_for_no_longer_than_a_while(seed: Settings, said: bytes) -> None:
    with Assistant(seed) as assistant, served(assistant) as address, connected(address, said) as silent:
        assert rest(silent).count(b"HTTP/1.1 200") == said.count(b"\r\n\r\n")


@pytest.mark.usefixtures("hurried")
def test_answers_that_nobody_reads_are_given_up(seed: Settings) -> None:
    with Assistant(seed) as assistant, served(assistant) as address, closing(socket.socket()) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", int(urlsplit(address).port or 0)))
        deaf.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 500)
        wait_until(lambda: not holds(deaf.getpeername()[1], deaf.getsockname()[1]))


def holds(near: int, far: int) -> bool:
    """Whether a socket of this machine holds a connection from one port of it to another."""
    ends = (f":{near:04X} ", f":{far:04X} {ESTABLISHED} ")
    return any(all(end in line for end in ends) for line in Path("/proc/net/tcp").read_text().splitlines())


def test_a_head_without_end_is_refused(seed: Settings) -> None:
    endless = HALF_A_HEAD + b"a" * 200_000
    with Assistant(seed) as assistant, served(assistant) as address, connected(address, endless) as talker:
        assert b"HTTP/1.1 400" in talker.recv(100)


def test_what_one_reader_sends_at_once_is_bounded_and_others_go_on(seed: Settings) -> None:
    keys = Keys(seed.keys)
    one, other = keys.add("one"), keys.add("other")
    with Assistant(seed) as assistant, served(assistant) as address, ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(connected(address, half_sent(one, 12 * 1024**2)))
        status = {
            name: httpx.post(
                f"{address}/api/ask", json=QUESTION, headers={"authorization": f"Bearer {key}"}, timeout=60
            ).status_code
            for name, key in (("one", one), ("other", other))
        }
    assert status == {"one": 503, "other": 200}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of a chat that has few descriptors, and its process."""
    home = tmp_path_factory.mktemp("small")
    (home / "documents").mkdir()
    (home / "documents" / "nota.txt").write_text("El puente se inauguró el 3 de mayo de 2021.\n", "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "chat", "--port", "0"],
        cwd=home,
        env={**os.environ, **at_home(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS)),
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1], process
        process.kill()


def test_silent_connections_use_up_no_descriptors_and_give_way_to_who_asks(
    small: tuple[str, "subprocess.Popen[str]"],
) -> None:
    address, process = small
    with ExitStack() as stack:
        for _ in range(1050):
            stack.enter_context(connected(address))
        question = {"question": "¿Cuándo se inauguró el puente?"}
        assert httpx.post(f"{address}/api/ask", json=question, timeout=120).json()["answered"]
        assert len(list(Path(f"/proc/{process.pid}/fd").iterdir())) < DESCRIPTORS - 64


def test_sigterm_ends_the_server_in_time_though_an_answer_hangs_and_connections_stay(
    small: tuple[str, "subprocess.Popen[str]"],
) -> None:
    address, process = small
    with connected(address, half_sent()), connected(address), connected(address, HALF_A_HEAD):
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
