"""Which documents speak of a subject: all of its words in one passage, and a person by the surname too."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.filters import DocumentFilter
from index.language.mentions import find_names
from index.language.terms import LANGUAGES, fold, identifiers, is_stop_word, stem, words
from index.store.lookup import chunk_texts, chunks_holding
from index.store.store import Store

_WORD = re.compile(r"\w+")
# A shorter last word (“Plan A”) names nothing by itself.
_SHORTEST_SURNAME = 4


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
