"""What a command asks of the network, seen from outside the process."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import platformdirs
import pytest

_ADDRESS = re.compile(r'inet_(?:addr\("|pton\(AF_INET6, ")([0-9a-fA-F.:]{1,45})"')
_PORT = re.compile(r"sin6?_port=htons\((\d{1,5})\)")
_LOOK_UP = "53"
_CALLS = "connect,sendto,sendmsg,sendmmsg"


def strace() -> str:
    """The program that sees what others ask of the kernel. Skips where it cannot be used."""
    program = shutil.which("strace")
    if program is None:
        pytest.skip("strace is not installed (Debian: apt-get install strace)")
    if subprocess.run([program, "-qq", "-o", os.devnull, "true"], capture_output=True).returncode:
        pytest.skip("strace may not look at other processes here")
    return program


@contextmanager
def traced(command: Sequence[str], home: Path, **options: object) -> Iterator["subprocess.Popen[str]"]:
    """The command with a home folder of its own, ended with the block; it must have asked nobody but this machine."""
    trace = home / "trace"
    observer = [strace(), "-f", "-qq", "-e", f"trace={_CALLS}", "-o", str(trace)]
    with subprocess.Popen(
        [*observer, *command],
        env={**os.environ, **at_home(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # While it writes a trace, strace hears no signal: one to the whole group reaches the command.
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
    assert outside(trace.read_text("utf-8", "replace")) == []


def at_home(home: Path) -> dict[str, str]:
    """Variables with which all that libraries keep for a user lies below `home`; the model that is there is used."""
    cache = home / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    model = cache / "hemeroteca"
    if not model.exists():
        model.symlink_to(platformdirs.user_cache_path("hemeroteca", ensure_exists=True))
    return {"HOME": str(home), "XDG_CACHE_HOME": str(cache)}


def outside(trace: str) -> list[str]:
    """The calls of a trace that look up a name or lead out of this machine."""
    return [line for line in trace.splitlines() if _leads_out(line)]


def _leads_out(line: str) -> bool:
    address, port = _ADDRESS.search(line), _PORT.search(line)
    if address is None:
        return False
    # A socket is connected to nowhere, port 0, to ask the kernel which way it would go: nothing is sent.
    named = ip_address(address[1])
    return (port is not None and port[1] == _LOOK_UP) or not (named.is_loopback or named.is_unspecified)
