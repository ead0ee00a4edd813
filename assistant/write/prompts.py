"""The messages that a model is sent: numbered evidence, the question, the rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Evidence
from assistant.prove.facts import Claim, second_look_prompt
from assistant.questions.history import CitedSpan, Exchange
from assistant.write.evidence_text import evidence_text, harmless, harmless_lines
from prompts import LANGUAGES, phrase, render

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

# What a follow-up leans on is mostly the last answers.
_EXCHANGES_BACK = 3
# Characters of an answer before: of the last one nearly all, and for a small model how it begins.
_LONGEST_ANSWER = 6000
_LONGEST_OPENING = 200
_MARKER = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a model is to answer, and what it is told besides the evidence.

    `standalone` is the question without need of the `history`, where it differs. `newest` is the day of the newest
    document, `about` what the settings tell of the archive. `small` asks for as little as a small model manages.
    """

    question: str
    language: str
    standalone: str = ""
    today: date | None = None
    newest: date | None = None
    about: str = ""
    history: Sequence[Exchange] = ()
    small: bool = False

    @property
    def language_name(self) -> str:
        """The language's own name for itself; its code where there are no phrases in it."""
        return phrase("language_name", self.language) if self.language in LANGUAGES else self.language


def answer_messages(asking: Asking, evidence: Sequence[Evidence]) -> list["ChatMessage"]:
    """The messages that ask for an answer from the evidence."""
    prompt = render(
        _name("answer", asking),
        asking.language,
        evidence=evidence_text(evidence),
        question=harmless(asking.question),
        language_name=asking.language_name,
        circumstances=_circumstances(asking),
        conversation=_conversation(asking, evidence),
    )
    return [*rules(asking), _message("user", prompt)]


def rules(asking: Asking) -> list["ChatMessage"]:
    """What every prompt for an answer begins with."""
    name = _name("system", asking)
    return [_message("system", render(name, asking.language, language_name=asking.language_name))]


def repair_messages(
    messages: Sequence["ChatMessage"], written: str, failed: Sequence[tuple[str, str]], asking: Asking
) -> list["ChatMessage"]:
    """The messages that ask for failed sentences anew; `failed` pairs each with the reason."""
    named = "\n".join(f"- {sentence} ({reason})" for sentence, reason in failed)
    prompt = render("repair", asking.language, sentences=named, language_name=asking.language_name)
    return [*messages, _message("assistant", written), _message("user", prompt)]


def second_look_messages(claims: Sequence[Claim], asking: Asking) -> list["ChatMessage"]:
    """The messages that ask whether the sentences of an answer say what their pieces say."""
    harmless_claims = [
        replace(claim, text=harmless(claim.text), pieces=tuple(map(harmless, claim.pieces)))
        for claim in claims
    ]
    question = harmless(asking.standalone or asking.question)
    return [_message("user", second_look_prompt(harmless_claims, question, asking.language))]


def plan_messages(asking: Asking) -> list["ChatMessage"]:
    """The messages that ask for the searches that a question needs, and for the question as it stands alone."""
    prompt = render(
        "plan",
        asking.language,
        question=harmless(asking.question),
        language_name=asking.language_name,
        circumstances=_circumstances(asking),
        conversation=_conversation(asking, ()),
    )
    return [_message("user", prompt)]


def condense_messages(asking: Asking) -> list["ChatMessage"]:
    """The messages that ask a small model for a follow-up question as one that stands alone."""
    before = "\n".join(
        f"- {one.question}\n  {_beginning(one.answer, _LONGEST_OPENING)}"
        for one in asking.history[-_EXCHANGES_BACK:]
    )
    prompt = render(
        "condense",
        asking.language,
        history=harmless_lines(before),
        question=harmless(asking.question),
        language_name=asking.language_name,
    )
    return [_message("user", prompt)]


def _name(template: str, asking: Asking) -> str:
    return f"small_{template}" if asking.small else template


def _circumstances(asking: Asking) -> str:
    """Today's date, the newest document's, and what the archive is."""
    lines = [
        phrase(key, asking.language, **{key: value})
        for key, value in (
            ("today", asking.today),
            ("newest", asking.newest),
            ("archive", harmless(asking.about)),
        )
        if value
    ]
    return " ".join(lines)


def _conversation(asking: Asking, evidence: Sequence[Evidence]) -> str:
    """The last questions and answers, whole, each marker as the number that its quote has among the evidence."""
    if not asking.history:
        return ""
    lines = [phrase("conversation", asking.language)]
    for exchange in asking.history[-_EXCHANGES_BACK:]:
        lines += [f"> {harmless(exchange.question)}", _renumbered(exchange, evidence), ""]
    return "\n<conversation>\n{}</conversation>\n".format("\n".join(lines))


def _renumbered(exchange: Exchange, evidence: Sequence[Evidence]) -> str:
    numbers = {str(quote.marker): _number_of(quote, evidence) for quote in exchange.citations}
    parts = _MARKER.split(_beginning(exchange.answer, _LONGEST_ANSWER))
    markers = [f"[{number}]" if (number := numbers.get(marker)) else "" for marker in parts[1::2]]
    texts = [_harmless_part(part) for part in parts[::2]]
    return "".join(text + marker for text, marker in zip(texts, [*markers, ""], strict=True)).strip()


def _number_of(quote: CitedSpan, evidence: Sequence[Evidence]) -> int | None:
    """By which number a quote of an answer before goes now."""
    return next(
        (
            item.number
            for item in evidence
            if item.document.id == quote.document and item.span.overlaps(quote.span)
        ),
        None,
    )


def _harmless_part(text: str) -> str:
    """A part of an answer with its line breaks and the space at its ends, where markers stood."""
    lines = [
        f"{' ' * line[:1].isspace()}{harmless(line)}{' ' * line[-1:].isspace()}" for line in text.split("\n")
    ]
    return "\n".join(lines)


def _beginning(answer: str, length: int) -> str:
    """The beginning of an answer, cut at a space."""
    if len(answer) <= length:
        return answer
    return answer[:length].rpartition(" ")[0] + " …"


def _message(role: str, content: str) -> "ChatMessage":
    from llama_index.core.llms import ChatMessage

    return ChatMessage(role=role, content=content)
