"""Which words are no names: what the model's vocabulary, of a hundred languages, tells of how they are written."""

from functools import cache

from index.embed.e5.weights import ModelFile, bundled_model

_WORD_BEGINS = "\N{LOWER ONE EIGHTH BLOCK}"
_SHORTEST = 2  # letters


def is_written_small(word: str) -> bool:
    """Whether a word with a capital is mostly written without; False for a word that the vocabulary has not whole."""
    return word.lower() in _small_words()


@cache
def _small_words() -> frozenset[str]:
    """The words that the vocabulary has in small letters, and less likely with a capital."""
    vocabulary = ModelFile(bundled_model()).vocabulary
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
