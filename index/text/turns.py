"""Who speaks where: the labelled paragraphs of a transcript become turns; any other document has none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.document import Block, BlockKind, Span
from index.text.structure import asks, is_particle, structured

# Offices are long: “DIRECTOR GENERAL DEL INSTITUTO DE SEGURIDAD Y SERVICIOS SOCIALES DE LOS TRABAJADORES …, ANA RUIZ”.
_LONGEST_LABEL = 240
_MOST_NAME_WORDS = 8
_FEWEST_TURNS = 3
# Of the labels of a transcript so many come back, and of the blocks between them so many are said by somebody.
_LEAST_REPEATED = 0.3
_LEAST_SENTENCES = 0.6
_LEAST_LABELLED = 0.4
# Where so many turns go on over paragraphs, the last one does too.
_OFTEN = 0.3

_TIME = r"[\[(]?(?P<time>\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,3})?)?(?:[ \t]?[ap]\.?[ \t]?m\.?)?)[\])]?"
_LETTERS = r"[^\n:.;!?¿¡|\t\"()\[\]\d*_]"
_NAME = (
    rf"(?![\d_\W]){_LETTERS}{{2,120}}+(?:\.[ \t-]{_LETTERS}{{1,120}}+){{0,3}}(?:\([^()\n\d]{{1,80}}\)[ \t]*)?"
)
_INLINE = re.compile(
    rf"[*_]{{0,3}}(?:{_TIME}[ \t]*[-–—]?[ \t]*)?(?P<label>{_NAME})(?:[(\[](?P<later>\d[^()\[\]\n]{{1,11}})[)\]])?"
    rf"(?:[*_]{{0,3}}[ \t]*:|\.[-–—]+)[*_]{{0,3}}[ \t\n]+",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]{2,8}\. )?[^\n:.a-zà-öø-ÿ\d]{3,240}")
# “(INICIA VIDEO)”, “(ENLACE TELEFÓNICO)”
_IN_BRACKETS = re.compile(r"(?<!\s)\s*+\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]*_]*$")
_SAID = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE})
_LABELLED = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM})


@dataclass(frozen=True, slots=True)
class _Label:
    """The label that a block begins with: who, when, where the words begin; `is_line` if it is all of the block."""

    speaker: str
    time: str
    words: int
    is_line: bool


def with_turns(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a document, those of a transcript as turns: what is said without its label, and who says it."""
    if any(block.kind is BlockKind.TURN for block in blocks):
        return tuple(blocks)
    labels = _in_one_style(
        {place: label for place, block in enumerate(blocks) if (label := _label(text, block))}
    )
    if not _is_transcript(text, blocks, labels):
        return tuple(blocks)
    return structured(text, _turns(blocks, labels))


def _label(text: str, block: Block) -> _Label | None:
    if block.kind not in _LABELLED:
        return None
    words = text[block.span.start : min(block.span.end, block.span.start + 2 * _LONGEST_LABEL)]
    if block.span.end - block.span.start <= _LONGEST_LABEL and _is_line(words):
        return _Label(_bare(words), "", block.span.end, is_line=True)
    inline = _INLINE.match(words)
    if inline is None or not _is_name(inline["label"]) or inline.end() == len(words):
        return None
    return _Label(
        _bare(inline["label"]),
        inline["time"] or inline["later"] or "",
        block.span.start + inline.end(),
        is_line=False,
    )


def _in_one_style(labels: dict[int, _Label]) -> dict[int, _Label]:
    """The labels of a document; where capitals on lines of their own call the speakers, “Preguntarle:” does not."""
    if sum(label.is_line for label in labels.values()) * 2 <= len(labels):
        return labels
    return {place: label for place, label in labels.items() if label.is_line or label.speaker.isupper()}


def _is_line(words: str) -> bool:
    return _CAPITALS.fullmatch(words) is not None and sum(map(str.isalpha, words)) > 2


