"""A model's reply while it streams: sentences, items, rows and code, as soon as each is whole, with its markers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answer import Form
from assistant.inline import Run, joined, markdown_of, runs_of
from assistant.prove.part import CELL_BAR, Part
from index.document import BlockKind, Span
from index.text.sentences import split_sentences

MARKER = re.compile(r"(?<!\s)\s*+[\[【]\s*+\^?\d[\d\s,;^–-]*+[\]】]")
"""A marker with the space before it."""

_NUMBERS = re.compile(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?")
_WIDEST = 20  # pieces that a range may cite


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as written, apart from its markers."""

    text: str
    markers: tuple[int, ...]


def split_markers(sentence: str) -> Marked:
    """The words of a sentence and the numbers of its markers, each once."""
    numbers = [number for marker in MARKER.findall(sentence) for number in _numbers_of(marker)]
    return Marked(MARKER.sub("", sentence).strip(), tuple(dict.fromkeys(numbers)))


def _numbers_of(marker: str) -> list[int]:
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(marker):
        numbers += range(int(first), min(int(last or first), int(first) + _WIDEST) + 1)
    return numbers


# No underlined headings, so that a paragraph stays one whatever follows; no references, which markers would be.
_PARSER = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["lheading", "reference", "html_block", "code"])
)
_THOUGHT = re.compile(r"\A\s*+<think>.*?(?:</think>|\Z)", re.DOTALL)
_THOUGHT_OPENS = "<think>"
_STOP = re.compile(r"[.!?…]")
_WHOLE_WORD = re.compile(r"\w\s")
_WORD = re.compile(r"\w")
# What code is to whoever looks for sentences and markers: a word with a capital.
_CODE = "X"
# What may still change is read again when it has grown by this part: a long list would else be read at every line.
_GROWTH = 40
# Paragraphs, items and rows whose sentences are known when they are read again.
_REMEMBERED = 1024


class ReplyStream:
    """A reply as it arrives; `visible` is it without a model's thoughts in front.

    `add` gives the parts that are now certainly whole, in order; `finish` what is left at the end.
    """

    def __init__(self) -> None:
        self.raw = ""
        self.visible = ""
        self._begin = 0  # where the Markdown begins that may still change
        self._given = 0  # parts of it that were given
        self._seen = 0  # where the last part given ended, or later
        self._read = 0  # how long the text was when it was last read

    def add(self, text: str) -> list[Part]:
        """Append `text`; the parts that it completes."""
        self.raw += text
        self.visible = _without_thought(self.raw)
        if "\n" not in text and not (" " in text and _STOP.search(self.visible, self._seen)):
            return []
        if len(self.visible) - self._read < (len(self.visible) - self._begin) // _GROWTH:
            return []
        return self._new(is_end=False)

    def finish(self) -> list[Part]:
        """The parts that follow those given."""
        return self._new(is_end=True)

    def _new(self, *, is_end: bool) -> list[Part]:
        self._read = len(self.visible)
        open_text = self.visible[self._begin :]
        blocks = list(_blocks(open_text))
        whole = [part for block in blocks[:-1] for part in block.parts]
        last = blocks[-1].parts if blocks else []
        parts = [*whole, *(last if is_end else _certain(blocks[-1], open_text) if blocks else [])]
        new = parts[self._given :]
        self._given = max(self._given, len(parts))
        if new:
            self._seen = len(self.visible)
        if len(blocks) > 1:
            self._begin += blocks[-1].start
            self._given -= len(whole)
        return new


def parts_of(text: str) -> list[Part]:
    """The parts of a finished reply."""
    stream = ReplyStream()
    return [*stream.add(text), *stream.finish()]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block at the outermost level: where it begins in the text, its token's type, and its parts."""

    start: int
    type: str
    parts: list[Part]


def _without_thought(text: str) -> str:
    """Reasoning models may write their thoughts in front of the answer; they are no part of it."""
    start = text.lstrip()
    if len(start) < len(_THOUGHT_OPENS) and _THOUGHT_OPENS.startswith(start):
        return ""
    return _THOUGHT.sub("", text, count=1) if start.startswith(_THOUGHT_OPENS) else text


def _certain(block: _Block, text: str) -> list[Part]:
    """The parts of the last block that no further text can change."""
    parts, source = block.parts, text[block.start :]
    is_line_whole = source.endswith("\n")
    if block.type == "fence" or (block.type == "paragraph_open" and _may_become_table(source)):
        return []
    if is_line_whole:
        return parts
    # How a stop is read depends on the word behind it, which must be whole.
    return (
        parts[:-1]
        if parts and _WHOLE_WORD.search(parts[-1].words + " "[: source[-1:].isspace()])
        else parts[:-2]
    )


def _may_become_table(source: str) -> bool:
    return "|" in source and source.count("\n") < 2


