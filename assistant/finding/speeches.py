"""What somebody says in transcripts: of a topic, or in all."""

from dataclasses import replace

from assistant.finding.choosing import choose_evidence, likelihood
from assistant.finding.confidence import FEW_CHUNKS, read_closely
from assistant.finding.evidence import IsSpeaker, may_prove, speaker_called, spoken_by
from assistant.finding.found import Found
from assistant.finding.gist import gist
from assistant.finding.retrieval import Retriever
from assistant.finding.scope import Scope
from assistant.questions.subject import reported


def find_speech(
    retriever: Retriever, question: str, language: str, scope: Scope, threshold: float
) -> Found | None:
    """What the speaker that a question asks about says of its topic.

    None where no transcript has them speak of it, as sure as `threshold`, or nobody's words are asked for.
    """
    asked = reported(question)
    if asked is None:
        return None
    speaker = speaker_called(asked.speaker, language)
    if not asked.topic:
        return _all_said(retriever, asked.speaker, speaker, language, scope)
    topic, document_of = retriever.read(asked.topic, language), retriever.store.document
    candidates = spoken_by(speaker, retriever.sweep(topic, scope.wanted), document_of)[:FEW_CHUNKS]
    read = retriever.read(question, language)
    rated = read_closely(retriever, read, candidates, most=len(candidates))
    evidence = choose_evidence(
        read, rated, lambda sentence: speaker(sentence.speaker) and may_prove(sentence, read.question)
    )
    sure = likelihood(evidence)
    found = Found(evidence, sure, scope.searched, tuple(candidates), rated=tuple(rated), route="speech")
    return found if sure >= threshold else None


def _all_said(
    retriever: Retriever, called: str, speaker: IsSpeaker, language: str, scope: Scope
) -> Found | None:
    """The gist of what somebody says in the newest transcripts that they speak in."""
    published, store = scope.published(), retriever.store
    candidates = retriever.sweep(retriever.read(called, language), published.wanted)
    spoken = {candidate.chunk.document for candidate in spoken_by(speaker, candidates, store.document)}
    if not spoken:
        return None
    evidence = gist(store, replace(published.wanted, documents=tuple(spoken)), speaker)
    return Found(evidence, 1.0, published.searched, in_points=True, route="speech") if evidence else None