def _bare(label: str) -> str:
    return " ".join(_IN_BRACKETS.sub("", label).strip(" -–—\t*_").split())


def _is_name(label: str) -> bool:
    """Whether every word that counts begins with a capital, as in names and offices."""
    if label.isupper():
        return len(label) <= _LONGEST_LABEL
    words = [word for word in _bare(label).replace(",", " ").split() if not is_particle(word)]
    if len(words) == 1 and asks(label):
        return True
    return 0 < len(words) <= _MOST_NAME_WORDS and all(word[0].isupper() for word in words)


def _is_transcript(text: str, blocks: Sequence[Block], labels: dict[int, _Label]) -> bool:
    """Whether the labels are speakers. Fields of records, headings in capitals and levels of a log are not."""
    if len(labels) < _FEWEST_TURNS:
        return False
    counts = Counter(label.speaker for label in labels.values())
    repeated = sum(count for count in counts.values() if count > 1)
    timed = sum(bool(label.time) for label in labels.values())
    if len(counts) < 2 or (repeated < _LEAST_REPEATED * len(labels) and timed < len(labels)):
        return False
    between = max(labels) - min(labels) + 1
    are_lines = sum(label.is_line for label in labels.values()) * 2 > len(labels)
    if len(labels) < _LEAST_LABELLED * between and not are_lines:
        return False
    return _is_dialogue(text, blocks, labels, are_lines) and not _cycle(labels)


def _is_dialogue(text: str, blocks: Sequence[Block], labels: dict[int, _Label], are_lines: bool) -> bool:
    """Whether what stands behind the labels is said: in sentences, by people, with a question among them."""
    said = [
        text[label.words : blocks[place].span.end] for place, label in labels.items() if not label.is_line
    ]
    sentences = sum(_SENTENCE_END.search(words[-12:]) is not None for words in said)
    if said and sentences < _LEAST_SENTENCES * len(said) and not any(label.time for label in labels.values()):
        return False
    speakers = {label.speaker for label in labels.values()}
    if any(map(asks, speakers)) or any("?" in words for words in said):
        return True
    if are_lines:
        repeated = Counter(label.speaker for label in labels.values())
        return any("," in speaker and count > 1 for speaker, count in repeated.items())
    return any(" " in speaker for speaker in speakers)


def _cycle(labels: dict[int, _Label]) -> bool:
    """Whether the labels come round in one order, three or more of them, as the fields of records do."""
    order = [label.speaker for label in labels.values()]
    length = len(dict.fromkeys(order))
    return (
        length > 2
        and len(order) >= 2 * length
        and all(order[i] == order[i % length] for i in range(len(order)))
    )


def _turns(blocks: Sequence[Block], labels: dict[int, _Label]) -> Iterator[Block]:
    """The blocks, each label and what is said below it put together to a turn."""
    last = len(blocks) if _often_goes_on(blocks, labels) else max(labels)
    turn: Block | None = None
    for place, block in enumerate(blocks):
        label = labels.get(place)
        if label is None and turn and block.kind in _SAID and place <= last:
            turn = replace(turn, span=Span(turn.span.start, block.span.end))
            continue
        if turn:
            yield turn
        turn = _begun(block, label) if label else None
        if label is None:
            yield block
    if turn:
        yield turn


def _begun(block: Block, label: _Label) -> Block:
    """A turn as its label begins it. A label on a line of its own says who somebody is, and stays in the turn."""
    start = block.span.start if label.is_line else label.words
    return Block(BlockKind.TURN, Span(start, block.span.end), speaker=label.speaker, time=label.time)


def _often_goes_on(blocks: Sequence[Block], labels: dict[int, _Label]) -> bool:
    following = [
        place
        for place, label in labels.items()
        if place + 1 < len(blocks) and place + 1 not in labels and blocks[place + 1].kind in _SAID
    ]
    lines = any(label.is_line for label in labels.values())
    return lines or len(following) > _OFTEN * len(labels)
