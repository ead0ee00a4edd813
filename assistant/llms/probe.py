"""One cheap call to a model: to know whether it answers, or to have it read what every prompt begins with."""

from collections.abc import Sequence
from contextlib import aclosing
from time import monotonic
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from assistant.llms.bridge import blocking
from assistant.llms.calls import stream

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

_LONGEST = 20.0  # seconds


async def _aprobe(llm: "LLM", deadline: float) -> None:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="user", content="Reply with the word ok.")]
    await _first_word(llm, messages, min(deadline, _LONGEST))


async def _aread(llm: "LLM", messages: Sequence["ChatMessage"], deadline: float) -> None:
    await _first_word(llm, messages, deadline)


async def _first_word(llm: "LLM", messages: Sequence["ChatMessage"], deadline: float) -> None:
    until = monotonic() + deadline
    async with aclosing(stream(llm, messages, until=until, retries=0)) as pieces:
        async for piece in pieces:
            # The first word is proof enough; leaving ends the request.
            if piece.text:
                return
    raise EngineFailed("The model sent no words.", transient=True)


probe = blocking(_aprobe)
"""Ask the model for one word, within seconds. Raises EngineFailed."""

read = blocking(_aread)
"""Have the model read `messages`, so that it need not read their beginning again. Raises EngineFailed."""
