"""What becomes of a strong model's replies: `python -m benchmarks.replies [--pace 50] [--lost]`.

Puts the questions of `tests/replay/questions.toml` to an assistant over the shipped and the made-up documents, with a
server that streams the replies written for them, so many tokens a second. Prints how many pieces of their Markdown
(headings, items with their numbers and depth, rows, code, paragraphs) reach the reader as what they were, how long
after the model's first sentence the reader has one, and how often the model was asked. `--lost` lists what was lost.
"""

import argparse
import re
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant import Assistant, Settings
from assistant.answer import Answer, Finished, Verified
from tests.conftest import SEED
from tests.model_server import Exchange
from tests.replay.server import HERE, Question, ReplayServer, chain, questions, tokens

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_MARKER = re.compile(r"\s*\[(?:@[^\]]+|\d+)\]")
_SENTENCE_ENDS = re.compile(r"[^\W\d\[][.!?:](?:\s*\[\d+\])*$|\][.!?:]$|\n")
_WORD = re.compile(r"\w+")
Piece = tuple[str, str]
"""What a piece of Markdown is, and its words."""


class PacedServer(ReplayServer):
    """Streams answers so many tokens a second, and keeps when each one's first sentence had ended."""

    def __init__(self, pace: float) -> None:
        super().__init__()
        self._pause = 1 / pace
        self.first_ended = 0.0

    def say(self, exchange: Exchange, kind: str, text: str) -> None:
        """Stream a reply; only an answer takes its time."""
        if kind != "answer":
            super().say(exchange, kind, text)
            return
        self.first_ended = 0.0
        exchange.start_stream()
        for token in tokens(text):
            time.sleep(self._pause)
            if not self.first_ended and _SENTENCE_ENDS.search(token):
                self.first_ended = time.monotonic()
            exchange.send_token(token)
        exchange.send_token("", "stop")
        exchange.send_chunk([], {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10})
        exchange.end_stream()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one reply. `wait` is in seconds from the end of the model's first sentence; None without one."""

    question: Question
    answer: Answer
    wait: float | None

    @property
    def lost(self) -> list[Piece]:
        """The pieces of the reply that the reader was not shown as what they were."""
        shown = Counter(pieces(self.answer.text))
        return [piece for piece in pieces(self.question.reply) if not _taken(shown, piece)]


def pieces(markdown: str) -> list[Piece]:
    """The headings, items, rows, blocks of code and paragraphs of a text, in order, without markers."""
    parsed = _MARKDOWN.parse(_MARKER.sub("", markdown))
    around: list[str] = []
    found: list[Piece] = []
    for token in parsed:
        if token.nesting == 1:
            around.append(_kind(token))
        elif token.nesting == -1:
            around.pop()
        elif token.type in ("inline", "fence", "code_block"):
            kind = "code" if token.type != "inline" else " ".join(around)
            found.append((kind, " ".join(_WORD.findall(token.content))))
    return [piece for piece in found if piece[1]]


def _kind(token: Token) -> str:
    return f"{token.tag}{token.info}"


def _taken(shown: Counter[Piece], piece: Piece) -> bool:
    shown[piece] -= 1
    return shown[piece] >= 0


def outcomes(pace: float) -> Iterator[Outcome]:
    """Each question asked behind those that it follows."""
    known = questions()
    with tempfile.TemporaryDirectory() as folder, PacedServer(pace) as server:
        documents = Path(folder, "documents")
        shutil.copytree(SEED, documents)
        shutil.copytree(HERE / "documents", documents, dirs_exist_ok=True)
        settings = Settings(
            documents=documents,
            index=Path(folder, "index"),
            conversations=Path(folder, "conversations.sqlite3"),
            engine="openai",
            base_url=server.url,
            model="m",
        )
        with Assistant(settings) as assistant:
            assistant.sync()
            for id_ in known:
                yield _asked(assistant, server, chain(known, id_))


def _asked(assistant: Assistant, server: PacedServer, conversation_of: Sequence[Question]) -> Outcome:
    conversation, (*before, question) = assistant.conversation(), conversation_of
    for each in before:
        conversation.ask(each.question)
    shown: list[float] = []
    for event in conversation.stream(question.question):
        if isinstance(event, Verified):
            shown.append(time.monotonic())
        if isinstance(event, Finished):
            answer = event.answer
    waited = shown[0] - server.first_ended if shown and server.first_ended else None
    return Outcome(question, answer, waited)


def main() -> None:
    """Parse the command line, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pace", type=float, default=50, help="tokens a second")
    parser.add_argument("--lost", action="store_true", help="list the pieces that were lost")
    given = parser.parse_args()
    measured = list(outcomes(given.pace))
    whole = [each for each in measured if not each.question.refuses and not each.question.left_out]
    written = sum(len(pieces(each.question.reply)) for each in whole)
    lost = sum(len(each.lost) for each in whole)
    waits = {each.question.id: each.wait for each in measured if each.wait is not None}
    calls = Counter(each.answer.usage.calls if each.answer.usage else 0 for each in measured)
    print(f"{len(measured)} questions; {written - lost} of {written} pieces of {len(whole)} replies survive")
    slowest, median = max(waits, key=waits.__getitem__), statistics.median(waits.values())
    print(
        f"first sentence after the model's: median {median:.2f} s, at most {waits[slowest]:.2f} s ({slowest})"
    )
    print("calls an answer:", ", ".join(f"{count} with {number}" for number, count in sorted(calls.items())))
    for each in whole if given.lost else []:
        for kind, words in each.lost:
            print(f"  {each.question.id}: {kind}: {words}")


if __name__ == "__main__":
    main()
