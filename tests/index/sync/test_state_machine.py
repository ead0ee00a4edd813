"""Whatever happens to the folder and to the runs, an index that is in step equals a fresh build."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import chromadb
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from index.embed import Embedded
from index.sync.indexer import Progress, Step
from tests.archives import TestArchive, assert_equals_fresh_build
from tests.embedders import HashEmbedder

NAMES = st.sampled_from(["a.txt", "b.txt", "sub/c.txt", "d.md", "e.jsonl", "f.jsonl"])
TEXTS = st.sampled_from(
    ["El alcalde habló.", "Llovió en Lima. Y nevó.", "# Título\n\nUna frase. Otra frase."]
)
IDS = st.sampled_from(["x", "y", "a.txt"])


class Crash(BaseException):
    """Stands for the end of the process: nothing in the product catches it."""


class CrashingEmbedder(HashEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        raise Crash


class IndexMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.archive = TestArchive(self.folder / "archive")
        self.clock = 1_700_000_000
        self.checks = 0

    @initialize(count=st.integers(0, 3))
    def begin(self, count: int) -> None:
        for number in range(count):
            self.put(f"first/{number}.txt", f"La primera noticia número {number}.")

    def put(self, name: str, text: str) -> None:
        # A clock of its own: two edits within one tick of the real one could look alike.
        self.clock += 40_000
        file = self.archive.write(name, text)
        os.utime(file, (self.clock, self.clock))

    def files(self) -> list[Path]:
        return sorted(file for file in self.archive.root.rglob("*") if file.is_file() and file.stat().st_size)

    @rule(name=NAMES, text=TEXTS, ids=st.lists(IDS, min_size=1, max_size=3))
    def write(self, name: str, text: str, ids: list[str]) -> None:
        if name.endswith(".jsonl"):
            self.archive.write_lines(name, dict.fromkeys(ids, text))
            self.put(name, (self.archive.root / name).read_text("utf-8"))
        else:
            self.put(name, text)

    @rule()
    def write_what_cannot_be_read(self) -> None:
        # A name of its own: where there was text, the last good version stays, which no fresh build knows.
        self.put("empty.txt", "")

    @precondition(lambda self: self.files())
    @rule(data=st.data(), to=NAMES)
    def rename(self, data: st.DataObject, to: str) -> None:
        file = data.draw(st.sampled_from(self.files()))
        target = self.archive.root / Path(to).with_suffix(file.suffix)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            file.rename(target)

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.files())).unlink()

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        self.clock += 40_000
        os.utime(data.draw(st.sampled_from(self.files())), (self.clock, self.clock))

    @rule(identity=st.sampled_from(["hash-1", "hash-2"]))
    def configure(self, identity: str) -> None:
        self.archive.embedder = HashEmbedder(identity)

    @rule()
    def crash_before_embedding(self) -> None:
        embedder = self.archive.embedder
        self.archive.embedder = CrashingEmbedder(embedder.identity)
        self.run_into_crash()
        self.archive.embedder = embedder

    @rule(step=st.sampled_from([Step.EMBEDDED, Step.STORED, Step.READ]), count=st.integers(1, 4))
    def crash_at(self, step: Step, count: int) -> None:
        left = count

        def reached(progress: Progress) -> None:
            nonlocal left
            left -= progress.step == step
            if left == 0:
                raise Crash

        self.run_into_crash(reached)

    @rule()
    def crash_in_chroma(self) -> None:
        with mock.patch.object(chromadb.Collection, "upsert", side_effect=Crash):
            self.run_into_crash()

    def run_into_crash(self, *progress: object) -> None:
        try:
            self.archive.builder(*progress).sync(allow_mass_removal=True)  # type: ignore[arg-type]
        except Crash:
            self.archive.close()

    @rule()
    def run(self) -> None:
        self.archive.sync(allow_mass_removal=True)
        self.checks += 1
        assert_equals_fresh_build(self.archive, self.folder / f"fresh-{self.checks}")

    @rule()
    def rebuild(self) -> None:
        self.archive.builder().rebuild(allow_mass_removal=True)

    def teardown(self) -> None:
        self.run()
        self.archive.close()
        shutil.rmtree(self.folder)


IndexMachine.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnIndexThatIsInStepEqualsAFreshBuild = IndexMachine.TestCase
