from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from index.embed.e5.cache import cached


class Builder:
    """Counts how often it was asked to build."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return self.content


def test_the_content_is_built_once_and_read_afterwards(tmp_path: Path) -> None:
    build = Builder(b"graph")
    path = tmp_path / "deep" / "graph.onnx"
    assert [cached(path, build) for _ in range(3)] == [b"graph"] * 3
    assert build.calls == 1


@pytest.mark.parametrize("damage", [lambda kept: kept[:-1], lambda kept: kept[:-1] + b"?", lambda kept: b""])
def test_a_damaged_file_is_built_anew_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: type[bytes]
) -> None:
    path = tmp_path / "graph.onnx"
    cached(path, Builder(b"graph"))
    path.write_bytes(damage(path.read_bytes()))
    build = Builder(b"graph")
    assert cached(path, build) == cached(path, build) == b"graph"
    assert build.calls == 1
    assert "damaged" in caplog.text


def test_builders_at_the_same_time_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.onnx"
    together = Barrier(4)

    def build() -> bytes:
        together.wait(timeout=30)
        return b"graph" * 100_000

    with ThreadPoolExecutor(4) as workers:
        results = list(workers.map(lambda _: cached(path, build), range(4)))
    assert set(results) == {b"graph" * 100_000}
    assert list(tmp_path.iterdir()) == [path]
    unused = Builder(b"")
    assert cached(path, unused) == b"graph" * 100_000
    assert unused.calls == 0


def test_a_folder_that_cannot_be_written_costs_only_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert cached(blocked / "graph.onnx", Builder(b"graph")) == b"graph"
    assert "cannot be kept" in caplog.text
    assert blocked.read_text() == "not a folder"
