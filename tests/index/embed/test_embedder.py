from pathlib import Path

import numpy as np
import pytest

from index.embed import open_embedder, unit
from index.embed.e5.engine import E5Embedder
from index.embed.e5.weights import default_cache


def test_vectors_are_scaled_to_length_one_and_zero_stays_zero() -> None:
    scaled = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert scaled.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]


def test_e5_opens_with_the_cache_it_is_given(e5: E5Embedder, e5_cache: Path) -> None:
    embedder = open_embedder("e5", model="unused", base_url=None, api_key=None, cache=e5_cache)
    assert f"{embedder.identity}+bits-2" == e5.identity
    assert embedder.embed_query("hola").shape == (embedder.dimensions,)
    assert [path.suffix for path in e5_cache.iterdir()] == [".onnx"]


def test_the_default_cache_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "hemeroteca"
