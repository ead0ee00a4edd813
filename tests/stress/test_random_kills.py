"""Kills the indexer at random moments, again and again, over a folder that keeps changing.

pytest -m stress tests/stress                          # 10 kills
HEMEROTECA_STRESS_KILLS=200 pytest -m stress tests/stress
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.archives import TestArchive, assert_equals_fresh_build, content, fill

PROJECT = Path(__file__).parents[2]
KILLS = int(os.environ.get("HEMEROTECA_STRESS_KILLS", "10"))
# How many kills pass between two comparisons with a fresh build.
ROUND = 5


def change(archive: TestArchive, chance: random.Random, number: int) -> None:
    """Change, remove and add documents: enough that Chroma writes its segment while it may be killed."""
    archive.write_lines(
        "many.jsonl", {str(n): f"Noticia {n}, versión {number}. Algo más." for n in range(1200)}
    )
    for file in chance.sample(sorted(archive.root.glob("*.txt")), 5):
        file.unlink()
    for n in range(10):
        archive.write(f"{chance.randrange(100):04}.txt", f"La noticia {n} de la vuelta {number}. Y nada más.")


def run_and_kill(archive: TestArchive, mode: str, chance: random.Random) -> bool:
    """Index in a child process and kill it at a random moment; whether it was still running."""
    command = [sys.executable, "-m", "tests.crashing", str(archive.folder), mode, "never"]
    child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(chance.random() * 4)
    child.kill()
    _, errors = child.communicate()
    assert child.returncode in (0, -signal.SIGKILL), errors.decode()
    return child.returncode != 0


def assert_complete(archive: TestArchive) -> int:
    """Every document in the index has all that belongs to it, and the index opens; how many there are."""
    held = content(archive.live.get().store)
    chunks, full_text, _ = held["counts"][0]
    assert chunks == full_text
    assert {row[1] for row in held["chunks"]} == {row[0] for row in held["documents"]}
    return len(held["documents"])


@pytest.mark.stress
def test_after_random_kills_the_index_answers_and_the_next_run_equals_a_fresh_build(tmp_path: Path) -> None:
    chance = random.Random(2026)
    archive = TestArchive(tmp_path / "archive")
    fill(archive, 40)
    archive.write_lines("many.jsonl", {str(n): f"Noticia {n}. Algo más." for n in range(1200)})
    archive.sync()
    archive.close()
    kills = 0
    while kills < KILLS:
        change(archive, chance, kills)
        mode = "rebuild" if chance.random() < 0.2 else "sync"
        kills += run_and_kill(archive, mode, chance)
        assert assert_complete(archive) > 1200
        archive.close()
        if kills % ROUND == 0:
            archive.sync(wait=True)
            shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
            assert_equals_fresh_build(archive, tmp_path / "fresh")
            archive.close()
