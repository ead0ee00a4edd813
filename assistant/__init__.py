"""Ask an archive of documents; every sentence of the answer is proved by an exact quote.

    from assistant import query

    answer = query("¿Cuándo será la próxima reunión?")
    print(answer.text)
    for citation in answer.citations:
        assert citation.document.text[citation.start : citation.end] == citation.quote

`query` asks the folder that the settings name (`documents/` in the working directory by default); for another
folder make an `Assistant(Settings(documents=…, index=…))` and keep it.
"""

import atexit
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from assistant.errors import HemerotecaError
from index.document import Document, Span
from index.filters import EVERYTHING, DocumentFilter

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.conversation import Conversation
    from assistant.finding.search import Hit
    from assistant.settings import Settings, load_settings

# Imported when first named: `hemeroteca --help` needs none of what they bring.
_LATER = {
    "Assistant": "assistant.assistant",
    "Conversation": "assistant.conversation",
    "Hit": "assistant.finding.search",
    "Settings": "assistant.settings",
    "load_settings": "assistant.settings",
}

__all__ = [
    "Answer",
    "AnswerSentence",
    "Assistant",
    "Citation",
    "Conversation",
    "Document",
    "DocumentFilter",
    "Dropped",
    "Event",
    "Evidence",
    "Finished",
    "HemerotecaError",
    "Hit",
    "Retrieved",
    "Settings",
    "Span",
    "Verified",
    "aquery",
    "load_settings",
    "query",
    "stream",
]


def query(question: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None) -> Answer:
    """The answer of the default archive; `wanted` bounds the documents, `as_of` the knowledge.

    Raises HemerotecaError with a sentence that says what to do.
    """
    return _default().ask(question, wanted=wanted, as_of=as_of)


async def aquery(question: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None) -> Answer:
    """`query` without blocking the event loop."""
    return await _default().aask(question, wanted=wanted, as_of=as_of)


def stream(
    question: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None
) -> Iterator[Event]:
    """The answer of the default archive as it comes."""
    return _default().stream(question, wanted=wanted, as_of=as_of)


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def _default() -> "Assistant":
    from assistant.settings import load_settings

    return _opened(load_settings())


def _opened(settings: "Settings") -> "Assistant":
    """The assistant of these settings, which is opened once."""
    from assistant.assistant import Assistant

    for opened in _open:
        if opened.settings == settings:
            return opened
    _open.append(Assistant(settings))
    atexit.register(_open[-1].close)
    return _open[-1]


_open: list["Assistant"] = []
