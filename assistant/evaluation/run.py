"""Indexes an evaluation folder and asks its questions."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.answer import Answer, Evidence
from assistant.assistant import Assistant
from assistant.errors import EvaluationError
from assistant.evaluation.data import DOCUMENTS, GoldQuestion, Outcome, QuotePlace
from assistant.finding.retrieval import Candidate
from assistant.prove.proof import Judged
from assistant.settings import Settings
from assistant.tracing import Trace
from index.document import Document, Span
from index.filters import EVERYTHING, DocumentFilter
from index.language.terms import words
from index.sync.indexer import Progress, SyncReport


def gold_spans(text: str, answers: Iterable[str]) -> list[Span]:
    """Every place in `text` where one of the answers stands as whole words, whatever the white space."""
    spans: set[Span] = set()
    for answer in answers:
        pattern = r"\s+".join(re.escape(word) for word in answer.split())
        matches = re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else ()
        spans.update(Span(*match.span()) for match in matches)
    return sorted(spans)


def covers(text: str, shown: Sequence[Span], gold: Iterable[Span]) -> bool:
    """Whether one of the gold spans lies within the spans shown, which may share it between them."""
    return any(_covered(text, shown, span) for span in gold)


def _covered(text: str, shown: Sequence[Span], gold: Span) -> bool:
    place = gold.start
    for span in sorted(shown):
        if span.start <= place or not text[place : span.start].strip():
            place = max(place, span.end)
        if place >= gold.end:
            return True
    return False


@dataclass(frozen=True, slots=True, order=True)
class TokenScores:
    """How much of a known answer another text says, 0 to 1, and whether it says just that."""

    recall: float = 0.0
    f1: float = 0.0
    exact: bool = False


def token_scores(answer: str, gold: Sequence[str]) -> TokenScores:
    """The scores against the nearest of the gold wordings; case, accents and punctuation do not count."""
    return max((_scores(words(answer), words(wording)) for wording in gold), default=TokenScores())


def _scores(answer: Sequence[str], gold: Sequence[str]) -> TokenScores:
    shared = (Counter(answer) & Counter(gold)).total()
    if not shared:
        return TokenScores()
    recall, precision = shared / len(gold), shared / len(answer)
    return TokenScores(recall, 2 * recall * precision / (recall + precision), answer == gold)


Scope = Literal["archive", "document"]
# Chunks asked for, so that ten different documents are among them.
_CHUNKS = 60
_RANKS = 10


@dataclass(frozen=True, slots=True)
class Indexed:
    """The archive of an evaluation folder, and what indexing it took."""

    assistant: Assistant
    report: SyncReport

    def to_dict(self) -> dict[str, float | None]:
        """The figures of indexing; the rate is None where the index was there already."""
        report = self.report
        fresh = report.added == report.documents and report.seconds > 0
        return {
            "documents": report.documents,
            "chunks": report.chunks,
            "seconds": report.seconds,
            "passages_per_second": report.chunks / report.seconds if fresh else None,
        }


def open_archive(
    folder: Path, workspace: Path, settings: Settings, progress: Callable[[Progress], None]
) -> Indexed:
    """Index the documents of an evaluation folder into `workspace`, or bring what is there in step.

    Raises EvaluationError if the folder has no documents. Close the assistant when done.
    """
    documents = workspace / "documents"
    try:
        documents.mkdir(parents=True, exist_ok=True)
        # A copy, since questions.jsonl is no document; it keeps its time, so unchanged is not read again.
        shutil.copy2(folder / DOCUMENTS, documents / DOCUMENTS)
    except OSError as error:
        raise EvaluationError(f"{folder / DOCUMENTS} cannot be read into {workspace} ({error}).") from error
    with ExitStack() as unfinished:
        assistant = unfinished.enter_context(
            Assistant(settings.model_copy(update={"documents": documents, "index": workspace / "index"}))
        )
        report = assistant.sync(progress, allow_mass_removal=True)
        unfinished.pop_all()
    return Indexed(assistant, report)


def ask_all(
    assistant: Assistant, questions: Sequence[GoldQuestion], scope: Scope = "archive"
) -> Iterator[Outcome]:
    """The outcome of each question, in order, as it comes."""
    for question in questions:
        yield ask(assistant, question, scope)


def ask(assistant: Assistant, question: GoldQuestion, scope: Scope = "archive") -> Outcome:
    """Ask one question and judge what came of it. Scope "document" looks only into the gold document."""
    filters = DocumentFilter(documents=(question.document,)) if scope == "document" else EVERYTHING
    candidates = assistant.retriever().retrieve(question.text, wanted=filters, limit=_CHUNKS)
    evidence, answer, judged = _answer(assistant, question.text, filters)
    gold = _Gold.of(assistant, question)
    scores = _answer_scores(answer, question)
    return Outcome(
        id=question.id,
        question=question.text,
        gold=question.answers,
        gold_document=question.document,
        answerable=question.answerable,
        answered=answer.answered,
        confidence=answer.confidence,
        language=answer.language,
        document_rank=_document_rank(question.document, candidates),
        chunk_rank=gold.chunk_rank(candidates),
        span_in_quotes=gold.within(evidence),
        span_in_2_quotes=gold.within(evidence[:2]),
        quotes=tuple(QuotePlace(e.document.id, e.span.start, e.span.end) for e in evidence),
        text=answer.text,
        citations=len(answer.citations),
        citations_verified=sum(citation.verified for citation in answer.citations),
        cites_gold_document=_cites(answer, question.document),
        language_right=answer.language == question.language if question.language else None,
        retrieve_ms=answer.timings_ms.retrieve,
        total_ms=answer.timings_ms.total,
        first_ms=answer.timings_ms.first,
        written=len(judged),
        unsupported=sum(not sentence.verdict.is_proved for sentence in judged),
        fell_back=answer.fallback is not None,
        tokens_in=None if answer.usage is None else answer.usage.tokens_in,
        tokens_out=None if answer.usage is None else answer.usage.tokens_out,
        token_recall=None if scores is None else scores.recall,
        f1=None if scores is None else scores.f1,
        exact=None if scores is None else scores.exact,
    )


@dataclass(frozen=True, slots=True)
class _Gold:
    """The places of the answer in its document; no places where the question does not tell them."""

    document: Document | None
    spans: Sequence[Span]

    @classmethod
    def of(cls, assistant: Assistant, question: GoldQuestion) -> "_Gold":
        if not question.document or not question.answers:
            return cls(None, ())
        document = assistant.document(question.document)
        return cls(document, gold_spans(document.text, question.answers))

    def within(self, evidence: Sequence[Evidence]) -> bool | None:
        if self.document is None or not self.spans:
            return None
        shown = [item.span for item in evidence if item.document.id == self.document.id]
        return covers(self.document.text, shown, self.spans)

    def chunk_rank(self, candidates: Sequence[Candidate]) -> int | None:
        if self.document is None:
            return None
        for rank, candidate in enumerate(candidates[:_RANKS], 1):
            chunk = candidate.chunk
            if chunk.document == self.document.id and covers(self.document.text, [chunk.span], self.spans):
                return rank
        return None


def _answer(
    assistant: Assistant, question: str, filters: DocumentFilter
) -> tuple[tuple[Evidence, ...], Answer, tuple[Judged, ...]]:
    """The evidence, the answer, and the sentences that a model wrote for it."""
    traces: list[Trace] = []
    with assistant.tracing_to(traces.append):
        answer = assistant.ask(question, wanted=filters)
    # Small talk is answered without a trace.
    return (traces[0].evidence, answer, traces[0].judged) if traces else ((), answer, ())


def _document_rank(document: str, candidates: Sequence[Candidate]) -> int | None:
    """The gold document's place among the different documents found."""
    documents = list(dict.fromkeys(candidate.chunk.document for candidate in candidates))[:_RANKS]
    return documents.index(document) + 1 if document in documents else None


def _cites(answer: Answer, document: str) -> bool | None:
    if not answer.answered or not document:
        return None
    return any(citation.document.id == document for citation in answer.citations)


def _answer_scores(answer: Answer, question: GoldQuestion) -> TokenScores | None:
    """A refusal of an answerable question scores nothing, which is not the same as having no scores."""
    if not question.answerable or not question.answers:
        return None
    return token_scores(" ".join(sentence.in_full for sentence in answer.sentences), question.answers)
