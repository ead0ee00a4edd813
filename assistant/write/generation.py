"""Prose from a model: prompt, stream, sentences, each judged; what fails is repaired once or dropped."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import AnswerSentence, Citation, Dropped, Evidence, Verified
from assistant.errors import ContextExceeded, EngineFailed
from assistant.llms.bridge import blocking, iterating
from assistant.llms.calls import Piece
from assistant.llms.record import Calls
from assistant.prove.ledger import Ledger, reason_told
from assistant.prove.proof import Similarity
from assistant.prove.verdicts import Judged
from assistant.write.evidence_text import evidence_text
from assistant.write.material import Material
from assistant.write.prompts import Asking, answer_messages, condense_messages, repair_messages
from assistant.writing.sentence_stream import SentenceStream, sentences_of

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

_CUT_OFF = frozenset({"length", "content_filter"})
_STOPS = tuple('.!?…:»”")]*')
# Characters of a plan or a repair.
_LONGEST_ASIDE = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that was written from `evidence`. `refused` says that the model found no answer in the evidence.

    `judged` are all sentences in the order they were written, those of the repair last; `repaired` counts
    the ones that passed then, `unknown_markers` markers of no evidence.
    """

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    raw_text: str
    evidence: tuple[Evidence, ...] = ()
    refused: bool = False
    repaired: int = 0
    unknown_markers: int = 0
    judged: tuple[Judged, ...] = ()


@dataclass(slots=True)
class _Reply:
    """What the model has sent in answer to one prompt."""

    text: SentenceStream
    most_characters: int
    finish: str | None = None

    def add(self, piece: Piece) -> list[str]:
        """Take a piece; the sentences that it completes."""
        self.finish = piece.finish or self.finish
        return self.text.add(piece.text)

    @property
    def is_endless(self) -> bool:
        return len(self.text.visible) > self.most_characters

    @property
    def broken_off(self) -> bool:
        """Whether the last sentence is unfinished: servers do not always say so."""
        if self.finish is None:
            return not self.text.raw.rstrip().endswith(_STOPS)
        return self.finish in _CUT_OFF


async def awrite(
    asking: Asking,
    material: Material,
    calls: Calls,
    *,
    room: int,
    similarity: Similarity | None = None,
    repair: bool = True,
    literal: bool = False,
) -> AsyncGenerator[Verified | Written]:
    """Write the answer from what of `material` fits into `room` characters: Verified sentences, then one Written.

    `similarity` gives the cosine of two texts. Without `repair` failed sentences are not asked for anew; `literal`
    as in `judge`. Raises EngineFailed; what was yielded before stands.
    """
    prompt = _Prompt(asking, material, room)
    reply = _Reply(SentenceStream(), calls.most_characters)
    ledger = Ledger(asking.language, prompt.evidence, similarity, asking.question, literal)
    async with aclosing(_read(_trimming(calls, prompt), reply)) as sentences:
        async for sentence in sentences:
            ledger.evidence = prompt.evidence
            if (verified := ledger.settle(sentence)) is not None:
                yield verified
    for verified in _settled(ledger, _last_sentences(reply, ledger)):
        yield verified
    first = len(ledger.sentences)
    again = await _repair(calls, ledger, prompt, reply.text.raw) if repair else _Repaired()
    for verified in again.verified:
        yield verified
    judged = [*ledger.judged, *again.judged]
    yield _written(ledger, reply, judged, repaired=len(ledger.sentences) - first)


async def acondense(asking: Asking, calls: Calls) -> str:
    """A follow-up as a question that stands alone, by the model. Raises EngineFailed."""
    lines = sentences_of(await read_whole(calls.stream("condense", condense_messages(asking), retries=0)))
    return lines[0] if lines else asking.question


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


async def read_whole(pieces: AsyncGenerator[Piece]) -> str:
    """All that a model replies, thoughts included, as far as it finds an end."""
    text = ""
    async with aclosing(pieces):
        async for piece in pieces:
            text += piece.text
            if len(text) > _LONGEST_ASIDE:
                break
    return text


@dataclass(slots=True)
class _Prompt:
    """What the model is sent, and the evidence in it."""

    asking: Asking
    material: Material
    room: int
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        self.evidence = self.material.within(self.room)

    def halve(self) -> None:
        """Take the best half of the evidence."""
        self.room = min(self.room, len(evidence_text(self.evidence))) // 2
        self.evidence = self.material.within(self.room)

    @property
    def messages(self) -> list["ChatMessage"]:
        return answer_messages(self.asking, self.evidence)


async def _trimming(calls: Calls, prompt: _Prompt) -> AsyncGenerator[Piece]:
    """The reply; if the prompt is too long, the reply to one with half the evidence."""
    try:
        async with aclosing(calls.stream("answer", prompt.messages)) as pieces:
            async for piece in pieces:
                yield piece
        return
    except ContextExceeded:
        if len(prompt.evidence) < 2:
            raise
    prompt.halve()
    async with aclosing(calls.stream("answer", prompt.messages)) as pieces:
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


async def _repair(calls: Calls, ledger: Ledger, prompt: _Prompt, written: str) -> _Repaired:
    """Ask once for the failed sentences anew. A failing model leaves them failed."""
    if not ledger.failed or ledger.refused:
        return _Repaired()
    failed = [(failure.text, reason_told(failure.verdict, ledger.language)) for failure in ledger.failed]
    messages = repair_messages(prompt.messages, written, failed, prompt.asking)
    try:
        said = await read_whole(calls.stream("repair", messages))
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
        evidence=tuple(ledger.evidence),
        refused=ledger.refused and not ledger.sentences,
        repaired=repaired,
        unknown_markers=ledger.unknown_markers,
        judged=tuple(judged),
    )
