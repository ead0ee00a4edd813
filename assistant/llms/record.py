"""What was said to a model and what it said, call by call: for traces, and for what an answer cost."""

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from time import monotonic, time
from typing import TYPE_CHECKING, Any, Literal

from assistant.answer import Usage
from assistant.errors import EngineFailed, RequestRefused
from assistant.llms.calls import Piece, stream
from assistant.llms.choice import RequestOptions
from assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage


Purpose = Literal["condense", "plan", "answer", "repair", "look"]


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call. `messages` are pairs of role and text; `began` is in seconds since the epoch.

    `first_ms` is the time to the first word, None if none came. Token counts are None where the server does
    not tell; `failure` is what went wrong, if something did.
    """

    purpose: Purpose
    messages: tuple[tuple[str, str], ...]
    reply: str
    began: float
    first_ms: float | None
    total_ms: float
    tokens_in: int | None = None
    tokens_out: int | None = None
    failure: str | None = None


@dataclass(slots=True)
class Calls:
    """How a model is called, and the calls that were made. `until` is a moment of `time.monotonic`.

    A call that fails before its first word is tried again `retries` times, and without the `options` that the server
    refuses. A reply of more than `most_characters` has no end.
    """

    llm: "LLM"
    until: float
    retries: int
    made: list[ModelCall] = field(default_factory=list)
    options: RequestOptions = field(default_factory=RequestOptions)
    most_characters: int = 32_000

    async def stream(
        self,
        purpose: Purpose,
        messages: Sequence["ChatMessage"],
        *,
        retries: int | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> AsyncGenerator[Piece]:
        """The reply as it is written; each call is noted when it ends, however it ends. Raises EngineFailed.

        `retries` and `options` are for this call alone.
        """
        attempts = self.options.attempts(options or {})
        for fields in attempts:
            try:
                async with aclosing(self._noted(purpose, messages, retries, fields)) as pieces:
                    async for piece in pieces:
                        self.options.give_up(attempts[0], fields)
                        yield piece
                return
            except RequestRefused:
                if fields is attempts[-1]:
                    raise

    async def _noted(
        self,
        purpose: Purpose,
        messages: Sequence["ChatMessage"],
        retries: int | None,
        options: Mapping[str, Any],
    ) -> AsyncGenerator[Piece]:
        began, start = time(), monotonic()
        pieces: list[Piece] = []
        first_ms: float | None = None
        failure: str | None = None
        try:
            tries = self.retries if retries is None else retries
            reply = stream(self.llm, messages, until=self.until, retries=tries, options=options)
            async with aclosing(reply):
                async for piece in reply:
                    if first_ms is None:
                        first_ms = _ms_since(start)
                    pieces.append(piece)
                    yield piece
        except EngineFailed as error:
            failure = str(error)
            raise
        finally:
            said = tuple((message.role.value, message.content or "") for message in messages)
            text = "".join(piece.text for piece in pieces)
            tokens_in = _last(piece.tokens_in for piece in pieces)
            tokens_out = _last(piece.tokens_out for piece in pieces)
            total = _ms_since(start)
            self.made.append(
                ModelCall(purpose, said, text, began, first_ms, total, tokens_in, tokens_out, failure)
            )


def _ms_since(start: float) -> float:
    return 1000 * (monotonic() - start)


def _last(counts: Iterable[int | None]) -> int | None:
    """The last count that was told."""
    return next((count for count in reversed(list(counts)) if count), None)


_PRICED_TOKENS = 1_000_000


def usage_of(calls: Sequence[ModelCall], settings: Settings) -> Usage | None:
    """The sum of the calls; None if no model was called. A call whose server tells no tokens counts none."""
    if not calls:
        return None
    tokens_in = sum(call.tokens_in or 0 for call in calls)
    tokens_out = sum(call.tokens_out or 0 for call in calls)
    return Usage(len(calls), tokens_in, tokens_out, _cost(tokens_in, tokens_out, settings))


def _cost(tokens_in: int, tokens_out: int, settings: Settings) -> float | None:
    if settings.price_in is None and settings.price_out is None:
        return None
    price = tokens_in * (settings.price_in or 0.0) + tokens_out * (settings.price_out or 0.0)
    return price / _PRICED_TOKENS
