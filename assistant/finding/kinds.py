"""Which documents people call by a noun: by the kind of file, its folder, its name, or a series of like titles."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.document import Listed
from index.language.lists import file_endings, listing_phrases
from index.language.terms import fold, stem, words

_FIGURES = re.compile(r"\d+")
# So many alike are no chance.
_FEWEST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """The documents of a kind, by id. `sure` tells whether the archive itself groups them so.

    Of one that is not sure some documents merely begin with the noun. `everything` says that any document is called so.
    """

    documents: frozenset[str]
    sure: bool
    everything: bool = False


def kind_of(noun: str, language: str, catalogue: Sequence[Listed]) -> Kind | None:
    """What the archive has of the kind that a folded noun names; None if that is nothing."""
    root = stem(noun, language)
    ids = {document.id for document in catalogue if _is_grouped(document, noun, root, language)}
    ids |= _series(root, language, catalogue)
    by_name = {
        document.id for document in catalogue if _first(PurePosixPath(document.path).stem, language) == root
    }
    if len(by_name) >= _FEWEST_ALIKE:
        ids |= by_name
    if ids:
        return Kind(frozenset(ids), sure=True)
    if (noun,) in listing_phrases("document"):
        return Kind(frozenset(document.id for document in catalogue), sure=True, everything=True)
    loosely = by_name | {document.id for document in catalogue if _first(document.title, language) == root}
    return Kind(frozenset(loosely), sure=False) if loosely else None


def _is_grouped(document: Listed, noun: str, root: str, language: str) -> bool:
    """Whether the file is of that kind, or its folder is called so."""
    path = PurePosixPath(document.path)
    if path.suffix.removeprefix(".").lower() in file_endings(noun):
        return True
    return any(root in stems_of_name(folder, language) for folder in path.parts[:-1])


def _series(root: str, language: str, catalogue: Iterable[Listed]) -> set[str]:
    """The documents whose titles are alike but for their figures, and hold the noun: “Parte de intervención 3”."""
    patterns = {
        document.id: pattern
        for document in catalogue
        if (pattern := _FIGURES.sub("#", fold(document.title))) != fold(document.title)
    }
    alike = Counter(patterns.values())
    return {
        id_
        for id_, pattern in patterns.items()
        if alike[pattern] >= _FEWEST_ALIKE and root in stems_of_name(pattern, language)
    }


def _first(text: str, language: str) -> str:
    return next(iter(stems_of_name(text, language)), "")


def stems_of_name(text: str, language: str) -> list[str]:
    """The stems of all words of a name of documents, folders or columns, which underscores may join."""
    return [stem(word, language) for word in words(text.replace("_", " "))]
