"""One cheap call to a model, to know whether it answers."""

from contextlib import aclosing
from time import monotonic
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from assistant.llms.bridge import blocking
from assistant.llms.calls import stream

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_LONGEST = 20.0  # seconds


async def _aprobe(llm: "LLM", deadline: float) -> None:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="user", content="Reply with the word ok.")]
    until = monotonic() + min(deadline, _LONGEST)
    async with aclosing(stream(llm, messages, until=until, retries=0)) as pieces:
        async for piece in pieces:
            # The first word is proof enough; leaving ends the request.
            if piece.text:
                return
    raise EngineFailed("The model sent no words.", transient=True)


probe = blocking(_aprobe)
"""Ask the model for one word, within seconds. Raises EngineFailed."""
