"""What a model is sent: numbered evidence that cannot break out of its block, the question, the rules."""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Evidence
from assistant.extraction.orders import speaks_to_the_writer
from assistant.questions.exchange import Exchange
from index.invisible import is_invisible
from index.speakers import speaker_name
from prompts import LANGUAGES, phrase, render

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

# What a follow-up leans on is mostly the question before and how its answer begins.
_EXCHANGES_BACK = 3
_LONGEST_OPENING = 200
# Letters that could close the evidence block or look like a marker, and what stands for them.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "【": "(", "】": ")"})
# Private use and unassigned: a reader may see something there, a model is not to guess what.
_MEANINGLESS = frozenset({"Co", "Cn"})


def answer_messages(question: str, language: str, evidence: Sequence[Evidence]) -> list["ChatMessage"]:
    """The messages that ask for an answer to a question that stands alone."""
    name = language_name(language)
    prompt = render(
        "answer", language, evidence=evidence_block(evidence), question=harmless(question), language_name=name
    )
    return [_message("system", render("system", language, language_name=name)), _message("user", prompt)]


def rules(language: str) -> list["ChatMessage"]:
    """What every prompt for an answer begins with."""
    return answer_messages("", language, ())[:1]


def repair_messages(
    messages: Sequence["ChatMessage"], written: str, failed: Sequence[tuple[str, str]], language: str
) -> list["ChatMessage"]:
    """The messages that ask for failed sentences anew; `failed` pairs each with the reason."""
    named = "\n".join(f"- {sentence} ({reason})" for sentence, reason in failed)
    prompt = render("repair", language, sentences=named, language_name=language_name(language))
    return [*messages, _message("assistant", written), _message("user", prompt)]


def condense_messages(question: str, language: str, history: Sequence[Exchange]) -> list["ChatMessage"]:
    """The messages that ask for a follow-up question as one that stands alone."""
    told = "\n".join(f"- {one.question}\n  {_opening(one.answer)}" for one in history[-_EXCHANGES_BACK:])
    name = language_name(language)
    prompt = render(
        "condense", language, history=harmless_lines(told), question=harmless(question), language_name=name
    )
    return [_message("user", prompt)]


def evidence_block(evidence: Sequence[Evidence]) -> str:
    """The sentences a line each, numbered, below the date and title of their document.

    Each document is named once: reading a prompt is what takes a small model its time.
    """
    by_document: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_document.setdefault(item.document.id, []).append(item)
    return "\n".join(line for items in by_document.values() for line in _document_lines(items))


def harmless(text: str) -> str:
    """`text` on one line, without invisible characters and without what could end a block or be a marker."""
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_told(c))
    return " ".join(visible.translate(_HARMLESS).split())


def harmless_lines(text: str) -> str:
    """`text` made harmless line by line."""
    return "\n".join(harmless(line) for line in text.splitlines())


def language_name(language: str) -> str:
    """The language's own name for itself; its code where there are no phrases in it."""
    return phrase("language_name", language) if language in LANGUAGES else language


def _is_told(character: str) -> bool:
    return not is_invisible(character) and unicodedata.category(character) not in _MEANINGLESS


def _document_lines(items: Sequence[Evidence]) -> list[str]:
    document = items[0].document
    dated = [] if document.published is None else [document.published.isoformat()]
    # Whoever writes orders into a title can write them into a path.
    named = [] if speaks_to_the_writer(document.title) else [f"«{harmless(document.title)}»"]
    return [f"({', '.join([*dated, *named])})", *map(_evidence_line, items)]


def _evidence_line(item: Evidence) -> str:
    speaker = speaker_name(item.document.speaker_of(item.span.start))
    said = f" {harmless(speaker)}:" if speaker else ""
    return f"[{item.number}]{said} {harmless(item.quote)}"


def _opening(answer: str) -> str:
    """The beginning of an answer, cut at a space."""
    if len(answer) <= _LONGEST_OPENING:
        return answer
    return answer[:_LONGEST_OPENING].rpartition(" ")[0] + " …"


def _message(role: str, content: str) -> "ChatMessage":
    from llama_index.core.llms import ChatMessage

    return ChatMessage(role=role, content=content)
