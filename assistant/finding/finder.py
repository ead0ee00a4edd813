"""From a question to the evidence for it: the days it names, retrieval, sentences, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Self

from assistant.answer import Evidence, Searched
from assistant.finding.choosing import MOST_EVIDENCE, choose_evidence, likelihood
from assistant.finding.confidence import FEW_CHUNKS, RatedPassage, read_closely
from assistant.finding.documents import named_document, named_file
from assistant.finding.evidence import may_prove
from assistant.finding.found import Found
from assistant.finding.gist import gist
from assistant.finding.identifiers import identifiers_of, stands_in, unknown_among
from assistant.finding.listing import Lister
from assistant.finding.retrieval import Retriever
from assistant.finding.scope import Scope, by_recency, days_first, scope_of, without_days
from assistant.finding.speeches import find_speech
from assistant.finding.spread import spread
from assistant.finding.tables import compute_over_table
from assistant.questions.question_dates import Recency, recency, without_newest
from assistant.questions.subject import asks_for_the_whole, document_asked_about, names_nothing, subject_of
from assistant.questions.understanding import AnswerType, understand
from assistant.questions.wording import Wording
from index.filters import DocumentFilter
from index.store.lookup import newest_documents

# Sentences weighed before dates put them in order, and the chunks that they come from: the newest document
# on a subject is seldom the nearest one.
_WEIGHED = 30
_MANY_CHUNKS = 60
# Of a subject whose words stand in a passage that passage tells something, though of a list seldom all.
_SUBJECTS = frozenset({AnswerType.SUMMARY, AnswerType.LIST, AnswerType.OTHER})
# Chunks that are read with the question; those behind them keep the order of the search.
_READ = 8


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds evidence in one index. Below `threshold` the days that a question names are given up.

    `favoured` documents, by id, are those a follow-up most likely goes on about; `page` is that of a list.
    """

    retriever: Retriever
    threshold: float
    favoured: frozenset[str] = frozenset()
    page: int = 1

    def find(self, question: str, language: str, wanted: DocumentFilter, today: date) -> Found:
        """The evidence for a question that stands alone. Raises EmbeddingFailed."""
        lister = Lister(self.retriever.store, language, wanted, today, self.page)
        listed = lister.find(question) or compute_over_table(self.retriever.store, question, language, wanted)
        if listed is not None:
            return listed
        found = self._find_said(*self._in_named_file(question, wanted), language, today)
        if found.confidence >= self.threshold:
            return found
        mentioned = lister.find_mentions(question)
        return found if mentioned is None else replace(mentioned, confidence=self.threshold)

    def _in_named_file(self, question: str, wanted: DocumentFilter) -> tuple[str, DocumentFilter]:
        """What is asked of which documents: a file that the question names is searched, and its title for its name."""
        named = named_file(question, self.retriever.store.catalogue())
        if named is None or (wanted.documents and not set(named.documents) <= set(wanted.documents)):
            return question, wanted
        return named.titled(question), replace(wanted, documents=named.documents)

    def _find_said(self, question: str, wanted: DocumentFilter, language: str, today: date) -> Found:
        """What passages say, on the days that the question names, or else on any."""
        scope = scope_of(question, language, wanted, today, self.retriever.store)
        found = self._find(question, language, scope)
        for other in scope.others:
            if found.confidence < self.threshold:
                found = max(found, self._find(question, language, other), key=lambda each: each.confidence)
        if scope.searched is None or found.confidence >= self.threshold:
            return found
        if names_nothing(without_days(question, scope.named_at), language):
            return found  # “¿Qué pasó ayer?” asks for no other day
        relaxed = self._find(question, language, scope.relaxed())
        return relaxed if relaxed.confidence >= self.threshold else found

    def find_whole(self, wanted: DocumentFilter) -> Found:
        """The gist of all that passes a filter; nothing, and no probability of it, if nothing does."""
        evidence = gist(self.retriever.store, wanted)
        return Found(evidence, float(bool(evidence)), None, in_points=True, route="document")

    def named(self, name: str, language: str, wanted: DocumentFilter) -> Found | None:
        """The gist of the document of this name; None if that is no document, several, or one not wanted."""
        listed = self.retriever.store.catalogue()
        # Read only for what may be a document's name, which few questions have.
        documents = (each for each in listed if not wanted.documents or each.id in wanted.documents)
        document = named_document(name, language, documents)
        if document is None:
            return None
        found = self.find_whole(replace(wanted, documents=(document,)))
        return found if found.evidence else None

    def holds(self, wanted: DocumentFilter) -> bool:
        """Whether any document passes a filter."""
        return bool(newest_documents(self.retriever.store, wanted, 1))

    def _whole(self, question: str, language: str, scope: Scope) -> Found | None:
        """The gist of what was published within a scope; None if that is nothing, or not what is asked for."""
        relaxed = scope.searched is not None and scope.searched.relaxed
        if relaxed or not asks_for_the_whole(question, language):
            return None
        published = scope.published()
        found = self.find_whole(published.wanted)
        return replace(found, searched=published.searched) if found.evidence else None

    def _find(self, question: str, language: str, scope: Scope) -> Found:
        sought = _Sought.of(question, language, scope)
        special = (
            self._whole(sought.rest, language, scope)
            or self.named(document_asked_about(question), language, scope.wanted)
            or find_speech(self.retriever, sought.rest, language, scope, self.threshold)
        )
        return special or self._find_passages(sought, language, scope)

    def _find_passages(self, sought: "_Sought", language: str, scope: Scope) -> Found:
        read = self.retriever.read(sought.subject, language)
        candidates = self.retriever.search(
            read, wanted=scope.wanted, limit=sought.chunks, favoured=self.favoured
        )
        rated = read_closely(self.retriever, read, candidates, most=0 if sought.only_days else _READ)
        named = identifiers_of(sought.rest, language)
        unknown = unknown_among(named, [one.passage.all_text for one in rated]) if named else None
        if unknown is not None:
            return Found((), 0.0, scope.searched, tuple(candidates), rated=tuple(rated), unknown=unknown)
        rated = [one for one in rated if all(stands_in(each, one.passage.all_text) for each in named)]
        admits = partial(may_prove, question=read.question)
        evidence = choose_evidence(read, rated, admits, limit=_WEIGHED)
        sure = self._sureness(sought, evidence, rated)
        best = _ordered(sought, evidence, read, language)[:MOST_EVIDENCE]
        return Found(
            best, sure, scope.searched, tuple(candidates), in_points=sought.only_days, rated=tuple(rated)
        )

    def _sureness(
        self, sought: "_Sought", evidence: Sequence[Evidence], rated: Sequence[RatedPassage]
    ) -> float:
        if sought.only_days and evidence:
            return 1.0
        sure = likelihood(evidence)
        if sought.wants in _SUBJECTS and rated:
            most = self.threshold if sought.wants is AnswerType.LIST else 1.0
            return max(sure, min(rated[0].features["share"], most))
        return sure


