"""A real Ray cluster of several nodes on this machine: what it indexes equals a local build, whoever dies.

pip install ".[ray]" && pytest -m services tests/index/cluster
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.cluster.pipeline import RayPipeline
from index.errors import ClusterFailed
from index.sync.build import Builder
from index.sync.indexer import Progress, Step
from tests.archives import TestArchive, assert_equals_fresh_build, fill
from tests.embedders import HashEmbedder

pytestmark = [
    pytest.mark.services,
    # Ray's own, of its own parts and of files that its processes keep open.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PROJECT = Path(__file__).parents[3]
MEMORY = 80 * 1024**2  # bytes of each node's object store: the least that Ray takes


class Machines:
    """A cluster of a head and as many other nodes as are asked for, all on loopback."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        head = {"num_cpus": 1, "include_dashboard": False, **self._options()}
        self._cluster: Any = Cluster(initialize_head=True, connect=False, head_node_args=head)
        self.address = str(self._cluster.address)

    def add(self) -> Any:
        return self._cluster.add_node(num_cpus=1, **self._options())

    def kill(self, node: Any) -> None:
        """End a node's processes at once."""
        self._cluster.remove_node(node, allow_graceful=False)

    def end(self) -> None:
        self._cluster.shutdown()

    def _options(self) -> dict[str, Any]:
        return {"node_ip_address": "127.0.0.1", "object_store_memory": MEMORY}


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    with pytest.MonkeyPatch.context() as environment:
        # Both are read when ray is first imported: no report to its makers, and no address but loopback.
        environment.setenv("RAY_USAGE_STATS_ENABLED", "0")
        environment.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        pytest.importorskip("ray", reason="Ray is not installed: pip install “.[ray]”")
        running = Machines()
        yield running
        running.end()


def on(machines: Machines, archive: TestArchive, progress: Callable[[Progress], None]) -> Builder:
    pipeline = RayPipeline(machines.address, HashEmbedder, archive.embedder)
    return replace(archive.builder(progress), pipeline=pipeline)


def fill_variously(archive: TestArchive) -> None:
    """Small files, a file of many documents, ids that several files use, and files that cannot be read."""
    fill(archive, 150)
    archive.write_lines("many.jsonl", {f"m{n}": f"Noticia {n}. " * 20 for n in range(200)})
    archive.write_lines("a.jsonl", {"x": "La noticia según a."})
    archive.write_lines("b.jsonl", {"x": "La noticia según b.", "y": "Otra noticia."})
    archive.write("broken.json", "[" * 100)
    archive.write("empty.jsonl", "")


def test_an_index_made_by_several_nodes_equals_one_made_here_though_a_node_is_killed(
    machines: Machines, archive: TestArchive, tmp_path: Path
) -> None:
    fill_variously(archive)
    doomed = [machines.add()]
    machines.add()

    def progress(step: Progress) -> None:
        if step.step is Step.STORED and doomed:
            machines.kill(doomed.pop())

    report = on(machines, archive, progress).sync()
    assert not doomed
    assert report.added == 150 + 200 + 2
    assert "broken.json" in [skip.path for skip in report.skipped]
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_only_what_changed_is_embedded(machines: Machines, archive: TestArchive, tmp_path: Path) -> None:
    fill_variously(archive)
    archive.sync()
    archive.write_lines("many.jsonl", {f"m{n}": f"Noticia {n}. " * 20 for n in range(201)})
    archive.write("0003.txt", "Una noticia corregida.")
    (archive.root / "a.jsonl").unlink()
    steps: list[Progress] = []
    report = on(machines, archive, steps.append).sync()
    assert (report.added, report.changed, report.removed) == (2, 1, 1)
    assert [step.name for step in steps if step.step is Step.STORED] == ["0003.txt", "x", "m200"]
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_run_whose_driver_is_killed_goes_on_from_where_it_was(
    machines: Machines, archive: TestArchive, tmp_path: Path
) -> None:
    fill(archive, 150)
    command = [
        sys.executable,
        "-m",
        "tests.index.cluster.driver",
        str(archive.folder),
        machines.address,
        "40",
    ]
    killed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    steps: list[Progress] = []
    on(machines, archive, steps.append).sync(wait=True)
    stored = [step for step in steps if step.step is Step.STORED]
    assert 100 <= len(stored) <= 111
    assert_equals_fresh_build(archive, tmp_path / "fresh")


def test_a_node_with_another_engine_ends_the_run_in_words(machines: Machines, archive: TestArchive) -> None:
    archive.write("a.txt", "Una noticia.")
    builder = replace(
        archive.builder(), pipeline=RayPipeline(machines.address, HashEmbedder, HashEmbedder("another"))
    )
    with pytest.raises(ClusterFailed, match="same version of Hemeroteca on every node"):
        builder.sync()


def test_the_command_indexes_on_the_cluster_it_is_given(machines: Machines, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("La reunión será el 23 de enero en Washington.", "utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "assistant", "index", "--ray", machines.address, "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout)["added"] == 1
