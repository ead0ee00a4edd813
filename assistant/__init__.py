"""Ask an archive of documents; every sentence of the answer is proved by an exact quote.

    from assistant import query

    answer = query("¿Cuándo será la próxima reunión?")
    print(answer.text)
    for citation in answer.citations:
        assert citation.document.text[citation.start : citation.end] == citation.quote

`query` asks the folder that the settings name (`documents/` in the working directory by default); for another
folder make an `Assistant(Settings(documents=…, index=…))` and keep it.
"""

from collections.abc import Iterator
from functools import cache

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Dropped,
    Event,
    Evidence,
    Finished,
    Retrieved,
    Verified,
)
from assistant.assistant import Assistant
from assistant.errors import HemerotecaError
from assistant.settings import Settings, load_settings
from index.documents import Document, Span

__all__ = [
    "Answer",
    "AnswerSentence",
    "Assistant",
    "Citation",
    "Document",
    "Dropped",
    "Event",
    "Evidence",
    "Finished",
    "HemerotecaError",
    "Retrieved",
    "Settings",
    "Span",
    "Verified",
    "aquery",
    "load_settings",
    "query",
    "stream",
]


def query(question: str) -> Answer:
    """The answer of the default archive. Raises HemerotecaError with a sentence that says what to do."""
    return _default(load_settings()).ask(question)


async def aquery(question: str) -> Answer:
    """`query` without blocking the event loop."""
    return await _default(load_settings()).aask(question)


def stream(question: str) -> Iterator[Event]:
    """The answer of the default archive as it comes."""
    return _default(load_settings()).stream(question)


@cache
def _default(settings: Settings) -> Assistant:
    return Assistant(settings)
