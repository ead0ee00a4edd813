"""Questions for a sum, a mean or an extreme over figures, told by their words: “¿cuál fue el gasto mayor?”."""

from dataclasses import dataclass
from typing import Literal

from assistant.questions.phrased import QuestionWords
from index.language.lists import listing_phrases
from index.language.terms import is_stop_word

Function = Literal["sum", "mean", "largest", "smallest"]

# An extreme before a sum: “the highest total” is one of the totals.
_FUNCTIONS: tuple[Function, ...] = ("mean", "largest", "smallest", "sum")
_ASKING = ("which", "one", "how_many", "who", "relation", "list")
# What says more is a story, and no figure of a table.
_MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """What a question wants computed. `words` are the folded ones that name the column, the table or its rows."""

    function: Function
    words: tuple[str, ...]
    who: bool = False


def read_table_question(question: str) -> TableQuestion | None:
    """What a question wants computed over a column; None if it is no such question by its words."""
    words = QuestionWords.of(question).without_leading("skipped")
    # The longest phrase tells: “más bajo” is not “más”.
    sizes = {each: place[1] for each in _FUNCTIONS if (place := words.place_of(each)) is not None}
    function = max(sizes, key=lambda each: sizes[each], default=None)
    if function is None or not (words.begins(function) or any(map(words.begins, _ASKING))):
        return None
    related = listing_phrases("relation") | listing_phrases("who")
    left = words.without(function).folded
    telling = tuple(word for word in left if not is_stop_word(word) and (word,) not in related)
    if not 0 < len(telling) <= _MOST_TERMS:
        return None
    return TableQuestion(function, telling, who=words.begins("who") > 0)
