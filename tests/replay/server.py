"""Speaks the OpenAI protocol and replies from `questions.toml`, by question and kind of call."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.model_server import Exchange, ModelServer, says

HERE = Path(__file__).parent
_ASKED = re.compile(r"^(?:Pregunta|Question|Pergunta) ?: (.+)$", re.MULTILINE)
_PIECE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_CLAIM = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)
_CITED = re.compile(r"\[@([^\]]+)\]")
# A marker of no evidence: what should have been in the prompt was not.
NOWHERE = "[9999]"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of `questions.toml`; see there."""

    id: str
    question: str
    reply: str
    plan: str = ""
    first: str = ""
    repair: str = ""
    follows: str = ""
    refuses: bool = False
    shows: list[str] = field(default_factory=list)
    hides: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)

    @property
    def wordings(self) -> set[str]:
        """The question as it is asked, and as the plan has it stand alone."""
        return {self.question, *([json.loads(self.plan)["question"]] if self.plan else [])}

    @property
    def cited(self) -> list[str]:
        """The words of the pieces that the reply rests on."""
        return _CITED.findall(self.reply)


def questions() -> dict[str, Question]:
    """Every question by its id."""
    rows = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))["questions"]
    return {row["id"]: Question(**row) for row in rows}


def chain(known: Mapping[str, Question], id_: str) -> list[Question]:
    """The questions of the conversation that a question ends, the first one first."""
    question = known[id_]
    return [*(chain(known, question.follows) if question.follows else []), question]


class ReplayServer(ModelServer):
    """Replies to each request by its question. `kinds` counts the calls of each kind."""

    def __init__(self) -> None:
        super().__init__(self._reply)
        self._by_text = {text: each for each in questions().values() for text in each.wordings}
        self._answered: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()

    def _reply(self, exchange: Exchange) -> None:
        messages = self.requests[-1]["messages"]
        kind, prompt = _kind(messages)
        self.kinds[kind] += 1
        question = self._by_text[_ASKED.findall(prompt)[-1]]
        if kind == "second_look":
            text = _opinions(prompt, question.doubted)
        else:
            text = cited_by_number(self._text(kind, question), prompt)
        self.say(exchange, kind, text)

    def say(self, exchange: Exchange, kind: str, text: str) -> None:
        """Stream a reply to a call of that kind."""
        says(*tokens(text))(exchange)

    def _text(self, kind: str, question: Question) -> str:
        if kind != "answer":
            return {"plan": question.plan, "repair": question.repair}[kind] or "NO_ANSWER"
        self._answered[question.id] += 1
        is_first = bool(question.first) and self._answered[question.id] == 1
        return (question.first if is_first else question.reply).strip("\n")


def cited_by_number(reply: str, prompt: str) -> str:
    """The reply with the numbers that its pieces have in the prompt."""
    pieces = _PIECE.findall(prompt)

    def number(words: re.Match[str]) -> str:
        held = (f"[{number}]" for number, text in pieces if words[1] in text)
        return next(held, NOWHERE)

    return _CITED.sub(number, reply)


def _opinions(prompt: str, doubted: Sequence[str]) -> str:
    """What a careful reader thinks of each sentence of an answer."""
    return "\n".join(
        f"{number} {'CONTRADICTED' if any(words in claim for words in doubted) else 'SUPPORTED'}"
        for number, claim in _CLAIM.findall(prompt)
    )


def _kind(messages: list[dict[str, Any]]) -> tuple[str, str]:
    """What a request asks for, and the prompt with its question."""
    prompts = [str(message["content"]) for message in messages]
    if any(message["role"] == "assistant" for message in messages):
        return "repair", prompts[1]
    kinds = {'"searches"': "plan", "CONTRADICTED": "second_look"}
    return next((kind for words, kind in kinds.items() if words in prompts[-1]), "answer"), prompts[-1]


def tokens(text: str) -> Iterator[str]:
    """The text in pieces as a server streams them, words with the space before them."""
    yield from re.findall(r"\s*\S+", text)
