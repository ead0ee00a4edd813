"""The model's tokenizer: SentencePiece unigram over NFKC text."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from tokenizers import Encoding, Regex, Tokenizer, normalizers
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Normalizer, Replace
from tokenizers.pre_tokenizers import Metaspace

from index.embed.e5.weights import ModelFile, Vocabulary, bundled_model

_SPECIAL = frozenset({"<s>", "<pad>", "</s>", "<unk>", "<mask>"})
# The normaliser drops it, so that a piece which holds it is never found in a text.
_CONTROL = "\0"
_WORDS = Metaspace()
# Characters that are not worth building the whole tokenizer for: a question and the passages beside it. A process that
# reads on is quicker with the whole.
_SHORT = 20_000

_WORD_BEGINS = "\N{LOWER ONE EIGHTH BLOCK}"
_SHORTEST = 2  # letters


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text by their ids, and where each begins and ends in it."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class E5Tokenizer:
    """Text to token ids: adds no special tokens and never truncates. Safe to call from several threads.

    A text that spells a special token, such as `</s>`, gets ordinary tokens for it.
    """

    def __init__(self, model: ModelFile, *, short: int = _SHORT) -> None:
        """Up to `short` characters in all are read without the whole vocabulary, which takes a second to build."""
        vocabulary, self.model = model.vocabulary, model
        self._pieces = [_CONTROL + piece if piece in _SPECIAL else piece for piece in vocabulary.pieces]
        self._scores = vocabulary.scores.tolist()
        self._ids = {piece: number for number, piece in enumerate(self._pieces)}
        self._longest = max(map(len, self._pieces))
        # A character that no piece has is rated by these two.
        self._always = (vocabulary.unknown, self._scores.index(min(self._scores)))
        self._normalizer = _normalizer(vocabulary)
        self._building = Lock()
        self._whole: Tokenizer | None = None
        self._left = short  # characters that are still read without it

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, in the order given."""
        if self._whole is None:
            self._left -= sum(map(len, texts))
            if self._left >= 0:
                return self._tokens_of_short(texts)
        return [_tokens(encoding) for encoding in _encoded(self.whole(), texts)]

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, in the order given."""
        return [tokens.ids for tokens in self.tokens(texts)]

    def counts(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has."""
        return list(map(len, self.ids(texts)))

    def whole(self) -> Tokenizer:
        """The tokenizer with every piece; building it takes about a second."""
        with self._building:
            if self._whole is None:
                self._whole = self._of(range(len(self._pieces)))
            return self._whole

    def _tokens_of_short(self, texts: Sequence[str]) -> list[Tokens]:
        """The same tokens by the pieces that stand in the texts alone, built in no time."""
        words = (word for text in texts for word, _ in _WORDS.pre_tokenize_str(self._normalized(text)))
        found = {self._ids[part] for word in words for part in self._parts(word) if part in self._ids}
        chosen = [*self._always, *sorted(found - set(self._always))]
        short = map(_tokens, _encoded(self._of(chosen), texts))
        return [Tokens([chosen[number] for number in tokens.ids], tokens.offsets) for tokens in short]

    def _normalized(self, text: str) -> str:
        normalized: str = self._normalizer.normalize_str(text)
        return normalized

    def _parts(self, word: str) -> Iterator[str]:
        """Every stretch of a word that may be a piece."""
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                yield word[start:end]

    def _of(self, numbers: Sequence[int]) -> Tokenizer:
        """A tokenizer of these pieces, whose ids are their places in `numbers`."""
        pieces = [(self._pieces[number], self._scores[number]) for number in numbers]
        tokenizer = Tokenizer(Unigram(pieces, unk_id=numbers.index(self._always[0])))
        tokenizer.normalizer = self._normalizer
        tokenizer.pre_tokenizer = _WORDS
        return tokenizer


_open: WeakValueDictionary[Path, E5Tokenizer] = WeakValueDictionary()
_opening = Lock()


def open_tokenizer() -> E5Tokenizer:
    """The tokenizer of the installed model, with its file. Whoever opens it while another holds it gets the same one.

    Raises EmbeddingFailed when the package that carries the model is missing or unreadable.
    """
    path = bundled_model()
    with _opening:
        tokenizer = _open.get(path)
        if tokenizer is None:
            tokenizer = _open[path] = E5Tokenizer(ModelFile(path))
        return tokenizer


def _encoded(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    return list(tokenizer.encode_batch(texts, add_special_tokens=False))


def _tokens(encoding: Encoding) -> Tokens:
    return Tokens(encoding.ids, encoding.offsets)


def _normalizer(vocabulary: Vocabulary) -> Normalizer:
    """NFKC and what the model's own normaliser does beyond it."""
    return normalizers.Sequence(
        [
            NFKC(),
            Replace(_any_of(_CONTROL + _beyond_nfkc("", vocabulary)), ""),
            Replace(_any_of(_beyond_nfkc(" ", vocabulary)), " "),
            Replace(Regex(" {2,}"), " "),
        ]
    )


def _beyond_nfkc(replacement: str, vocabulary: Vocabulary) -> str:
    """The characters for which the model's normaliser puts `replacement`, and plain NFKC does not."""
    return "".join(
        character
        for character, instead in vocabulary.replacements.items()
        if instead == replacement and unicodedata.normalize("NFKC", character) != instead
    )


def _any_of(characters: str) -> Regex:
    return Regex("[" + "".join(f"\\x{{{ord(character):x}}}" for character in characters) + "]")


def is_written_small(word: str) -> bool:
    """Whether a word with a capital is mostly written without; False for a word that the vocabulary has not whole."""
    return word.lower() in _small_words()


@cache
def _small_words() -> frozenset[str]:
    """The words that the vocabulary has in small letters, and less likely with a capital."""
    vocabulary = open_tokenizer().model.vocabulary
    scores = {
        piece[1:]: score
        for piece, score in zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True)
        if piece.startswith(_WORD_BEGINS) and len(piece) > _SHORTEST and piece[1:].isalpha()
    }
    return frozenset(
        word
        for word, score in scores.items()
        if word.islower() and score > scores.get(word.capitalize(), float("-inf"))
    )
