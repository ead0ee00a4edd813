"""Whether a word is among others, in another form or by a synonym."""

from collections.abc import Collection

from assistant.extraction.synonyms import synonyms

# Words that begin alike are taken for one: “neoyorquino” and “Nueva York” are not, “Uruguay” and “uruguayo” are.
_ROOT = 5


def holds(stems: Collection[str], root: str, language: str) -> bool:
    """Whether `stems` hold `root`, a stem of `language`, one like it or a synonym."""
    if root in stems:
        return True
    meant = synonyms(language).get(root, frozenset())
    return not meant.isdisjoint(stems) or any(_are_alike(root, other) for other in stems)


def _are_alike(root: str, other: str) -> bool:
    """Whether two stems are of one word, by how they begin or but for a plural that the stemmer leaves."""
    short, long = sorted((root, other), key=len)
    return long in (f"{short}s", f"{short}es") or (len(root) >= _ROOT and root[:_ROOT] == other[:_ROOT])