def _blocks(text: str) -> Iterator[_Block]:
    tokens = _PARSER.parse(text)
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    starts = [place for place, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    for first, last in pairwise([*starts, len(tokens)]):
        token = tokens[first]
        if token.map is not None:
            yield _Block(lines[token.map[0]], token.type, list(_parts(tokens[first:last])))


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """The parts of one block and all that it holds."""
    items: list[Form] = []
    numbers: list[int | None] = []
    form = Form()
    for place, token in enumerate(tokens):
        match token.type:
            case "heading_open":
                form = Form(BlockKind.HEADING, int(token.tag[1]))
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                items.append(Form(BlockKind.ITEM, len(numbers), numbers[-1]))
                numbers[-1] = None if numbers[-1] is None else numbers[-1] + 1
            case "list_item_close":
                items.pop()
            case "paragraph_open":
                form = items[-1] if items else Form()
            case "inline":
                yield from _sentences(token.content, form)
                if items and form is items[-1]:
                    items[-1] = replace(form, opens=False)
            case "fence":
                code = token.content.rstrip("\n")
                yield Part(code, (), Form(BlockKind.CODE, len(items)), code)
            case "table_open":
                yield from _rows(tokens[place:])
                return


def _rows(tokens: Sequence[Token]) -> Iterator[Part]:
    """The rows of the table that the tokens begin with, the head first."""
    cells: list[str] = []
    opens = True
    for token in tokens:
        if token.type == "inline":
            cells.append(token.content)
        elif token.type == "tr_close":
            yield _row(tuple(cells), Form(BlockKind.ROW, opens=opens))
            cells, opens = [], False


@lru_cache(maxsize=_REMEMBERED)
def _row(cells: tuple[str, ...], form: Form) -> Part:
    cut = [next(_Marked.of(cell).cut([])) for cell in cells]
    markers = tuple(dict.fromkeys(number for _, numbers in cut for number in numbers))
    text = CELL_BAR.join(markdown_of(runs).replace("|", r"\|") for runs, _ in cut)
    return Part(text, markers, form, CELL_BAR.join(cells))


@lru_cache(maxsize=_REMEMBERED)
def _sentences(markdown: str, form: Form) -> tuple[Part, ...]:
    """The sentences of a paragraph. A model's line breaks are always borders."""
    parts: list[Part] = []
    for line in filter(str.strip, markdown.split("\n")):
        marked = _Marked.of(line)
        for runs, markers in marked.cut([] if form.kind is BlockKind.HEADING else marked.borders()):
            text = markdown_of(runs) if _WORD.search("".join(run.text for run in runs)) else ""
            if text or markers:
                written = " ".join([text, *(f"[{marker}]" for marker in markers)])
                parts.append(Part(text, markers, replace(form, opens=form.opens and not parts), written))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Marked:
    """Runs without their markers, and where in their text each marker stood."""

    runs: tuple[Run, ...]
    markers: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, markdown: str) -> "_Marked":
        runs = runs_of(markdown)
        masked = _masked(runs)
        matches = [(_cut_span(masked, match), match[0]) for match in MARKER.finditer(masked)]
        borders = [0, *(end for span, _ in matches for end in (span.start, span.end)), len(masked)]
        kept = (_within(runs, Span(*span)) for span in zip(borders[::2], borders[1::2], strict=True))
        removed, markers = 0, []
        for span, marker in matches:
            markers.append((span.start - removed, split_markers(marker).markers))
            removed += span.end - span.start
        return cls(joined(run for piece in kept for run in piece), tuple(markers))

    def borders(self) -> list[int]:
        """Where sentences after the first begin."""
        return [span.start for span in split_sentences(_masked(self.runs))[1:]]

    def cut(self, borders: Sequence[int]) -> Iterator[tuple[tuple[Run, ...], tuple[int, ...]]]:
        """The runs between the borders, each with the numbers of the markers within it and right behind it."""
        for start, end in pairwise([0, *borders, len(_masked(self.runs))]):
            own = [numbers for place, numbers in self.markers if start < place <= end or place == start == 0]
            markers = tuple(dict.fromkeys(number for numbers in own for number in numbers))
            yield _stripped(_within(self.runs, Span(start, end))), markers


def _cut_span(text: str, marker: re.Match[str]) -> Span:
    """A marker with the stop behind it, where one stands before it too: “Washington, D.C. [1].”"""
    stops = text[marker.start() - 1 : marker.start()] == text[marker.end() : marker.end() + 1] == "."
    return Span(marker.start(), marker.end() + stops)


def _masked(runs: Sequence[Run]) -> str:
    """The text of runs with a sign in place of each of code, in which no sentence ends and no marker stands."""
    return "".join(_CODE * len(run.text) if run.code else run.text for run in runs)


def _within(runs: Sequence[Run], span: Span) -> tuple[Run, ...]:
    cut: list[Run] = []
    place = 0
    for run in runs:
        start, end = max(span.start - place, 0), max(span.end - place, 0)
        cut.append(replace(run, text=run.text[start:end]))
        place += len(run.text)
    return joined(cut)


def _stripped(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    if not runs:
        return ()
    first = replace(runs[0], text=runs[0].text.lstrip())
    rest = [first, *runs[1:]]
    return joined([*rest[:-1], replace(rest[-1], text=rest[-1].text.rstrip())])
