"""The searches for a question, as a model words them: one small call, read however the server replies."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Any

from assistant.errors import EngineFailed
from assistant.finding.documents import named_document
from assistant.finding.found import Found
from assistant.finding.retrieval import Retriever
from assistant.finding.scope import published_in, scope_of
from assistant.incoming import flaw_within
from assistant.llms.bridge import blocking
from assistant.llms.record import Calls
from assistant.questions.history import Exchange
from assistant.questions.sides import sides_of
from assistant.questions.subject import asks_for_the_whole
from assistant.questions.understanding import AnswerType, understand
from assistant.write.generation import read_whole
from assistant.write.material import Passages, Place, found_places, pooled, ranked_places
from assistant.write.prompts import Asking, plan_messages
from index.dates import Interval
from index.filters import DocumentFilter
from index.store.lookup import newest_documents

MOST_SEARCHES = 4
# Seconds: without a plan the question is searched for as it is.
_LONGEST = 20.0
_LONGEST_WORDS = 400
_LONGEST_QUESTION = 1000
_MOST_DOCUMENTS = 5
# Several questions in one, or a long one.
_SEVERAL_ASKED = 2
_MANY_WORDS = 18
_SEARCH_LINE = re.compile(r"^[ \t*-]*+SEARCH:[ \t]*+([^\n]+)$", re.MULTILINE)
_WIDE = frozenset({AnswerType.SUMMARY, AnswerType.LIST})
_TEXT = {"type": "string"}
_DAY = {"type": ["string", "null"], "description": "YYYY-MM-DD"}
_SEARCH = {
    "type": "object",
    "properties": {"words": _TEXT, "from": _DAY, "to": _DAY, "documents": {"type": "array", "items": _TEXT}},
    "required": ["words", "from", "to", "documents"],
    "additionalProperties": False,
}
_SCHEMA = {
    "type": "object",
    "properties": {"question": _TEXT, "searches": {"type": "array", "items": _SEARCH}},
    "required": ["question", "searches"],
    "additionalProperties": False,
}
_STRUCTURED = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "plan", "strict": True, "schema": _SCHEMA},
    }
}


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for, in which days, and in which documents, by title or file, if the question bounds these."""

    words: str
    first: date | None = None
    last: date | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A question that stands alone and the searches that its answer needs; none if it is searched for as it is."""

    question: str
    searches: tuple[Search, ...] = ()


def needs_plan(asking: Asking) -> bool:
    """Whether a question is searched for better in a model's words than in its own.

    One with a conversation before it, and one that asks for several things, compares, or wants a list or the summary
    of a subject; not one for the summary of whole documents, which are shown anyway.
    """
    if asking.history:
        return True
    question, language = asking.question, asking.language
    understood = understand(question, language)
    if understood.wants is AnswerType.SUMMARY:
        return not asks_for_the_whole(question, language)
    several = question.count("?") >= _SEVERAL_ASKED or len(question.split()) >= _MANY_WORDS
    return several or understood.wants in _WIDE or understood.also is not None or bool(sides_of(question))


async def aplan(asking: Asking, calls: Calls) -> Plan | None:
    """The model's plan for a question; None if it replies with none. Raises EngineFailed, soon if none comes."""
    hurried = replace(calls, until=min(calls.until, monotonic() + _LONGEST))
    pieces = hurried.stream("plan", plan_messages(asking), retries=0, options=_STRUCTURED)
    return read_plan(await read_whole(pieces))


plan = blocking(aplan)
"""`aplan` for callers that are not asynchronous."""


def plan_or_none(asking: Asking, calls: Calls) -> Plan | None:
    """The model's plan; None if it has none, or none comes."""
    try:
        return plan(asking, calls)
    except EngineFailed:
        return None


def read_plan(reply: str) -> Plan | None:
    """The plan in a model's reply, whatever stands around it; None if there is none that can be used."""
    for value in _objects(reply):
        question = value.get("question")
        # What is no text in the raw reply was refused; an escape in JSON may still stand for half a character.
        if isinstance(question, str) and question.strip() and flaw_within(value) is None:
            searches = value.get("searches")
            searches_read = [_search(each) for each in searches] if isinstance(searches, list) else []
            usable = tuple(search for search in searches_read if search is not None)
            return Plan(" ".join(question.split())[:_LONGEST_QUESTION], usable[:MOST_SEARCHES])
    return None


def _objects(reply: str) -> Iterator[Mapping[str, Any]]:
    """The JSON objects in a text: thoughts or a fence may stand around them."""
    decoder, place = json.JSONDecoder(), reply.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(reply, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            yield value
        place = reply.find("{", end)


def _search(value: object) -> Search | None:
    if not isinstance(value, Mapping):
        return None
    words = value.get("words")
    if not isinstance(words, str) or not words.strip():
        return None
    named = value.get("documents")
    documents = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    first, last = _day(value.get("from")), _day(value.get("to"))
    if first is not None and last is not None and last < first:
        first, last = last, first
    return Search(" ".join(words.split())[:_LONGEST_WORDS], first, last, tuple(documents[:_MOST_DOCUMENTS]))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def searches_of_refusal(reply: str) -> tuple[Search, ...]:
    """What a model that found no answer would have searched for."""
    wordings = (" ".join(words.split())[:_LONGEST_WORDS] for words in _SEARCH_LINE.findall(reply))
    return tuple(Search(words) for words in wordings if words)[:MOST_SEARCHES]


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
        scope = scope_of(question, self.language, self.wanted, self.today, self.retriever.store)
        if scope.searched is not None and not (found.searched and found.searched.relaxed):
            yield ranked_places(self.retriever, question, scope.wanted)
        yield ranked_places(self.retriever, question, self.wanted)

    def _searched(self, searches: Iterable[Search]) -> Iterator[Sequence[Place]]:
        for search in searches:
            for filters in self._filters(search):
                yield ranked_places(self.retriever, search.words, filters)

    def _filters(self, search: Search) -> Iterator[DocumentFilter]:
        """The filters of a search: days are those of publication and those of what happened."""
        filters = self._within(search.documents)
        if search.first is None and search.last is None:
            yield filters
            return
        yield published_in(filters, Interval(search.first, search.last))
        yield replace(filters, happened_from=search.first, happened_to=search.last)

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
