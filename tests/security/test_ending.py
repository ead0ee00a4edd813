"""The server ends when it is told to, whatever hangs."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.security.test_connections import connected, whole_question
from tests.security.traced import at_home

ROOT = Path(__file__).parents[2]
# What a server runs whose answers never come, and one whose event loop is stopped by what it waits for.
PROGRAM = """
import sys, threading, time
from assistant import Assistant, Settings
from ui import server

class Hanging(Assistant):
    def stream(self, *asked, **given):
        print("asked", flush=True)
        threading.Event().wait()

if "loop" in sys.argv:
    class Stopped(server.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            print("asked", flush=True)
            while True:
                time.sleep(60)
    server.Server = Stopped
server.serve(Hanging(Settings()), port=0)
"""


@contextmanager
def hanging(home: Path, *arguments: str, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    (home / "documents").mkdir()
    environment = {**os.environ, **at_home(home), "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=home, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: "subprocess.Popen[str]") -> str:
    """What a process tells that is asked to end, and does in time."""
    process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=10.5)[1]


def test_an_answer_that_hangs_does_not_keep_the_server(tmp_path: Path) -> None:
    with hanging(tmp_path) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        with connected(address, whole_question()):
            assert process.stdout.readline() == "asked\n"
            assert "in stream" in ended(process), "where it hung is told"


def test_an_event_loop_that_hangs_does_not_keep_the_server(tmp_path: Path) -> None:
    # The other test waits as long as the server usually does for the answers on their way.
    with hanging(tmp_path, "loop", HEMEROTECA_FAREWELL="1") as process:
        assert process.stdout is not None
        while process.stdout.readline() != "asked\n":
            assert process.poll() is None
        assert "in startup" in ended(process)
