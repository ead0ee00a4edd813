"""Indexes an archive and kills itself, with SIGKILL, at a named step; run as a process of its own.

    python -m tests.crashing FOLDER (sync|rebuild) STEP [COUNT [URL]]

With a URL, the store is in that PostgreSQL database.

The process dies the COUNT-th time that it reaches the step; it ends with status 0 if it never does.
"""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import chromadb

from index.embed import Embedded
from index.store.home import FolderHome
from index.store.postgres.home import PostgresHome
from index.store.sqlite import file
from index.sync.indexer import Progress, Step
from tests.archives import TestArchive
from tests.embedders import HashEmbedder

IN_THE_STORE = ("read", "embedded", "transaction", "commit", "stored", "file")
IN_CHROMA = ("upsert", "during upsert", "upserted", "delete", "during delete", "deleted", "settle")
AROUND_THE_SWITCH = ("switch", "switched")


class Bomb:
    """Kills the process the `count`-th time that `step` is reached."""

    def __init__(self, step: str, count: int) -> None:
        self.step, self.left = step, count

    def reach(self, step: str) -> None:
        if self.is_due(step):
            os.kill(os.getpid(), signal.SIGKILL)

    def light(self, step: str) -> None:
        """Kill the process shortly, while it does what it does next."""
        if self.is_due(step):
            victim = os.getpid()
            if os.fork() == 0:
                time.sleep(0.002)
                os.kill(victim, signal.SIGKILL)
                os._exit(0)

    def is_due(self, step: str) -> bool:
        self.left -= step == self.step
        return step == self.step and self.left == 0


class Embedder(HashEmbedder):
    def __init__(self, bomb: Bomb) -> None:
        super().__init__()
        self.bomb = bomb

    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        self.bomb.reach("read")
        vectors = super().embed_passages(texts)
        self.bomb.reach("embedded")
        return vectors


def plant(bomb: Bomb) -> None:
    """Put the bomb around what SQLite, Chroma and the switch of generations do."""

    def before(owner: type, name: str, step: str, then: Callable[[str], None], done: str = "") -> None:
        original = getattr(owner, name)

        def wrapped(*arguments: Any, **options: Any) -> Any:
            bomb.reach(step)
            then(f"during {step}")
            result = original(*arguments, **options)
            bomb.reach(done)
            return result

        setattr(owner, name, wrapped)

    before(chromadb.Collection, "upsert", "upsert", bomb.light, "upserted")
    before(chromadb.Collection, "delete", "delete", bomb.light, "deleted")
    before(FolderHome, "switch", "switch", bomb.light, "switched")
    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda statement: bomb.reach(step_of(statement)))
        return connection

    file.sqlite3.connect = traced  # type: ignore[attr-defined]


def step_of(statement: str) -> str:
    if statement.startswith("INSERT INTO full_text"):
        return "transaction"
    if statement.startswith("DELETE FROM outbox"):
        return "settle"
    return "commit" if statement == "COMMIT" else ""


def main(folder: Path, mode: str, step: str, count: int, url: str) -> None:
    bomb = Bomb(step, count)
    plant(bomb)
    home = PostgresHome(url, folder / "index") if url else None
    archive = TestArchive(folder, Embedder(bomb), home=home)
    names = {Step.STORED: "stored", Step.READ: "file"}

    def reached(progress: Progress) -> None:
        bomb.reach(names.get(progress.step, ""))

    builder = archive.builder(reached)
    print("begins", flush=True)
    (builder.rebuild if mode == "rebuild" else builder.sync)(wait=True)
    archive.close()


if __name__ == "__main__":
    folder, mode, step, count, url = (*sys.argv[1:], *("", "", "", "1", "")[len(sys.argv) - 1 :])
    main(Path(folder), mode, step, int(count), url)
