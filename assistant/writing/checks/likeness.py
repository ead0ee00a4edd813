"""Whether a word is among others, in another form or by a synonym, whether it says anything or names something."""

from collections.abc import Collection
from functools import cache

from assistant.extraction.names import find_names
from assistant.extraction.synonyms import synonyms
from index.terms import terms

# Words that begin alike are taken for one if little is left of the shorter: “Uruguay” and “uruguayo” are,
# “construcción” and “constitución” are not, nor “Nueva York” and “neoyorquino”.
_ROOT = 5
_ENDING = 2
_LIGHT = (
    "lugar celebrar celebrará celebra llevar cabo realizar realizó encuentra encontrar ubicado ubica llama total "
    "forma parte corresponde place held located called total part consists"
)


def holds(stems: Collection[str], root: str, language: str) -> bool:
    """Whether `stems` hold `root`, a stem of `language`, one like it or a synonym."""
    if root in stems:
        return True
    meant = synonyms(language).get(root, frozenset())
    return not meant.isdisjoint(stems) or any(_are_alike(root, other) for other in stems)


def is_light(root: str, language: str) -> bool:
    """Whether a stem says nothing by itself: a meeting may take place, be held or be found somewhere."""
    return root in _light(language)


def stems_of_names(text: str, language: str) -> set[str]:
    """The stems, in `language`, of the names in a text."""
    return {stem for name in find_names(text) for stem in terms(name.of(text), language)}


@cache
def _light(language: str) -> frozenset[str]:
    return frozenset(terms(_LIGHT, language))


def _are_alike(root: str, other: str) -> bool:
    """Whether two stems are of one word, by how they begin or but for a plural that the stemmer leaves."""
    short, long = sorted((root, other), key=len)
    if long in (f"{short}s", f"{short}es"):
        return True
    return len(short) >= _ROOT and long.startswith(short[: max(_ROOT, len(short) - _ENDING)])
