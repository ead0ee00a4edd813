"""The model's tokenizer: SentencePiece unigram over NFKC text, offsets into the text as given."""

import unicodedata

from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace, Sequence
from tokenizers.pre_tokenizers import Metaspace

from index.e5.weights import Vocabulary


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A tokenizer that adds no special tokens and never truncates; it takes about a second to build."""
    pieces = list(zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True))
    tokenizer = Tokenizer(Unigram(pieces, unk_id=vocabulary.unknown))
    tokenizer.normalizer = Sequence(
        [
            NFKC(),
            Replace(_any_of("\0" + _replaced_by("", vocabulary)), ""),
            Replace(_any_of(_replaced_by(" ", vocabulary)), " "),
            Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer


def _replaced_by(replacement: str, vocabulary: Vocabulary) -> str:
    """The characters that the model's normaliser replaces so, where plain NFKC does not."""
    return "".join(
        character
        for character, instead in vocabulary.replacements.items()
        if instead == replacement and unicodedata.normalize("NFKC", character) != instead
    )


def _any_of(characters: str) -> Regex:
    return Regex("[" + "".join(f"\\x{{{ord(character):x}}}" for character in characters) + "]")
