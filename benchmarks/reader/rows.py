"""Windows as rows of tokens, and batches of them."""

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from benchmarks.reader.examples import Group, Window
from index.document import Span
from index.embed.e5.tokenizer import open_tokenizer

LONGEST_QUESTION, LONGEST_CONTEXT, LONGEST_PASSAGE = 48, 40, 300
_SHARE_MISTYPED, _SHARE_BARE = 0.15, 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """One window with its question. `passage` is where its tokens begin; `spans` are answers in tokens, inclusive."""

    ids: tuple[int, ...]
    question_end: int
    passage: int
    spans: tuple[tuple[int, int], ...]
    offsets: tuple[tuple[int, int], ...]
    answers: bool
    verdict: int
    """0 yes, 1 no, -1 not asked."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded rows, the group that each belongs to, and what is right for each."""

    ids: Tensor
    parts: Tensor
    attended: Tensor
    allowed: Tensor
    rows: tuple[Row, ...]
    groups: tuple[int, ...]


class Rows:
    """Makes rows of tokens out of groups."""

    def __init__(self) -> None:
        tokenizer = open_tokenizer()
        self._start, self._end = tokenizer.model.vocabulary.start, tokenizer.model.vocabulary.end
        self._tokenizer = tokenizer.whole()

    def of(self, question: str, window: Window) -> Row:
        """The row of one window; a passage that is too long is cut at its end."""
        asked = self._ids("query: " + question)[:LONGEST_QUESTION]
        context = self._ids(window.context + " › ")[:LONGEST_CONTEXT] if window.context else []
        passage = self._tokenizer.encode(window.text, add_special_tokens=False)
        offsets = tuple(passage.offsets[:LONGEST_PASSAGE])
        question_end = len(asked) + 2
        begins = question_end + len(context)
        spans = [span for answer in window.spans if (span := _tokens_of(answer, offsets))]
        return Row(
            (self._start, *asked, self._end, *context, *passage.ids[:LONGEST_PASSAGE], self._end),
            question_end,
            begins,
            tuple((begins + first, begins + last) for first, last in spans),
            offsets,
            window.answers,
            {"yes": 0, "no": 1}.get(window.verdict, -1),
        )

    def of_group(self, group: Group, draw: random.Random) -> list[Row]:
        """The rows of a group, its question now and then as people type it, its context now and then left out."""
        question = mistyped(group.question, draw) if draw.random() < _SHARE_MISTYPED else group.question
        bare = draw.random() < _SHARE_BARE
        return [
            self.of(question, Window("", w.text, w.spans, w.answers, w.verdict) if bare else w)
            for w in group.windows
        ]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def batch_of(groups: Sequence[Sequence[Row]]) -> Batch:
    """The rows of several groups, padded to the longest."""
    rows = [row for group in groups for row in group]
    longest = max(len(row.ids) for row in rows)
    ids = torch.ones(len(rows), longest, dtype=torch.long)
    parts, attended, allowed = (
        torch.zeros(len(rows), longest, dtype=kind) for kind in (torch.long, torch.bool, torch.bool)
    )
    for place, row in enumerate(rows):
        size = len(row.ids)
        ids[place, :size] = torch.tensor(row.ids)
        parts[place, row.question_end : size] = 1
        attended[place, :size] = True
        allowed[place, row.passage : size - 1] = True
        allowed[place, 0] = True
    numbers = tuple(number for number, group in enumerate(groups) for _ in group)
    return Batch(ids, parts, attended, allowed, tuple(rows), numbers)


def mistyped(question: str, draw: random.Random) -> str:
    """A question as it is typed in a hurry: without accents or signs, in capitals or small letters, a slip."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", question) if not unicodedata.combining(c)).strip(
        "¿?¡! "
    )
    way = draw.randrange(4)
    if way == 0:
        return bare.lower()
    if way == 1:
        return question.upper()
    if way == 2:
        return bare
    letters = list(question)
    for _ in range(1 + len(letters) // 40):
        at = draw.randrange(len(letters) - 1) if len(letters) > 2 else 0
        if letters[at].isalpha() and letters[at + 1].isalpha():
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def _tokens_of(answer: Span, offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The first and last token of an answer, or None where it does not lie whole in the row."""
    inside = [
        place for place, (start, end) in enumerate(offsets) if end > answer.start and start < answer.end
    ]
    if not inside or offsets[inside[-1]][1] < answer.end - 1:
        return None
    return inside[0], inside[-1]
