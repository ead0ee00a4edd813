"""Which documents a question means: those of a kind, those that speak of a subject, the one that it names."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from index.document import Listed, Span
from index.filters import DocumentFilter
from index.language.lists import file_endings, listed_words, listing_phrases
from index.language.mentions import find_names
from index.language.terms import LANGUAGES, fold, identifiers, is_stop_word, stem, terms, words
from index.store.lookup import chunk_texts, chunks_holding
from index.store.store import Store

_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
# So many alike are no chance.
_FEWEST_ALIKE = 3
# A shorter last word (“Plan A”) names nothing by itself.
_SHORTEST_SURNAME = 4
# A file's name as a question writes it: without spaces, with its suffix.
_FILE = re.compile(r"(?<!\S)[«“\"'(]?(?P<name>[^\s«»“”\"'()?!,;]+\.[a-z]\w{0,4})(?!\w)", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of several folded words, whose last may stand for all of it."""

    before: frozenset[str]
    last: str

    def stands_in(self, text: str) -> bool:
        """Whether a text has the last word with nothing of another name before it: not “Pedro Ruiz” for “Ana Ruiz”."""
        previous = ""
        for word in _WORD.findall(text):
            if fold(word) == self.last and (not previous[:1].isupper() or fold(previous) in self.before):
                return True
            previous = word
        return False


def documents_naming(store: Store, subject: str, wanted: DocumentFilter) -> dict[str, list[str]]:
    """The documents that speak of a subject, oldest first, each with the ids of the chunks that do.

    All that pass the filter where the subject has no words of its own.
    """
    names = [name for span in find_names(subject) if (name := _name(span.of(subject)))]
    needless = frozenset[str]().union(*(name.before for name in names))
    content = [
        word for word in dict.fromkeys(words(subject)) if not is_stop_word(word) and word not in needless
    ]
    languages = [language for language in store.languages() if language in LANGUAGES] or ["es"]
    groups = [[*{stem(word, language) for language in languages}] for word in content]
    holding = chunks_holding(store, [*groups, *([term] for term in identifiers(subject))], wanted)
    for name in names:
        texts = chunk_texts(store, [id_ for ids in holding.values() for id_ in ids])
        holding = {
            document: spoken for document, ids in holding.items() if (spoken := _naming(name, ids, texts))
        }
    return holding


def _naming(name: _Name, ids: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    return [id_ for id_ in ids if name.stands_in(texts.get(id_, ""))]


def _name(text: str) -> _Name | None:
    telling = [word for word in words(text) if not is_stop_word(word)]
    if len(telling) < 2 or len(telling[-1]) < _SHORTEST_SURNAME or not telling[-1].isalpha():
        return None
    return _Name(frozenset(telling[:-1]), telling[-1])


def words_naming(text: str, subject: Sequence[str], language: str) -> int:
    """How many stems of a subject a text holds."""
    return len(set(subject) & {stem(word, language) for word in words(text)})


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a question names, where in it, the ids of the documents in the file and the first one's title."""

    span: Span
    documents: tuple[str, ...]
    title: str

    def titled(self, question: str) -> str:
        """The question with the title of what is in the file, by which it is read, for the file's name."""
        return question[: self.span.start] + self.title + question[self.span.end :]


def named_file(question: str, documents: Iterable[Listed]) -> NamedFile | None:
    """The first file of the archive that a question names by file name or path, whatever the case.

    `documents` are read only where a word looks like the name of a file.
    """
    matches = list(_FILE.finditer(question))
    if not matches:
        return None
    by_name: dict[str, list[Listed]] = {}
    for document in documents:
        for name in {document.path, PurePosixPath(document.path).name}:
            by_name.setdefault(name.casefold(), []).append(document)
    for match in matches:
        if of_file := by_name.get(match["name"].casefold()):
            ids = tuple(document.id for document in of_file)
            return NamedFile(Span(*match.span("name")), ids, of_file[0].title)
    return None


def named_document(name: str, language: str, documents: Iterable[Listed]) -> str | None:
    """The id of the only document that `name`, in `language`, is of; None if it is of none, or of several.

    All that it says stands in the title or the path; what kind of document it is need not, but
    of several it is the one that does, and that begins with it: an addendum, too, speaks of “the contract”.
    """
    subject = terms(name, language)
    telling = set(subject) - _kind_stems()
    if len(telling) == len(set(subject)):
        return None
    named = [document for document in documents if telling <= _named_by(document, language)]
    of_its_kind = [document for document in named if _named_by(document, language).issuperset(subject)]
    headed = [document for document in of_its_kind if terms(document.title, language)[:1] == subject[:1]]
    found = headed or of_its_kind or (named if telling else [])
    return found[0].id if len(found) == 1 else None


def _named_by(document: Listed, language: str) -> set[str]:
    """The stems of a document's title, path and id, as the question's language has them."""
    return set(terms(f"{document.title} {document.path} {document.id}".replace("_", " "), language))


@cache
def _kind_stems() -> frozenset[str]:
    """What a document may be called: without one of these a subject is a topic, of which many documents speak."""
    kinds = " ".join(listed_words("subjects", "kinds_of_document"))
    return frozenset(term for language in LANGUAGES for term in terms(kinds, language))
