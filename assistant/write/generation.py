"""Prose from a model: prompt, stream, parts, each judged; what is invented may be written anew; a second look."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import AnswerSentence, Citation, Dropped, Evidence, Verified
from assistant.errors import ContextExceeded, EngineFailed
from assistant.llms.bridge import blocking, iterating
from assistant.llms.calls import Piece
from assistant.llms.record import Calls
from assistant.prove.facts import opinions_of
from assistant.prove.manuscript import Manuscript
from assistant.prove.part import Part, reason_told
from assistant.prove.proof import Judged, Similarity
from assistant.write.evidence_text import evidence_text
from assistant.write.material import Material
from assistant.write.prompts import (
    Asking,
    answer_messages,
    condense_messages,
    repair_messages,
    second_look_messages,
)
from assistant.write.reply import ReplyStream, parts_of

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

_CUT_OFF = frozenset({"length", "content_filter"})
_STOPS = tuple('.!?…:»”")]*')
# Characters of a plan or a repair.
_LONGEST_ASIDE = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """The answer from `evidence`, as it stands when all was looked at. `refused`: the model found no answer there.

    `judged` are all sentences in the order they were written, each that was written anew behind what it stands for;
    `repaired` counts these, `unknown_markers` markers of no evidence.
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

    text: ReplyStream
    most_characters: int
    finish: str | None = None

    def add(self, piece: Piece) -> list[Part]:
        """Take a piece; the parts that it completes."""
        self.finish = piece.finish or self.finish
        return self.text.add(piece.text)

    @property
    def is_endless(self) -> bool:
        return len(self.text.visible) > self.most_characters

    @property
    def broken_off(self) -> bool:
        """Whether the last part is unfinished: servers do not always say so."""
        if self.finish is None:
            return not self.text.raw.rstrip().endswith(_STOPS)
        return self.finish in _CUT_OFF


@dataclass(frozen=True, slots=True)
class Checking:
    """How what a model writes is checked. `similarity` gives the cosine of two texts.

    `literal` holds it to the words of the evidence. `repairs` says whether inventions are asked for anew,
    `looks_again` whether the model looks at its answer once more; both as long as no more than `most_calls` are made.
    """

    similarity: Similarity | None = None
    literal: bool = False
    repairs: bool = True
    looks_again: bool = True
    most_calls: int = 3


async def awrite(
    asking: Asking, material: Material, calls: Calls, *, room: int, checking: Checking
) -> AsyncGenerator[Verified | Written]:
    """Write the answer from what of `material` fits into `room` characters: sentences to show, then one Written.

    Raises EngineFailed; what was yielded before stands.
    """
    prompt = _Prompt(asking, material, room)
    reply = _Reply(ReplyStream(), calls.most_characters)
    manuscript = Manuscript(
        asking.language,
        prompt.evidence,
        checking.similarity,
        f"{asking.question} {asking.standalone}",
        checking.literal,
    )
    async with aclosing(_read(_trimming(calls, prompt), reply)) as parts:
        async for part in parts:
            manuscript.evidence = prompt.evidence
            for shown in manuscript.settle(part):
                yield shown
    for part in _last_parts(reply, manuscript):
        for shown in manuscript.settle(part):
            yield shown
    for shown in manuscript.close():
        yield shown
    rest = checking.most_calls - len(calls.made)
    if checking.repairs and rest > checking.looks_again:
        for shown in await _repair(calls, manuscript, prompt, reply.text.raw):
            yield shown
    if checking.looks_again and len(calls.made) < checking.most_calls:
        await _look_again(calls, manuscript, asking)
    yield _written(manuscript, reply)


async def acondense(asking: Asking, calls: Calls) -> str:
    """A follow-up as a question that stands alone, by the model. Raises EngineFailed."""
    reply = await read_whole(calls.stream("condense", condense_messages(asking), retries=0))
    sentences = (part.words for part in parts_of(reply))
    return next(filter(None, sentences), asking.question)


write = iterating(awrite)
"""`awrite` for callers that are not asynchronous: closing the iterator ends the request to the model."""

condense = blocking(acondense)
"""`acondense` for callers that are not asynchronous."""


async def _read(pieces: AsyncGenerator[Piece], reply: _Reply) -> AsyncGenerator[Part]:
    """The parts of a reply as they are completed. A model that finds no end is let go."""
    async with aclosing(pieces):
        async for piece in pieces:
            for part in reply.add(piece):
                yield part
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


def _last_parts(reply: _Reply, manuscript: Manuscript) -> list[Part]:
    """The parts that the end of the reply completes; one that it breaks off is noted as such."""
    parts = reply.text.finish()
    if parts and reply.broken_off:
        manuscript.break_off(parts.pop())
    return parts


async def _repair(calls: Calls, manuscript: Manuscript, prompt: _Prompt, written: str) -> list[Verified]:
    """Ask once for what was invented anew. A failing model leaves it out."""
    inventions = manuscript.inventions()
    if not inventions or manuscript.refused:
        return []
    complaints = [
        (entry.part.written, reason_told(entry.verdict, manuscript.language)) for entry in inventions
    ]
    messages = repair_messages(prompt.messages, written, complaints, prompt.asking)
    try:
        reply = await read_whole(calls.stream("repair", messages))
    except EngineFailed:
        return []
    return manuscript.mend(parts_of(reply))


async def _look_again(calls: Calls, manuscript: Manuscript, asking: Asking) -> None:
    """Let the model look at what it wrote; if it fails, or says nothing to it, all stays as it was judged."""
    claims = manuscript.claims()
    if not claims:
        return
    try:
        reply = await read_whole(calls.stream("look", second_look_messages(claims, asking), retries=0))
    except EngineFailed:
        return
    manuscript.review(opinions_of(reply, claims))


def _written(manuscript: Manuscript, reply: _Reply) -> Written:
    return Written(
        sentences=manuscript.sentences,
        citations=tuple(manuscript.citations.values()),
        dropped=manuscript.dropped,
        raw_text=reply.text.raw,
        evidence=tuple(manuscript.evidence),
        refused=manuscript.refused and not manuscript.sentences,
        repaired=sum(entry.mended is not None for entry in manuscript.entries),
        unknown_markers=manuscript.unknown_markers,
        judged=manuscript.judged,
    )
