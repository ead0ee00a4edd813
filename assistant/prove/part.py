"""A piece of a reply as it was written: what is judged by itself."""

import re
from dataclasses import dataclass

from assistant.answer import Form
from assistant.inline import plain_text
from index.document import BlockKind

CELL_BAR = " | "
"""What stands between the cells of a row; a bar within a cell has a stroke before it."""

_CELLS = re.compile(r"(?<!\\)[ ]\|[ ]")
# “No.”, “Sí.”, “Yes, indeed.”
_MOST_OPENING_WORDS = 2
_LEADS = re.compile(r":[*_`]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, item, row or piece of code as a model wrote it, its markers apart.

    `text` is as in AnswerSentence; it is empty for markers that stand alone. `written` is it with its markers, as a
    person would copy it.
    """

    text: str
    markers: tuple[int, ...]
    form: Form
    written: str

    @property
    def words(self) -> str:
        """The words alone; the cells of a row with colons between, as what is told of a thing."""
        match self.form.kind:
            case BlockKind.CODE:
                return self.text
            case BlockKind.ROW:
                return f"{': '.join(map(plain_text, cells_of(self.text)))};"
            case _:
                return plain_text(self.text)

    @property
    def is_title(self) -> bool:
        """Whether it is a heading or the head of a table, whose words may all have capitals."""
        return self.form.kind is BlockKind.HEADING or (self.form.kind is BlockKind.ROW and self.form.opens)

    @property
    def introduces(self) -> bool:
        """Whether it only says what comes: a title, a lead-in, a bare yes or no."""
        if self.is_title or self.is_lead:
            return True
        is_prose = self.form.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        is_short = len(self.text.split()) <= _MOST_OPENING_WORDS and self.text.endswith((".", "!"))
        return is_prose and is_short and self.text[:-1].replace(" ", "").replace(",", "").isalpha()

    @property
    def is_lead(self) -> bool:
        """Whether it leads in a list, a table or code."""
        return self.form.kind is not BlockKind.CODE and _LEADS.search(self.text) is not None


def cells_of(row: str) -> list[str]:
    """The Markdown of each cell of a row."""
    return [cell.replace(r"\|", "|") for cell in _CELLS.split(row)]
