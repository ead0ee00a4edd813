from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.document import Span
from index.embed import Passage, embed_distinct, open_embedder, unit
from index.embed.e5.cache import default_cache
from index.embed.e5.engine import E5Embedder


def _codes(texts: Sequence[str]) -> NDArray[np.float32]:
    """A vector a text, different for different texts."""
    return np.array([[len(text), *text.encode()[:8].ljust(8)] for text in texts], np.float32).reshape(-1, 9)


@st.composite
def _passages(draw: st.DrawFn) -> Passage:
    text = draw(st.text("ab ", max_size=12))
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=4))
    return Passage(text, tuple(Span(start, end) for start, end in spans))


@given(st.lists(_passages(), max_size=5))
def test_every_passage_and_sentence_gets_the_vector_of_its_text(passages: list[Passage]) -> None:
    found = embed_distinct(passages, _codes)
    assert len(found) == len(passages)
    for passage, vectors in zip(passages, found, strict=True):
        np.testing.assert_array_equal(vectors.chunk, _codes([passage.text])[0])
        words = [span.of(passage.text) for span in passage.sentences]
        np.testing.assert_array_equal(vectors.sentences, _codes(words))


@given(st.lists(_passages(), max_size=5))
def test_no_text_is_embedded_twice(passages: list[Passage]) -> None:
    seen: list[str] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return _codes(texts)

    embed_distinct(passages, embed)
    assert len(seen) == len(set(seen))


def test_vectors_are_scaled_to_length_one_and_zero_stays_zero() -> None:
    scaled = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert scaled.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]


def test_e5_opens_with_the_cache_it_is_given(e5: E5Embedder, e5_cache: Path) -> None:
    embedder = open_embedder("e5", model="unused", base_url=None, api_key=None, cache=e5_cache)
    assert embedder.identity == e5.identity
    assert embedder.embed_query("hola").shape == (embedder.dimensions,)
    assert [path.suffix for path in e5_cache.iterdir()] == [".onnx"]


def test_the_default_cache_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "hemeroteca"
