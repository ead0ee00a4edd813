"""A conversation as Markdown, each answer with its sources."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.conversations import Turn

# What Markdown would take for its own; text from documents must come out as it is.
_HEADING = re.compile(r"^(#{1,4}) ", re.MULTILINE)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def conversation_markdown(title: str, turns: Sequence[Turn]) -> str:
    """The questions as headings, the answers below them, then the quotes with document, date and offsets."""
    parts = [f"# {_escaped(title)}", *(_turn(turn) for turn in turns)]
    return "\n\n".join(parts) + "\n"


def _turn(turn: Turn) -> str:
    asked = f"## {_escaped(turn.question)}"
    understood = [] if turn.standalone == turn.question else [f"*{_escaped(turn.standalone)}*"]
    sources = "\n".join(_source(citation) for citation in turn.answer["citations"])
    body = [_answer(turn.answer), *([sources] if sources else [])]
    return "\n\n".join([asked, *understood, *body])


def _answer(answer: Mapping[str, Any]) -> str:
    """The text of an answer: a model's is Markdown already, with the headings below the question's."""
    text = str(answer["text"])
    if any(sentence.get("form") for sentence in answer.get("sentences", ())):
        return _HEADING.sub(r"##\1 ", text)
    return _escaped(text).replace("\n", "  \n")


def _source(citation: dict[str, Any]) -> str:
    document = citation["document"]
    told = [document["title"], document["date"], document["path"], f"{citation['start']}–{citation['end']}"]
    where = ", ".join(_escaped(str(part)) for part in told if part)
    return f"- \\[{citation['marker']}\\] «{_escaped(' '.join(citation['quote'].split()))}» — {where}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
