"""Cut a model's growing text into sentences, each with the markers that follow it."""

import re

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_MARKERS = r"(?:\s*\[\s*\d[\d\s,;]*\])*"
# A sentence ends at its stop and the markers behind it, when a new sentence or a line break follows.
_END = re.compile(
    rf"""(?:
        (?P<stop>[.!?…]+)[»”"’)\]*_]*{_MARKERS}[.]?\s+(?=[^\s\[a-záéíóúñü])
      | \s*\n\s*(?!\s*\[)
    )""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"""(?:^|[\s(«“"])(?:
        [A-ZÁÉÍÓÚÑ] | (?:[A-Za-z]\.)+[A-Za-z] | EE | [Ss]ra?s? | [Dd]ra?s? | Dña | Lic | Ing | Prof | Gral | Mr | Mrs | Ms
      | [Nn]úms? | [Nn]o | [Nn]os | [Aa]rts? | [Pp]ágs? | [Vv]ol | [Ff]ig | St | vs | p | pp | aprox | [Vv]id | cf
    )\.$""",
    re.VERBOSE,
)


class Draft:
    """Text as it arrives. `add` gives the sentences that it completes; `rest` what is left at the end."""

    def __init__(self) -> None:
        self.raw = ""
        self._given = 0

    def add(self, text: str) -> list[str]:
        """Append `text`; the sentences that are now certainly complete, in order."""
        self.raw += text
        visible = _without_thought(self.raw)
        sentences = []
        while (end := _sentence_end(visible, self._given)) is not None:
            sentences.append(visible[self._given : end].strip())
            self._given = end
        return [sentence for sentence in sentences if sentence]

    def rest(self) -> str:
        """What follows the last complete sentence."""
        return _without_thought(self.raw)[self._given :].strip()


def sentences_of(text: str) -> list[str]:
    """The sentences of a finished text."""
    draft = Draft()
    sentences = draft.add(text)
    return [*sentences, draft.rest()] if draft.rest() else sentences


def _without_thought(text: str) -> str:
    """Reasoning models write their thoughts in front of the answer; they are no part of it."""
    if "<think>".startswith(text.lstrip()[:7]) and len(text.lstrip()) < 7:
        return ""
    return _THOUGHT.sub("", text, count=1) if text.lstrip().startswith("<think>") else text


def _sentence_end(text: str, start: int) -> int | None:
    for match in _END.finditer(text, start):
        if match.end() == len(text) and "\n" not in match.group():
            return None
        if match["stop"] != "." or not _ABBREVIATION.search(text, start, match.end("stop")):
            return match.end()
    return None
