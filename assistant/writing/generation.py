"""Prose from a model: prompt, stream, sentences, each judged; what fails is repaired once or dropped."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from assistant.answer import AnswerSentence, Citation, Dropped, Evidence, Verified
from assistant.errors import ContextExceeded, EngineFailed
from assistant.llms.bridge import blocking, iterating
from assistant.llms.calls import Piece
from assistant.llms.record import Calls, ModelCall
from assistant.prove.ledger import Ledger, reason_told
from assistant.prove.proof import Similarity
from assistant.prove.verdicts import Judged
from assistant.questions.exchange import Exchange
from assistant.writing.prompting import answer_messages, condense_messages, repair_messages
from assistant.writing.sentence_stream import SentenceStream, sentences_of

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

_CUT_OFF = frozenset({"length", "content_filter"})
_STOPS = tuple('.!?…:»”")]*')
# Characters. A small model may say the same again and again; no answer is this long.
_LONGEST_REPLY = 6000


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that was written. `refused` says that the model found no answer in the evidence.

    `judged` are all sentences in the order they were written, those of the repair last; `repaired` counts
    the ones that passed then, `unknown_markers` markers of no evidence.
    """

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    raw_text: str
    refused: bool = False
    repaired: int = 0
    unknown_markers: int = 0
    judged: tuple[Judged, ...] = ()


@dataclass(slots=True)
class _Reply:
    """What the model has sent in answer to one prompt."""

    text: SentenceStream
    finish: str | None = None

    def add(self, piece: Piece) -> list[str]:
        """Take a piece; the sentences that it completes."""
        self.finish = piece.finish or self.finish
        return self.text.add(piece.text)

    @property
    def is_endless(self) -> bool:
        return len(self.text.visible) > _LONGEST_REPLY

    @property
    def broken_off(self) -> bool:
        """Whether the last sentence is unfinished: servers do not always say so."""
        if self.finish is None:
            return not self.text.raw.rstrip().endswith(_STOPS)
        return self.finish in _CUT_OFF


async def awrite(
    question: str,
    language: str,
    evidence: Sequence[Evidence],
    llm: "LLM",
    *,
    deadline: float,
    retries: int = 2,
    similarity: Similarity | None = None,
    repair: bool = True,
    literal: bool = False,
    made: list[ModelCall] | None = None,
) -> AsyncGenerator[Verified | Written]:
    """Write the answer to `question` in `language` from `evidence`: Verified sentences, then one Written.

    `deadline` is in seconds from now and covers retries and repair. `similarity` gives the cosine of two
    texts. Without `repair` failed sentences are not asked for anew; `literal` as in `judge`. Each call of the
    model is added to `made`. Raises EngineFailed; what was yielded before stands.
    """
    calls = Calls(llm, monotonic() + deadline, retries, [] if made is None else made)
    ledger = Ledger(language, evidence, similarity, question, literal)
    reply = _Reply(SentenceStream())
    messages = answer_messages(question, language, evidence)
    async with aclosing(_read(_trimming(calls, messages, question, language, evidence), reply)) as sentences:
        async for sentence in sentences:
            if (verified := ledger.settle(sentence)) is not None:
                yield verified
    for verified in _settled(ledger, _last_sentences(reply, ledger)):
        yield verified
    first = len(ledger.sentences)
    again = await _repair(calls, ledger, messages, reply.text.raw) if repair else _Repaired()
    for verified in again.verified:
        yield verified
    judged = [*ledger.judged, *again.judged]
    yield _written(ledger, reply, judged, repaired=len(ledger.sentences) - first)


async def acondense(
    question: str,
    language: str,
    history: Sequence[Exchange],
    llm: "LLM",
    *,
    deadline: float,
    retries: int = 2,
    made: list[ModelCall] | None = None,
) -> str:
    """A follow-up as a question that stands alone, by the model, whose calls are added to `made`.

    Raises EngineFailed.
    """
    calls = Calls(llm, monotonic() + deadline, retries, [] if made is None else made)
    messages = condense_messages(question, language, history)
    lines = sentences_of(await _read_whole(calls.stream("condense", messages)))
    return lines[0] if lines else question


write = iterating(awrite)
"""`awrite` for callers that are not asynchronous: closing the iterator ends the request to the model."""

condense = blocking(acondense)
"""`acondense` for callers that are not asynchronous."""


async def _read(pieces: AsyncGenerator[Piece], reply: _Reply) -> AsyncGenerator[str]:
    """The sentences of a reply as they are completed. A model that finds no end is let go."""
    async with aclosing(pieces):
        async for piece in pieces:
            for sentence in reply.add(piece):
                yield sentence
            if reply.is_endless:
                return


async def _read_whole(pieces: AsyncGenerator[Piece]) -> str:
    """All that a model replies, thoughts included."""
    reply = _Reply(SentenceStream())
    async with aclosing(_read(pieces, reply)) as sentences:
        async for _ in sentences:
            pass
    return reply.text.raw


async def _trimming(
    calls: Calls,
    messages: Sequence["ChatMessage"],
    question: str,
    language: str,
    evidence: Sequence[Evidence],
) -> AsyncGenerator[Piece]:
    """The reply; if the prompt is too long, the reply to one with half the evidence."""
    try:
        async with aclosing(calls.stream("answer", messages)) as pieces:
            async for piece in pieces:
                yield piece
        return
    except ContextExceeded:
        if len(evidence) < 2:
            raise
    shorter = answer_messages(question, language, evidence[: len(evidence) // 2])
    async with aclosing(calls.stream("answer", shorter)) as pieces:
        async for piece in pieces:
            yield piece


def _settled(ledger: Ledger, sentences: Sequence[str]) -> Iterator[Verified]:
    for sentence in sentences:
        if (verified := ledger.settle(sentence)) is not None:
            yield verified


def _last_sentences(reply: _Reply, ledger: Ledger) -> list[str]:
    """The sentences that the end of the reply completes; one that it breaks off is noted as such."""
    sentences = reply.text.finish()
    if sentences and reply.broken_off:
        ledger.break_off(sentences.pop())
    return sentences


@dataclass(frozen=True, slots=True)
class _Repaired:
    """The sentences of a second attempt that passed, and all of them as they were judged."""

    verified: Sequence[Verified] = ()
    judged: Sequence[Judged] = ()


async def _repair(calls: Calls, ledger: Ledger, messages: Sequence["ChatMessage"], written: str) -> _Repaired:
    """Ask once for the failed sentences anew. A failing model leaves them failed."""
    if not ledger.failed or ledger.refused:
        return _Repaired()
    failed = [(failure.text, reason_told(failure.verdict, ledger.language)) for failure in ledger.failed]
    prompt = repair_messages(messages, written, failed, ledger.language)
    try:
        said = await _read_whole(calls.stream("repair", prompt))
    except EngineFailed:
        return _Repaired()
    again = replace(ledger, failed=[], judged=[])
    verified = list(_settled(again, sentences_of(said)))
    return _Repaired(verified, again.judged)


def _written(ledger: Ledger, reply: _Reply, judged: Sequence[Judged], *, repaired: int) -> Written:
    return Written(
        sentences=tuple(ledger.sentences),
        citations=tuple(ledger.citations.values()),
        dropped=tuple(Dropped(f.text, reason_told(f.verdict, ledger.language)) for f in ledger.failed),
        raw_text=reply.text.raw,
        refused=ledger.refused and not ledger.sentences,
        repaired=repaired,
        unknown_markers=ledger.unknown_markers,
        judged=tuple(judged),
    )
