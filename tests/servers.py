"""Real servers that tests start on this machine, and stop again."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

# Below the ports that a kernel gives to whoever asks for any: between being handed out here and being listened on,
# none of these becomes the near end of somebody's connection. Each is handed out once a run.
_PORTS = iter(random.Random().sample(range(20_000, 32_000), 12_000))


def free_port() -> int:
    """A port of this machine that nobody listens on, another at each call."""
    for port in _PORTS:
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port of this machine is free")


@contextmanager
def running(
    command: Sequence[str], answers: Callable[[], bool], user: str | None = None, **options: Any
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server, from when it first answers to the end of the block; `options` are those of `Popen`."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, **{"stdout": quiet, "stderr": quiet, **options}, user=user) as server:
        try:
            wait_until(lambda: server.poll() is not None or answers())
            assert server.poll() is None, f"{command[0]} ended with status {server.returncode}"
            yield server
        finally:
            # PostgreSQL takes SIGINT for “at once”, but waits for its clients on SIGTERM.
            server.send_signal(signal.SIGINT)


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


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of an empty database in a PostgreSQL server, from Debian's package. Skips if it is not there."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    # PostgreSQL refuses to run as root, whose own folders nobody else can enter.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="hemeroteca-postgres-") as home:
        if user is not None:
            shutil.chown(home, user, user)
        data, port = Path(home) / "data", free_port()
        options = [
            "--auth=trust",
            "--username=hemeroteca",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        command = [str(programs[-1] / "initdb"), f"--pgdata={data}", *options]
        subprocess.run(command, user=user, check=True, capture_output=True, cwd=home)
        url = f"postgresql://hemeroteca@127.0.0.1:{port}/postgres"
        server = [
            str(programs[-1] / "postgres"),
            "-D",
            str(data),
            "-p",
            str(port),
            "-h",
            "127.0.0.1",
            "-k",
            home,
        ]
        with running([*server, "-F"], lambda: accepts(url), user=user):
            yield url


_NGINX = """
{user}
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{ }}
http {{
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi; uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
{http}
}}
"""


@contextmanager
def nginx_server(home: Path, http: str, answers: Callable[[], bool]) -> Iterator[None]:
    """nginx, from Debian's package, with these lines of its `http` block. Skips if it is not there."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(_NGINX.format(home=home, user=user, http=http), "utf-8")
    command = ["nginx", "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
    with running([*command, "-g", "daemon off;"], answers):
        yield


@dataclass(frozen=True)
class Relay:
    """Stands before a PostgreSQL server: `url` leads to its database while `open` lasts, then connections are cut."""

    url: str
    port: int
    target: int

    @contextmanager
    def open(self) -> Iterator[None]:
        held: list[socket.socket] = []
        with socket.create_server(("127.0.0.1", self.port)) as listener:
            thread = threading.Thread(target=self._accept, args=(listener, held), daemon=True)
            thread.start()
            try:
                yield
            finally:
                listener.shutdown(socket.SHUT_RDWR)
                thread.join()
                for each in held:
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                    each.close()

    def _accept(self, listener: socket.socket, held: list[socket.socket]) -> None:
        with contextlib.suppress(OSError):
            while True:
                ends = listener.accept()[0], socket.create_connection(("127.0.0.1", self.target))
                held.extend(ends)
                for source, sink in (ends, ends[::-1]):
                    threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)


def relay_to(url: str) -> Relay:
    """A relay before the database of a URL."""
    parts, port = conninfo_to_dict(url), free_port()
    through = f"postgresql://{parts['user']}@127.0.0.1:{port}/{parts['dbname']}"
    return Relay(through, port, int(str(parts["port"])))


def new_database(server: str) -> str:
    """The URL of a new database in a server."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server.rpartition('/')[0]}/{name}"


def accepts(url: str) -> bool:
    """Whether a PostgreSQL server takes connections."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def is_up(url: str) -> bool:
    """Whether something speaks HTTP at a URL."""
    try:
        httpx.get(url, timeout=5)
    except httpx.HTTPError:
        return False
    return True
