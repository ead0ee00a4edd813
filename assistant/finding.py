"""From a question to the evidence for it: the days it names, retrieval, sentences, and how sure it is."""

from dataclasses import dataclass
from datetime import date

from assistant.answer import Evidence, Searched
from assistant.confidence import confidence
from assistant.evidence import select_evidence
from assistant.preference import by_recency, days_first
from assistant.question_dates import recency
from assistant.retrieval import Retriever
from assistant.scope import Scope, scope_of
from index.filters import DocumentFilter
from index.terms import terms, words

# Words of a question that name nothing: "¿qué pasó ayer?" asks for the day itself.
_NAME_NOTHING = frozenset(
    words(
        "paso pasaron pasar ocurrio ocurrieron sucedio sucedieron hubo hizo dijo noticia noticias nota notas "
        "publicado publico documentos archivo novedades happened happen news published documents "
        "aconteceu aconteceram passou noticia noticias houve publicado"
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence, best first, with the probability that it answers, and the days that were searched for it."""

    evidence: tuple[Evidence, ...]
    confidence: float
    searched: Searched | None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds evidence in one index. Below `threshold` the days that a question names are given up."""

    retriever: Retriever
    threshold: float

    def find(self, question: str, language: str, wanted: DocumentFilter, today: date) -> Found:
        """The evidence for a question that stands alone. Raises EmbeddingFailed."""
        scope = scope_of(question, language, wanted, today)
        found = self._find(question, language, scope)
        if scope.searched is None or found.confidence >= self.threshold:
            return found
        relaxed = self._find(question, language, scope.relaxed())
        return relaxed if relaxed.confidence >= self.threshold else found

    def _find(self, question: str, language: str, scope: Scope) -> Found:
        read = self.retriever.read(question, language)
        candidates = self.retriever.search(read, wanted=scope.wanted)
        evidence = select_evidence(read, candidates, self.retriever.store.document)
        sure = confidence(read, evidence)
        if (preferred := recency(question, language)) is not None:
            evidence = by_recency(evidence, preferred)
        if scope.searched is not None and not scope.searched.relaxed:
            evidence = days_first(evidence, scope.searched)
            if evidence and _asks_for_the_days(question, language, scope.searched):
                sure = 1.0
        return Found(evidence, sure, scope.searched)


def _asks_for_the_days(question: str, language: str, searched: Searched) -> bool:
    """Whether the question names nothing but days, so that whatever happened on them answers it."""
    rest = terms(question.replace(searched.words, " "), language)
    return not set(rest) - {term for word in _NAME_NOTHING for term in terms(word, language)}
