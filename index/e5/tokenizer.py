"""The model's tokenizer: SentencePiece unigram over NFKC text."""

import unicodedata
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, normalizers
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace
from tokenizers.pre_tokenizers import Metaspace

from index.e5.weights import Vocabulary

_SPECIAL = frozenset({"<s>", "<pad>", "</s>", "<unk>", "<mask>"})
# The normaliser drops it, so that a piece which holds it is never found in a text.
_CONTROL = "\0"


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A tokenizer that adds no special tokens and never truncates; building it takes about a second.

    A text that spells a special token, such as `</s>`, gets ordinary tokens for it.
    """
    pieces = [_CONTROL + piece if piece in _SPECIAL else piece for piece in vocabulary.pieces]
    scored = list(zip(pieces, vocabulary.scores.tolist(), strict=True))
    tokenizer = Tokenizer(Unigram(scored, unk_id=vocabulary.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [
            NFKC(),
            Replace(_any_of(_CONTROL + _beyond_nfkc("", vocabulary)), ""),
            Replace(_any_of(_beyond_nfkc(" ", vocabulary)), " "),
            Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer


def token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The token ids of each text, in the order given."""
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]


def _beyond_nfkc(replacement: str, vocabulary: Vocabulary) -> str:
    """The characters for which the model's normaliser puts `replacement`, and plain NFKC does not."""
    return "".join(
        character
        for character, instead in vocabulary.replacements.items()
        if instead == replacement and unicodedata.normalize("NFKC", character) != instead
    )


def _any_of(characters: str) -> Regex:
    return Regex("[" + "".join(f"\\x{{{ord(character):x}}}" for character in characters) + "]")
