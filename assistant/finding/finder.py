"""From a question to the evidence for it: the days it names, retrieval, sentences, and how sure it is."""

from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Evidence, Searched
from assistant.extraction.found_side import FoundSide
from assistant.finding.choice import MOST_EVIDENCE
from assistant.finding.confidence import confidence
from assistant.finding.evidence import select_evidence, spoken_by
from assistant.finding.gist import gist
from assistant.finding.mentions import mentions
from assistant.finding.preference import by_recency, days_first
from assistant.finding.retrieval import Candidate, Retriever
from assistant.finding.scope import Scope, scope_of, without_days
from assistant.finding.speakers import speaker_called
from assistant.finding.spread import spread
from assistant.questions.question_dates import recency, without_newest
from assistant.questions.reported import Reported, reported
from assistant.questions.subject import asks_which_documents, subject_of
from assistant.questions.understanding import AnswerType, understand
from assistant.questions.whole import asks_for_the_whole, names_nothing
from assistant.questions.wording import Wording
from index.dates import Interval
from index.filters import DocumentFilter

# Sentences weighed before dates put them in order, and the chunks that they come from: the newest document
# on a subject is seldom the nearest one.
_WEIGHED = 30
_FEW_CHUNKS = 10
_MANY_CHUNKS = 60
# Of a list of documents: the chunks that they are sought in, and how many are shown.
_LISTED_CHUNKS = 1000
_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence, best first, with the probability that it answers, and the days that were searched for it.

    `candidates` are the chunks that the evidence was chosen from, best first. `sides` are those of a
    comparison, whose evidence is `evidence` together; none of any other question. `in_points` says that
    the question wants all of it: what happened on a day, what somebody said. `others` counts the documents that
    a list of them leaves out; None where no such list is asked for.
    """

    evidence: tuple[Evidence, ...]
    confidence: float
    searched: Searched | None
    candidates: tuple[Candidate, ...] = ()
    sides: tuple[FoundSide, ...] = ()
    in_points: bool = False
    others: int | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds evidence in one index. Below `threshold` the days that a question names are given up.

    `favoured` documents, by id, are those a follow-up most likely goes on about.
    """

    retriever: Retriever
    threshold: float
    favoured: frozenset[str] = frozenset()

    def find(self, question: str, language: str, wanted: DocumentFilter, today: date) -> Found:
        """The evidence for a question that stands alone. Raises EmbeddingFailed."""
        scope = scope_of(question, language, wanted, today)
        found = self._find(question, language, scope)
        for other in scope.others:
            if found.confidence < self.threshold:
                found = max(found, self._find(question, language, other), key=lambda each: each.confidence)
        if scope.searched is None or found.confidence >= self.threshold:
            return found
        relaxed = self._find(question, language, scope.relaxed())
        return relaxed if relaxed.confidence >= self.threshold else found

    def find_whole(self, wanted: DocumentFilter) -> Found:
        """The gist of all that passes a filter; nothing, and no probability of it, if nothing does."""
        evidence = gist(self.retriever.store, wanted)
        return Found(evidence, float(bool(evidence)), None)

    def _whole(self, scope: Scope) -> Found | None:
        """The gist of what was published within a scope; None if that is nothing."""
        if scope.searched is not None and scope.searched.relaxed:
            return None
        published = scope.published()
        found = self.find_whole(published.wanted)
        return replace(found, searched=published.searched) if found.evidence else None

    def _mentions(self, question: str, language: str, scope: Scope) -> Found | None:
        """The documents that speak of what a question is about; None if none says it in these words."""
        subject = subject_of(question)
        read = self.retriever.read(subject, language)
        candidates = self._listed(read, scope)
        listed = mentions(read.question, candidates, self.retriever.store.document)
        if not listed:
            return None
        shown = listed[:_MOST_LISTED]
        return Found(shown, 1.0, scope.searched, tuple(candidates), others=len(listed) - len(shown))

    def _said(self, question: str, asked: Reported, language: str, scope: Scope) -> Found | None:
        """What somebody says of a topic in transcripts; None where none has them speak of it."""
        topic, document_of = self.retriever.read(asked.topic, language), self.retriever.store.document
        speaker = speaker_called(asked.speaker, language)
        candidates = spoken_by(speaker, self._listed(topic, scope), document_of)[:_FEW_CHUNKS]
        evidence = select_evidence(
            self.retriever.read(question, language), candidates, document_of, speaker=speaker
        )
        sure = confidence(topic, evidence)
        return Found(evidence, sure, scope.searched, tuple(candidates)) if sure >= self.threshold else None

    def _all_said(self, asked: Reported, language: str, scope: Scope) -> Found | None:
        """The gist of what somebody says in the newest transcripts that they speak in; None if there are none."""
        published, speaker = scope.published(), speaker_called(asked.speaker, language)
        store = self.retriever.store
        candidates = self._listed(self.retriever.read(asked.speaker, language), published)
        spoken = {chunk.chunk.document for chunk in spoken_by(speaker, candidates, store.document)}
        if not spoken:
            return None
        evidence = gist(store, replace(published.wanted, documents=tuple(spoken)), speaker)
        return Found(evidence, 1.0, published.searched, in_points=True) if evidence else None

    def _listed(self, subject: Wording, scope: Scope) -> list[Candidate]:
        """Chunks enough to know the documents that speak of something."""
        return self.retriever.search(
            subject, wanted=scope.wanted, limit=_LISTED_CHUNKS, by_words=_LISTED_CHUNKS
        )

    def _find(self, question: str, language: str, scope: Scope) -> Found:
        days = None if scope.searched is None or scope.searched.relaxed else scope.searched
        rest = question if days is None else without_days(question, days)
        if asks_for_the_whole(rest, language) and (whole := self._whole(scope)) is not None:
            return whole
        if asks_which_documents(rest) and (listed := self._mentions(rest, language, scope)) is not None:
            return listed
        if (asked_of := reported(rest)) is not None:
            said = (
                self._said(rest, asked_of, language, scope)
                if asked_of.topic
                else self._all_said(asked_of, language, scope)
            )
            if said is not None:
                return said
        only_days = days is not None and names_nothing(rest, language)
        preferred = recency(question, language)
        asked = question if only_days else rest
        topic = without_newest(asked) if preferred == "newest" else asked
        wide = understand(topic, language).wants is AnswerType.SUMMARY
        subject = subject_of(topic) if wide else topic
        read = self.retriever.read(subject, language)
        candidates = self.retriever.search(
            read,
            wanted=scope.wanted,
            limit=_MANY_CHUNKS if preferred or wide or only_days else _FEW_CHUNKS,
            favoured=self.favoured,
        )
        evidence = select_evidence(
            read,
            candidates,
            self.retriever.store.document,
            limit=_WEIGHED,
            days=Interval(days.first, days.last) if days and only_days else None,
        )
        if wide:
            evidence = spread(evidence, subject, language)
        sure = 1.0 if only_days and evidence else confidence(read, evidence[:MOST_EVIDENCE])
        if days is not None:
            evidence = days_first(evidence, days, strictly=only_days)
        if preferred is not None:
            evidence = by_recency(evidence, preferred, read, by_subject=subject != asked)
        best = evidence[:MOST_EVIDENCE]
        return Found(best, sure, scope.searched, tuple(candidates), in_points=only_days)
