"""The words of a question as full text sees them, and how well a passage holds them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.questions.understanding import Question
from index.language.lists import listed_words
from index.language.terms import LANGUAGES, stem, stop_words, synonyms, words

# A question has few content words; what is longer is pasted text, and its first words must do.
_MOST_WORDS = 64
BEGINNING = 5
"""Letters: words that begin alike are forms of one word, also across languages: “educativo”, “educación”."""
_MODALS = listed_words("questions", "modals")

Hits = Sequence[tuple[int, int]]
"""Where in a passage, counted in content words, which word of the question stands; in order."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's content words, and how much each tells: `weights` are their rarity in the archive.

    `places` gives the word that a stem belongs to; a word has a stem in each language of the archive.
    `alike` does so for the stems of synonyms, `beginnings` for the first letters of longer words.
    """

    question: Question
    weights: tuple[float, ...]
    places: Mapping[str, int]
    alike: Mapping[str, int]
    beginnings: Mapping[str, int]

    def weight_of(self, word: str) -> float:
        """How much a word of the question tells, as it is written; 0 for a stop word."""
        places = (self.places.get(stem(folded, language)) for folded in words(word) for language in LANGUAGES)
        return next((self.weights[place] for place in places if place is not None), 0.0)

    def hits(self, terms: Sequence[str]) -> Hits:
        """Where the question's words stand among the stems of a passage."""
        return [(place, self.places[term]) for place, term in enumerate(terms) if term in self.places]

    def loosely(self, terms: Sequence[str]) -> frozenset[int]:
        """The words that stand in a passage themselves, by a synonym, or by a word that begins alike."""
        found = (
            self.places.get(term, self.alike.get(term, self.beginnings.get(term[:BEGINNING])))
            for term in terms
        )
        return frozenset(word for word in found if word is not None)

    def share(self, found: frozenset[int]) -> float:
        """The share of the question's weight that these words carry, 0 to 1; 0 if it has no words."""
        return sum(self.weights[word] for word in found) / sum(self.weights) if self.weights else 0.0


def wording(
    question: Question, languages: Sequence[str], rarity: Callable[[Sequence[str]], Mapping[str, float]]
) -> Wording:
    """The content words of a question for an archive in `languages`; `rarity` weighs their stems.

    Stop words of the question's language and of the archive's first, and modal verbs, are no content words.
    """
    known = list(dict.fromkeys([*languages, question.language]))
    stops = stop_words(question.language) | stop_words(known[0]) | _MODALS
    content = list(dict.fromkeys(word for word in words(question.text) if word not in stops))[:_MOST_WORDS]
    places: dict[str, int] = {}
    weights: list[float] = []
    weight_of = rarity([stem(word, language) for word in content for language in known])
    for word in content:
        stems = [stem(word, language) for language in known]
        if places.keys().isdisjoint(stems):
            places.update(dict.fromkeys(stems, len(weights)))
            # A word is as common as its most common stem.
            weights.append(min(weight_of[term] for term in stems))
    return Wording(question, tuple(weights), places, _alike(places, known), _beginnings(places))


def words_found(hits: Hits) -> frozenset[int]:
    """The question's words that stand in a passage."""
    return frozenset(word for _, word in hits)


def _alike(places: Mapping[str, int], languages: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for language in languages:
        table = synonyms(language)
        for term, place in places.items():
            for other in table.get(term, ()):
                found.setdefault(other, place)
    return found


def _beginnings(places: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for term, place in places.items():
        if len(term) >= BEGINNING and not term[0].isdigit():
            found.setdefault(term[:BEGINNING], place)
    return found
