"""Names of a sentence that stand nowhere in its evidence."""

import re
from calendar import day_name, month_name
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.checks.proof import Proof
from index.terms import fold, stop_words

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*(?:\.[^\W\d_]+)*|[.!?:…«“\"¿¡(\n-]")
# Between the parts of one name: "Juan Ramón de la Fuente".
_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "of", "the", "da", "do", "dos", "du", "des", "von", "van", "y"}
)
# English writes these with a capital; they are dates, not names.
_CALENDAR = frozenset(fold(name) for name in (*month_name, *day_name))
_ALIASES = (
    (re.compile(r"\bEE\.?\s?UU\.?|\bEUA\b"), "Estados Unidos"),
    (re.compile(r"\bU\.\s?S\.(?:\s?A\.)?|\bUSA?\b"), "United States"),
)
_DEMONYM = re.compile(r"(?:an|ian|ean|ese|ish)s?$")
_SAME_ROOT = 5
_COGNATE = 0.75


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words. `certain` is false for one that only begins a sentence."""

    words: tuple[str, ...]
    certain: bool

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words).casefold()


def find_names(text: str, language: str) -> list[Name]:
    """The names in `text`, particles left out, in order."""
    names: list[Name] = []
    words: list[str] = []
    opening, starts_with_opening = True, False
    for token in _TOKEN.findall(_spelled_out(text)):
        capital = token[0].isupper() and (token.isupper() or fold(token) not in stop_words(language))
        if capital and fold(token) not in _CALENDAR:
            starts_with_opening = opening if not words else starts_with_opening
            words.append(_bare(token))
        elif words and fold(token) not in _PARTICLES:
            names.append(Name(tuple(words), len(words) > 1 or not starts_with_opening))
            words = []
        opening = not token[0].isalnum()
    if words:
        names.append(Name(tuple(words), len(words) > 1 or not starts_with_opening))
    return names


def missing_name(claim: str, language: str, proofs: Sequence[Proof]) -> str | None:
    """The first name of `claim` with a word that stands in no proof, nor in its context."""
    known, foreign, initials = set[str](), set[str](), set[str]()
    for proof in proofs:
        text = _spelled_out(f"{proof.quote}\n{proof.context}")
        known |= {fold(_bare(token)) for token in _TOKEN.findall(text)}
        initials |= {name.initials for name in find_names(text, proof.language)}
        if proof.language != language:
            foreign |= known
    for name in find_names(claim, language):
        told = name.initials in known or fold(name.text) in initials
        if (
            name.certain
            and not told
            and not all(_stands_in(fold(word), known, foreign) for word in name.words)
        ):
            return name.text
    return None


def _stands_in(word: str, known: set[str], foreign: set[str]) -> bool:
    candidates = known if _DEMONYM.search(word) else foreign
    return word in known or any(_are_cognate(word, other) for other in candidates)


def _are_cognate(word: str, other: str) -> bool:
    """Whether two words of different languages look like one name: Mexican and México."""
    if word[:_SAME_ROOT] == other[:_SAME_ROOT] and len(word) >= _SAME_ROOT:
        return True
    return word[:1] == other[:1] and SequenceMatcher(None, word, other).ratio() >= _COGNATE


def _spelled_out(text: str) -> str:
    for pattern, name in _ALIASES:
        text = pattern.sub(name, text)
    return text


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)