@dataclass(frozen=True, slots=True)
class _Sought:
    """What passages are searched for: the `subject` of a question, and the kind of answer that it `wants`.

    `rest` is the question without `days`, those that it names and that are not given up; `only_days` says that it names
    nothing else. `is_trimmed` tells that words which only ask for the newest, or for a summary, are not searched for.
    """

    rest: str
    subject: str
    wants: AnswerType
    preferred: Recency | None
    days: Searched | None
    only_days: bool
    is_trimmed: bool

    @classmethod
    def of(cls, question: str, language: str, scope: Scope) -> Self:
        days = None if scope.searched is None or scope.searched.relaxed else scope.searched
        rest = without_days(question, scope.named_at)
        only_days = days is not None and names_nothing(rest, language)
        preferred = recency(question)
        asked = question if only_days else rest
        topic = without_newest(asked) if preferred == "newest" else asked
        wants = understand(topic, language).wants
        subject = subject_of(topic) if wants is AnswerType.SUMMARY else topic
        return cls(rest, subject, wants, preferred, days, only_days, subject != asked)

    @property
    def is_wide(self) -> bool:
        return self.wants is AnswerType.SUMMARY

    @property
    def chunks(self) -> int:
        """How many are looked through."""
        return _MANY_CHUNKS if self.preferred or self.is_wide or self.only_days else FEW_CHUNKS


def _ordered(
    sought: _Sought, evidence: tuple[Evidence, ...], read: Wording, language: str
) -> tuple[Evidence, ...]:
    """The evidence in the order that the question asks for: spread over its sides, of its days, by its dates."""
    if sought.is_wide:
        evidence = spread(evidence, sought.subject, language)
    if sought.days is not None:
        evidence = days_first(evidence, sought.days, strictly=sought.only_days)
    if sought.preferred is not None:
        evidence = by_recency(evidence, sought.preferred, read, by_subject=sought.is_trimmed)
    return evidence
