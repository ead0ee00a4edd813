"""Real servers that tests start on this machine, and stop again."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def running(command: Sequence[str], answers: Callable[[], bool]) -> Iterator["subprocess.Popen[bytes]"]:
    """A server, from when it first answers to the end of the block."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until(lambda: server.poll() is not None or answers())
            assert server.poll() is None, f"{command[0]} ended with status {server.returncode}"
            yield server
        finally:
            server.terminate()


def wait_until(reached: Callable[[], bool], seconds: float = 60) -> None:
    """Fail if it is not reached in time."""
    pause = threading.Event()
    for _ in range(int(seconds * 20)):
        if reached():
            return
        pause.wait(0.05)
    raise AssertionError("it never came")


@contextmanager
def chroma_server(folder: Path, port: int | None = None) -> Iterator[str]:
    """The URL of a Chroma server that keeps its files in `folder`."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder)]
    with running([*command, "--host", "127.0.0.1", "--port", str(port)], lambda: is_up(url)):
        yield url


def is_up(url: str) -> bool:
    """Whether something speaks HTTP at a URL."""
    try:
        httpx.get(url, timeout=5)
    except httpx.HTTPError:
        return False
    return True
