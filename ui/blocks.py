"""The sentences of an answer as the blocks that a reader sees: paragraphs, headings, lists, tables, code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.prove.part import cells_of
from index.document import BlockKind
from ui.turns import Sentence

# What stands in one list or table, though each of it is a block.
_JOINED = (BlockKind.ITEM, BlockKind.ROW)


@dataclass(frozen=True, slots=True)
class Block:
    """A block to draw. A list has its items, each with its sentences, a table its rows, each with its cells.

    `kind` is empty for a sentence in the words of the documents.
    """

    kind: BlockKind | str
    sentences: tuple[Sentence, ...] = ()
    parts: tuple["Block", ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def first(self) -> Sentence:
        return self.sentences[0]


def blocks_of(sentences: Sequence[Sentence]) -> list[Block]:
    """The blocks in their order; each sentence is in one."""
    blocks: list[Block] = []
    for sentence in sentences:
        form = sentence.told.form
        last = blocks[-1] if blocks else None
        is_same_kind = last is not None and form is not None and form.kind == last.kind
        if form is None:
            blocks.append(Block("", (sentence,)))
        elif form.kind in _JOINED and last is not None and is_same_kind and _continues(sentence):
            blocks[-1] = _with_part(last, sentence)
        elif form.kind in _JOINED:
            blocks.append(Block(form.kind, (sentence,), parts=(_part(sentence),)))
        elif last is not None and is_same_kind and not form.opens:
            blocks[-1] = replace(last, sentences=(*last.sentences, sentence))
        else:
            blocks.append(Block(form.kind, (sentence,)))
    return blocks


def _continues(sentence: Sentence) -> bool:
    """Whether it goes on with the list or table before it; the head of a table begins another."""
    form = sentence.told.form
    return form is not None and not (form.kind is BlockKind.ROW and form.opens)


def _with_part(block: Block, sentence: Sentence) -> Block:
    form = sentence.told.form
    if form is not None and form.kind is BlockKind.ITEM and not form.opens:
        last = block.parts[-1]
        item = replace(last, sentences=(*last.sentences, sentence))
        return replace(block, parts=(*block.parts[:-1], item))
    return replace(block, parts=(*block.parts, _part(sentence)))


def _part(sentence: Sentence) -> Block:
    form = sentence.told.form
    cells = cells_of(sentence.told.text) if form is not None and form.kind is BlockKind.ROW else ()
    return Block("", (sentence,), cells=tuple(cells))
