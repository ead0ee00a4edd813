"""Two real chats of one archive behind a real nginx, on this machine."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.servers import free_port, is_up, nginx_server, running

PROJECT = Path(__file__).parents[2]
# What the documentation hands out and tells to run.
CONFIGURATION = PROJECT / "docs" / "replicas.nginx.conf"
GUIDE = PROJECT / "docs" / "scaling.md"
PASSWORD = "correcto caballo"
# nginx's one worker writes a request down before it takes up the next: `served_last` rests on that.
_LOG = """
    log_format served "$uri $upstream_addr";
    access_log {home}/access.log served;
    server {{ listen 127.0.0.1:{sentinel}; access_log off; return 204; }}
"""


@dataclass(frozen=True)
class Documented:
    """The lines of the guide's section: what they export, the commands before a chat, the ports of the chats."""

    exports: dict[str, str]
    commands: list[list[str]]
    ports: list[str]


def documented() -> Documented:
    _, _, after = GUIDE.read_text("utf-8").partition("\n## Several replicas\n")
    blocks = re.findall(r"```text\n(.*?)```", after.partition("\n## ")[0], re.S)
    lines = [shlex.split(line) for block in blocks for line in block.splitlines()]
    exports = dict(words[1].split("=", 1) for words in lines if words[0] == "export")
    commands = [words[1:] for words in lines if words[0] == "hemeroteca"]
    assert len(exports) + len(commands) == len(lines)
    chats = [words for words in commands if words[0] == "chat"]
    assert all(words[:2] == ["chat", "--port"] for words in chats)
    others = [words for words in commands if words[0] != "chat"]
    return Documented(exports, others, [words[2] for words in chats])


@dataclass
class Cluster:
    """Replicas by port, which can be killed and started again, and the address of the nginx before them."""

    home: Path
    settings: Mapping[str, str]
    ports: tuple[int, ...]
    port: int
    sentinel: int
    stack: ExitStack
    chats: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *arguments: str, replica: int = 0, given: str = "") -> str:
        """Run a command of hemeroteca on the machine of a replica; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            cwd=self._machine(replica),
            env=self._environment(),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def revive(self) -> None:
        """Start the replicas that do not run, and wait until nginx leads to each."""
        self.start()
        for port in self.ports:
            self.cookie_to(port)

    def cookie_to(self, port: int) -> str:
        """A cookie with which nginx leads to a replica; it passes one over for seconds after it missed it."""
        for cookie in map(str, range(5000)):
            httpx.get(f"{self.address}/healthz", cookies={"replica": cookie})
            if self.served_last("/healthz") == port:
                return cookie
        raise AssertionError(f"nginx never led to {port}")

    def start(self) -> None:
        """Start the replicas that do not run."""
        for number, port in enumerate(self.ports):
            if port not in self.chats or self.chats[port].poll() is not None:
                self.chats[port] = self.stack.enter_context(self._chat(number, port))

    def kill(self, port: int) -> None:
        """What a machine does that loses its power."""
        self.chats[port].send_signal(signal.SIGKILL)
        self.chats[port].wait()

    def served_last(self, path: str) -> int:
        """The port of the replica that answered the last request for a path that ends so."""
        httpx.get(f"http://127.0.0.1:{self.sentinel}")  # answered once all before it are in the log
        lines = (line.split(" ", 1) for line in (self.home / "access.log").read_text().splitlines())
        served = [upstreams for uri, upstreams in lines if uri.endswith(path)]
        return int(served[-1].rpartition(":")[2])

    @contextmanager
    def _chat(self, number: int, port: int) -> Iterator["subprocess.Popen[bytes]"]:
        command = [sys.executable, "-m", "assistant", "chat", "--port", str(port)]
        log = self.stack.enter_context((self._machine(number) / "log").open("ab"))
        ready = f"http://127.0.0.1:{port}/readyz"
        with running(
            command, lambda: is_up(ready), cwd=self._machine(number), env=self._environment(), stderr=log
        ) as chat:
            yield chat

    def _machine(self, number: int) -> Path:
        machine = self.home / f"machine{number}"
        machine.mkdir(exist_ok=True)
        return machine

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(PROJECT), **self.settings}


@contextmanager
def replicas(home: Path, database: str, chroma: str, **settings: str) -> Iterator[Cluster]:
    """Two chats over copies of the shipped documents, each on a machine with no files of its own, and nginx."""
    home.chmod(0o755)
    shutil.copytree(PROJECT / "documents", home / "documents")
    guide = documented()
    assert {"HEMEROTECA_STORE", "HEMEROTECA_VECTORS"} <= guide.exports.keys()
    common = {
        **guide.exports,
        "HEMEROTECA_DOCUMENTS": str(home / "documents"),
        "HEMEROTECA_STORE": database,
        "HEMEROTECA_VECTORS": chroma,
        "HEMEROTECA_ENGINE": "extractive",
        **settings,
    }
    with ExitStack() as stack:
        ports = {written: free_port() for written in guide.ports}
        cluster = Cluster(home, common, tuple(ports.values()), free_port(), free_port(), stack)
        for words in guide.commands:
            reads = "<" in words
            cluster.command(*words[: words.index("<") if reads else None], given=f"{PASSWORD}\n" * reads)
        cluster.start()
        stack.enter_context(_nginx(cluster, ports))
        yield cluster


@contextmanager
def _nginx(cluster: Cluster, ports: Mapping[str, int]) -> Iterator[None]:
    configuration = CONFIGURATION.read_text("utf-8").replace(
        "listen 80;", f"listen 127.0.0.1:{cluster.port};"
    )
    for written, port in ports.items():
        assert f"127.0.0.1:{written}" in configuration
        configuration = configuration.replace(f"127.0.0.1:{written}", f"127.0.0.1:{port}")
    log = _LOG.format(home=cluster.home, sentinel=cluster.sentinel)
    with nginx_server(cluster.home, log + configuration, lambda: is_up(f"{cluster.address}/healthz")):
        yield


def new_reader(cluster: Cluster) -> httpx.Client:
    """A client with cookies of its own."""
    return httpx.Client(base_url=cluster.address, timeout=30, headers={"accept": "text/html"})
