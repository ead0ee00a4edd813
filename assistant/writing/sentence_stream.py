"""Cut a model's growing text into sentences, each with the markers that follow it."""

import re

from index.sentences import split_sentences

_THOUGHT = re.compile(r"\A\s*+<think>.*?(?:</think>|\Z)", re.DOTALL)
_THOUGHT_OPENS = "<think>"
# Markers that stand behind the stop, and so in front of the next sentence: "... febrero. [2] Además".
_LEADING_MARKERS = re.compile(r"(?:\s*\[\s*\d[\d\s,;]*\]?)+[.]?\s*")
_WHOLE_WORD = re.compile(r"\w\s")


class SentenceStream:
    """Text as it arrives, `visible` without a model's thoughts in front of it.

    `add` gives the sentences that it completes; `finish` what is left at the end.
    """

    def __init__(self) -> None:
        self.raw = ""
        self.visible = ""
        self._given = 0

    def add(self, text: str) -> list[str]:
        """Append `text`; the sentences that are now certainly complete, in order."""
        self.raw += text
        self.visible = visible = _without_thought(self.raw)
        pieces = _pieces(visible[self._given :])
        if pieces and not visible.endswith("\n"):
            following = pieces.pop()
            # How a stop is read depends on the word behind it, which must be whole.
            if not _WHOLE_WORD.search(following):
                del pieces[-1:]
        for piece in pieces:
            self._given = visible.index(piece, self._given) + len(piece)
        return [piece.strip() for piece in pieces]

    def finish(self) -> list[str]:
        """The sentences that follow the complete ones."""
        return [piece.strip() for piece in _pieces(self.visible[self._given :])]


def sentences_of(text: str) -> list[str]:
    """The sentences of a finished text."""
    return [piece.strip() for piece in _pieces(_without_thought(text))]


def _without_thought(text: str) -> str:
    """Reasoning models may write their thoughts in front of the answer; they are no part of it."""
    start = text.lstrip()
    if len(start) < len(_THOUGHT_OPENS) and _THOUGHT_OPENS.startswith(start):
        return ""
    return _THOUGHT.sub("", text, count=1) if start.startswith(_THOUGHT_OPENS) else text


def _pieces(text: str) -> list[str]:
    """The sentences of `text` with the space around them. A model's line breaks are always borders."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        borders = _borders(line)
        pieces += [line[a:b] for a, b in zip([0, *borders], [*borders, len(line)], strict=True)]
    return [piece for piece in pieces if piece.strip()]


def _borders(line: str) -> list[int]:
    """Where sentences after the first begin, markers moved to the sentence that they belong to."""
    borders = []
    for span in split_sentences(line)[1:]:
        markers = _LEADING_MARKERS.match(line, span.start)
        borders.append(span.start if markers is None else markers.end())
    return [border for border in borders if border < len(line)]
