"""From a question and its searches to the passages that a model is shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.finding.found import Found
from assistant.finding.named_document import named_document
from assistant.finding.retrieval import Retriever
from assistant.finding.scope import published_in, scope_of
from assistant.questions.exchange import Exchange
from assistant.write.material import Passages
from assistant.write.places import Place, found_places, pooled, ranked_places
from assistant.write.plan import Plan, Search
from index.dates import Interval
from index.filters import DocumentFilter
from index.store.lookup import newest_documents

# Of a conversation, how many answers back what they cited is shown again.
_EXCHANGES_BACK = 3


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Gathers passages from one index for a model that reads, for whoever may see what passes `wanted`."""

    retriever: Retriever
    wanted: DocumentFilter
    language: str
    today: date

    def gather(self, plan: Plan, found: Found, history: Sequence[Exchange] = ()) -> Passages:
        """The passages for a plan, best first: what the last answers cited, then what all searches find, pooled."""
        searches = list(self._searched(plan.searches) if plan.searches else self._asked(plan.question, found))
        places = (*self._cited(history), *pooled([found_places(found), *searches]))
        return Passages(self.retriever.store, tuple(dict.fromkeys(places)))

    def gather_again(self, searches: Iterable[Search], before: Passages) -> Passages:
        """The passages of other searches, before those that did not answer."""
        places = (*pooled(list(self._searched(searches))), *before.places)
        return replace(before, places=tuple(dict.fromkeys(places)))

    def _asked(self, question: str, found: Found) -> Iterator[Sequence[Place]]:
        """What the question finds in the days that it names, and, less of it, whenever."""
        scope = scope_of(question, self.language, self.wanted, self.today)
        if scope.searched is not None and not (found.searched and found.searched.relaxed):
            yield ranked_places(self.retriever, question, scope.wanted)
        yield ranked_places(self.retriever, question, self.wanted)

    def _searched(self, searches: Iterable[Search]) -> Iterator[Sequence[Place]]:
        for search in searches:
            for wanted in self._filters(search):
                yield ranked_places(self.retriever, search.words, wanted)

    def _filters(self, search: Search) -> Iterator[DocumentFilter]:
        """The filters of a search: days are those of publication and those of what happened."""
        wanted = self._within(search.documents)
        if search.first is None and search.last is None:
            yield wanted
            return
        yield published_in(wanted, Interval(search.first, search.last))
        yield replace(wanted, happened_from=search.first, happened_to=search.last)

    def _within(self, names: Sequence[str]) -> DocumentFilter:
        """The filter for the documents of these names; the asker's own if none of them is known."""
        if not names:
            return self.wanted
        catalogue = list(self.retriever.store.catalogue())
        by_name = {name: each.id for each in catalogue for name in (each.title, each.path, each.id)}
        named = (by_name.get(name) or named_document(name, self.language, catalogue) for name in names)
        ids = [id_ for id_ in named if id_ and self._admits(id_)]
        return replace(self.wanted, documents=tuple(dict.fromkeys(ids))) if ids else self.wanted

    def _cited(self, history: Sequence[Exchange]) -> list[Place]:
        """What the last answers cited, the last one's first, of documents that may be shown now."""
        quotes = [quote for exchange in reversed(history[-_EXCHANGES_BACK:]) for quote in exchange.citations]
        ids = tuple(dict.fromkeys(quote.document for quote in quotes))
        within = replace(self.wanted, documents=tuple(id_ for id_ in ids if self._admits(id_)))
        shown = set(newest_documents(self.retriever.store, within, len(ids))) if within.documents else set()
        return [Place(quote.document, quote.span) for quote in quotes if quote.document in shown]

    def _admits(self, document: str) -> bool:
        return not self.wanted.documents or document in self.wanted.documents
