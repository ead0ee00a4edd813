"""Values into HTML: the blocks of an answer, and templates that let nothing from a document become markup."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.answer import ResolvedDate
from assistant.inline import runs_of
from assistant.layout import join_sentences
from assistant.prove.part import cells_of
from index.document import BlockKind
from index.text.characters import is_invisible
from prompts import phrase
from ui.shelf import change
from ui.sources import Source
from ui.texts import Texts
from ui.turns import Sentence, Turn

# What stands in one list or table, though each of it is a block.
_JOINED = (BlockKind.ITEM, BlockKind.ROW)
# Tab, newline, and what joins or parts letters of some scripts and pictures.
_NEEDED = frozenset("\t\n\u200c\u200d")


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


def plain(text: str) -> str:
    """`text` with a visible sign in place of each character that would hide or reorder what is read."""
    lines = text.replace("\r\n", "\n")
    deceptive = {ord(c) for c in set(lines) - _NEEDED if is_invisible(c)}
    return lines.translate(dict.fromkeys(deceptive, "\N{REPLACEMENT CHARACTER}")) if deceptive else lines


class Pen:
    """Draws templates in one language."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._environment = Environment(
            loader=PackageLoader("ui"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["plain"] = plain
        self._environment.filters["iso"] = _iso
        self._environment.globals.update(
            t=texts,
            engine_name=self._engine_name,
            seconds=self._seconds,
            copy_text=copy_text,
            change=change,
            blocks_of=blocks_of,
            runs_of=runs_of,
            days_of=self._days_of,
        )

    def draw(self, template: str, **values: object) -> str:
        """The template `ui/templates/<template>.html` filled in. UndefinedError if a value lacks."""
        return self._environment.get_template(f"{template}.html").render(values)

    def _engine_name(self, engine: str) -> str:
        known = f"engine_{engine}"
        return self.texts(known) if known in self.texts.entries else engine

    def _days_of(self, resolved: ResolvedDate) -> str:
        """The days that words mean, in the reader's language."""
        days = self.texts.period(resolved.first, resolved.last)
        return days if resolved.sure else self.texts("dated_unsure", days=days)

    def _seconds(self, seconds: float) -> str:
        return str(format_decimal(seconds, "0.0" if seconds >= 0.1 else "0.00", locale=self.texts.language))


def copy_text(turn: Turn) -> str:
    """The question, the answer with its markers, and the sources, as plain text for pasting elsewhere."""
    said = join_sentences([sentence.told for sentence in turn.sentences], lines=not _is_written(turn))
    caution = "" if turn.sure else phrase("not_sure", turn.language)
    listed = [_listed(source) for source in turn.sources]
    return "\n\n".join(filter(None, [turn.question, caution, said, "\n".join(listed)]))


def _is_written(turn: Turn) -> bool:
    """Whether a model wrote the answer, so that it has paragraphs."""
    return any(sentence.told.form is not None for sentence in turn.sentences)


def _listed(source: Source) -> str:
    markers = " ".join(f"[{marker}]" for marker in source.markers)
    return f"{markers} {source.title} ({_iso(source.date) or source.path})"


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
