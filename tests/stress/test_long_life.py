"""An archive that lives: files come and go, indexers run, are killed and find no room, while questions are asked.

pytest -m stress tests/stress/test_long_life.py                                  # half a minute
HEMEROTECA_STRESS_SECONDS=1200 pytest -m stress tests/stress/test_long_life.py
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from assistant.people.conversations import Conversations
from index.filters import EVERYTHING
from index.store.lookup import full_text
from tests.archives import TestArchive, assert_equals_fresh_build, fill, question
from tests.stress.test_random_kills import PROJECT, assert_complete, run_and_kill

SECONDS = float(os.environ.get("HEMEROTECA_STRESS_SECONDS", "30"))
MOST_FILES = 400
MORE_MEMORY = 150_000_000  # bytes, beyond what it takes once all has been done a few times
MORE_DESCRIPTORS = 12


class Life:
    """What happens to one archive, by a seeded chance; this process reads it all the time, as a server does."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.archive = TestArchive(folder)
        self.conversations = Conversations(folder / "conversations.sqlite3")
        self.conversation: str | None = None
        self.turns = 0
        self.chance = random.Random(seed)
        fill(self.archive, 40)
        self.archive.sync()

    def add(self) -> None:
        for _ in range(10):
            number = self.chance.randrange(MOST_FILES)
            self.archive.write(
                f"{number:04}.txt", f"La noticia número {number}, {self.chance.random()}. Y nada más."
            )

    def remove(self) -> None:
        files = sorted(self.archive.root.glob("*.txt"))
        for file in self.chance.sample(files, len(files) // 10):
            file.unlink()

    def index(self) -> None:
        self.archive.sync(wait=True)

    def ask(self) -> None:
        index = self.archive.live.get()
        index.tend()
        index.vectors.search(question(self.archive, self.chance.randrange(MOST_FILES)), 10, EVERYTHING)
        assert full_text(index.store, ["notici"], 10, EVERYTHING) is not None
        answer = {"text": "Sí. " * 50}
        self.conversation, self.turns = self.conversations.add_turn(
            self.conversation, "¿Qué pasó?", "", answer
        )

    def kill(self) -> None:
        run_and_kill(self.archive, self.chance.choice(["sync", "rebuild"]), self.chance)
        assert_complete(self.archive)

    def fill_disk(self) -> None:
        """Index where no file may grow beyond a size, which ends as on a full disk."""
        command = [sys.executable, "-m", "tests.crashing", str(self.archive.folder), "sync", "never"]
        limited = [
            "bash",
            "-c",
            f'ulimit -f {self.chance.choice([40, 200, 1000])}; exec "$@"',
            "bash",
            *command,
        ]
        ended = subprocess.run(limited, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert ended.returncode in (0, 1), ended.stderr
        assert ended.returncode == 0 or "HemerotecaError" in ended.stderr or "DiskFull" in ended.stderr, (
            ended.stderr
        )
        assert_complete(self.archive)

    def step(self) -> None:
        steps: list[Callable[[], None]] = [self.add, self.remove, self.index, self.kill, self.fill_disk]
        self.chance.choice([*steps, *[self.ask] * 5])()


def resident() -> int:
    """Bytes of memory that this process takes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def opened() -> int:
    """How many descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.stress
def test_after_a_long_life_nothing_is_lost_and_nothing_has_grown(tmp_path: Path) -> None:
    life = Life(tmp_path / "archive", 2026)
    for step in (life.add, life.index, life.ask, life.kill, life.fill_disk, life.ask):
        step()
    memory, descriptors = resident(), opened()
    until = monotonic() + SECONDS
    while monotonic() < until:
        life.step()
    assert opened() <= descriptors + MORE_DESCRIPTORS
    assert resident() <= memory + MORE_MEMORY
    life.archive.sync(allow_mass_removal=True)
    assert_equals_fresh_build(life.archive, tmp_path / "fresh")
    assert len(life.conversations.turns(life.conversation or "")) == life.turns > 0
    life.conversations.close()
    life.archive.close()
