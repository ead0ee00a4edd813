"""What many questions do to a server: its memory, and its time after two hundred readers asked at once.

    python -m benchmarks.load [QUESTIONS]

Serves the shipped documents by extraction in a process of its own, and asks over the page's own routes, twenty
questions to a conversation and a page. Prints the resident memory on the way (MB), its growth from question 200
on, then what came of 200 readers at once, and the seconds of one question (median of 20) before and after them.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks.asking import QUESTIONS, ROOT
from tests.askers import Asker

SETTLED, TURNS, CROWD = 200, 20, 200


@contextmanager
def server(home: Path) -> Iterator[tuple[int, str]]:
    """The chat as a process of its own: its number and its address."""
    (home / "documents").symlink_to(ROOT / "documents")
    started = subprocess.Popen(
        [sys.executable, "-m", "assistant", "chat", "--port", "0"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HEMEROTECA_ENGINE": "extractive"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with started:
        assert started.stdout is not None
        yield started.pid, started.stdout.readline().split()[-1]
        started.terminate()


def resident(process: int) -> float:
    """The resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def memory(process: int, asker: Asker, questions: int) -> None:
    """Ask one question after another, and print the memory on the way."""
    asked, conversation, session, settled = cycle(QUESTIONS), "", "", 0.0
    for number in range(1, questions + 1):
        if number % TURNS == 1:
            conversation, session = "", secrets.token_hex(5)
        conversation = asker.ask(next(asked), conversation, session).conversation
        if number == SETTLED:
            settled = resident(process)
        if number % SETTLED == 0:
            print(f"question {number}: {resident(process):.0f} MB", flush=True)
    print(f"growth from question {SETTLED} to {questions}: {resident(process) - settled:+.1f} MB")


def usual(asker: Asker) -> float:
    """The median seconds of one question asked alone."""
    return median(asker.ask(question).seconds for question in QUESTIONS * 4)


def crowd(asker: Asker) -> None:
    """Ask with many readers at once, and print what came of it."""
    before = usual(asker)
    replies = asker.ask_at_once(QUESTIONS[0], CROWD)
    answered = [reply.seconds for reply in replies if reply.answered]
    after = usual(asker)
    print(
        f"{CROWD} at once: {len(answered)} answered, {CROWD - len(answered)} told to come back, the last after "
        f"{max(answered):.1f} s, {sum(reply.places > 0 for reply in replies)} shown their place"
    )
    print(f"one alone: {before:.3f} s before, {after:.3f} s after, {after / before:.2f} of it")


def main(questions: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as home, server(Path(home)) as (process, address):
        asker = Asker(f"{address}/es/")
        memory(process, asker, questions)
        crowd(asker)
        asker.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
