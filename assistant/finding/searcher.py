"""How a question is searched for: as it stands alone, in what was just cited, and without its typing mistakes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Correction
from assistant.finding.comparing import find_sides
from assistant.finding.finder import Finder
from assistant.finding.found import Found
from assistant.finding.retrieval import Retriever
from assistant.finding.spelling import Vocabulary, respell
from assistant.questions.history import says_enough
from assistant.questions.sides import Side, day_sides_of, sides_of
from index.filters import DocumentFilter
from index.store.store import Store


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is searched for: the question as it was `put`, and as it stands `alone`, or what a timeline is of.

    `about` is the topic that it was told to be about alone, if it was. `cited` are the documents, by id, that a
    follow-up may go on about, and `otherwise` is another way in which it may stand alone, or empty. `page` is that of a
    list; behind the first, no more than this page is asked for.
    """

    put: str
    alone: str
    language: str
    wanted: DocumentFilter
    topic: str | None = None
    cited: tuple[str, ...] = ()
    otherwise: str = ""
    page: int = 1
    about: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """The question as it was searched for in the end, with its corrections, and what that found."""

    question: str
    found: Found
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one index. `mends` says that typing mistakes are to be looked for where nothing sure is found."""

    retriever: Retriever
    threshold: float
    sure_threshold: float
    today: date
    vocabulary: Callable[[Store], Vocabulary]
    mends: bool

    def search(self, inquiry: Inquiry) -> Searched:
        """What answers best of what the question finds in each way. Raises EmbeddingFailed."""
        finder = self._finder(inquiry)
        found = self._find(finder, inquiry.topic or inquiry.alone, inquiry.language, inquiry.wanted)
        searched = Searched(inquiry.alone, found)
        if inquiry.topic is None:
            searched = self._in_cited(inquiry, searched) or searched
            searched = self._otherwise(inquiry, searched) or searched
        if inquiry.page > 1 or not self.mends or found_surely(searched.found, self.sure_threshold):
            return searched
        return self._mended(inquiry, searched) or searched

    def _finder(self, inquiry: Inquiry) -> Finder:
        return Finder(self.retriever, self.threshold, frozenset(inquiry.cited), inquiry.page)

    def _find(self, finder: Finder, question: str, language: str, wanted: DocumentFilter) -> Found:
        sides = self._day_sides(question, language, wanted.as_of or self.today) or sides_of(question)
        if sides:
            return find_sides(finder, sides, language, wanted, self.today)
        return finder.find(question, language, wanted, self.today)

    def _day_sides(self, question: str, language: str, as_of: date) -> tuple[Side, ...]:
        sides = day_sides_of(question, language, as_of)
        # Read only where days are compared, and not for each question.
        newest = self.retriever.store.newest_day() if sides else None
        return day_sides_of(question, language, as_of, newest) if newest else sides

    def _in_cited(self, inquiry: Inquiry, searched: Searched) -> Searched | None:
        """What the documents just cited say to a follow-up as it was put; None unless that is sure, and surer."""
        if not inquiry.cited or inquiry.wanted.documents or not says_enough(inquiry.put):
            return None
        within = replace(inquiry.wanted, documents=inquiry.cited)
        finder = Finder(self.retriever, self.threshold)
        there = self._find(finder, inquiry.put, inquiry.language, within)
        bar = max(searched.found.confidence, self.sure_threshold)
        return Searched(inquiry.put, there) if there.confidence > bar else None

    def _otherwise(self, inquiry: Inquiry, searched: Searched) -> Searched | None:
        """What a follow-up finds as it may also be meant; None unless it is answered better so."""
        if not inquiry.otherwise or found_surely(searched.found, self.sure_threshold):
            return None
        found = self._find(self._finder(inquiry), inquiry.otherwise, inquiry.language, inquiry.wanted)
        better = found.confidence > max(searched.found.confidence, self.threshold)
        return Searched(inquiry.otherwise, found) if better else None

    def _mended(self, inquiry: Inquiry, searched: Searched) -> Searched | None:
        """The question without its typing mistakes, and what that finds; None unless it is answered better so."""
        store, embedder = self.retriever.store, self.retriever.embedder
        respelled = respell(searched.question, inquiry.language, store, self.vocabulary(store), embedder)
        if respelled is None:
            return None
        anew = self._find(self._finder(inquiry), respelled.question, inquiry.language, inquiry.wanted)
        if anew.confidence <= searched.found.confidence:
            return None
        return Searched(respelled.question, anew, respelled.corrections)


def found_surely(found: Found, sure_threshold: float) -> bool:
    """Whether what was found is told without a warning."""
    return found.confidence >= sure_threshold
