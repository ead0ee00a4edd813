"""Questions over many documents or rows, told by their shape: “¿qué correos hablan de…?”, “what is the total?”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import Literal, Self

from assistant.questions.question_parts import is_verb
from index.document import Span
from index.language.lists import listing_phrases
from index.language.terms import fold, is_stop_word

_WORD = re.compile(r"\w+")
_LONGEST_PHRASE = 4

Order = Literal["oldest", "newest", "longest"]
Period = Literal["month", "year"]
Function = Literal["sum", "mean", "largest", "smallest"]

_ORDERS: tuple[Order, ...] = ("oldest", "newest", "longest")
# “meeting minutes”, “crane repair notes”
_MOST_NOUNS = 3
# Words before the verb: “correos de Ana Ruiz de marzo que hablan…”.
_MOST_BETWEEN = 6
# A question of more words tells a story, of which the list is no more than a part.
_MOST_WORDS = 40
# An extreme before a sum: “the highest total” is one of the totals.
_FUNCTIONS: tuple[Function, ...] = ("mean", "largest", "smallest", "sum")
_ASKING = ("which", "one", "how_many", "who", "relation", "list")
# What says more is a story, and no figure of a table.
_MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words of a question that are not read yet; `text` is the question as it was put."""

    text: str
    folded: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        spans = tuple(Span(*match.span()) for match in _WORD.finditer(text))
        return cls(text, tuple(fold(span.of(text)) for span in spans), spans)

    def begins(self, role: str) -> int:
        """How many words the longest phrase of that role has that they begin with."""
        phrases = listing_phrases(role)
        sizes = range(min(_LONGEST_PHRASE, len(self.folded)), 0, -1)
        return next((size for size in sizes if self.folded[:size] in phrases), 0)

    def begins_with_verb(self, role: str) -> bool:
        return (
            any(self.folded[0].startswith(stem) for (stem,) in listing_phrases(role))
            if self.folded
            else False
        )

    def rest(self, taken: int) -> Self:
        return type(self)(self.text, self.folded[taken:], self.spans[taken:])

    def first(self, count: int) -> Self:
        return type(self)(self.text, self.folded[:count], self.spans[:count])

    def without_leading(self, *roles: str) -> Self:
        words = self
        while taken := next(filter(None, map(words.begins, roles)), 0):
            words = words.rest(taken)
        return words

    def place_of(self, role: str) -> tuple[int, int] | None:
        """Where a phrase of that role stands, and how many words it has."""
        sizes = ((place, self.rest(place).begins(role)) for place in range(len(self.folded)))
        return next((found for found in sizes if found[1]), None)

    def without(self, role: str) -> Self:
        """All words but the first phrase of that role."""
        place = self.place_of(role)
        if place is None:
            return self
        start, size = place
        return type(self)(
            self.text,
            self.folded[:start] + self.folded[start + size :],
            self.spans[:start] + self.spans[start + size :],
        )

    def as_written(self) -> str:
        """The stretches of the question that are left, with what stands between their words."""
        return " ".join(span.of(self.text) for span in _joined(self.text, self.spans))


def _joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring words as one stretch, so that what stands between them, as in “F-2025-044”, is kept."""
    start: Span | None = None
    for before, span in zip((None, *spans), (*spans, None), strict=True):
        start = start or before
        if start and before and (span is None or _WORD.search(text, before.end, span.start)):
            yield Span(start.start, before.end)
            start = None


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What a question wants listed or counted.

    `nouns` are the folded words that may say which kind of document, `called` the same as written; `subject` is what
    they are to speak of, as the question writes it. `speaks` tells whether documents are asked for by what they
    mention, rather than things that there were. `order` asks for one of them only, `period` for how many there were
    in each.
    """

    nouns: tuple[str, ...]
    called: str
    subject: str = ""
    counted: bool = False
    speaks: bool = False
    exists: bool = False
    order: Order | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list that a question asks for, counted from 1."""

    question: str
    number: int


def read_list_question(question: str) -> ListQuestion | None:
    """What a question wants listed or counted; None if it is no such question by its shape."""
    words = QuestionWords.of(question)
    if len(words.folded) > _MOST_WORDS or words.place_of("duty"):
        return None
    return _asked_since(words) or _asked_for_one(words) or _asked_for_all(words)


def next_page(question: str, before: Sequence[str]) -> ListPage | None:
    """What “más” goes on with, and which page of it comes next; None for any other question.

    `before` are the questions of the conversation, oldest first, as they were put or as they stand alone.
    """
    if not _asks_for_more(question):
        return None
    put = [*dropwhile(_asks_for_more, reversed(before))]
    listed = put[0] if put else ""
    if read_list_question(listed) is None:
        return None
    shown = len(before) - len(put) + len([*takewhile(listed.__eq__, put)])
    return ListPage(listed, shown + 1)


def _asks_for_more(question: str) -> bool:
    words = QuestionWords.of(question)
    return bool(words.folded) and words.begins("more") == len(words.folded)


def _asked_since(words: QuestionWords) -> ListQuestion | None:
    taken = words.begins("since")
    behind = words.rest(taken).without_leading("exist", "being", "skipped", "joint") if taken else words
    documents = behind.begins("document")
    if (
        not taken
        or not documents
        or behind.rest(documents).without_leading("archive", "skipped", "joint", "exist").folded
    ):
        return None
    return ListQuestion(behind.folded[:1], behind.first(1).as_written(), counted=True, exists=True)


def _asked_for_one(words: QuestionWords) -> ListQuestion | None:
    """“¿Cuál es el documento más largo?”, “when was the first repair…?”."""
    asking = words.begins("one")
    being = words.rest(asking).begins("being") if asking else 0
    if not being:
        return None
    rest = words.rest(asking + being).without_leading("skipped")
    for order in _ORDERS:
        place = rest.place_of(order)
        if place is not None and place[0] <= _MOST_NOUNS:
            named = rest.without(order)
            nouns = named.folded[:1]
            subject = named.rest(1).without_leading("joint", "archive").as_written()
            return ListQuestion(nouns, named.first(1).as_written(), subject, order=order) if nouns else None
    return None


def _asked_for_all(words: QuestionWords) -> ListQuestion | None:
    words = words.without_leading("skipped")
    asking = next(
        ((role, taken) for role in ("how_many", "list", "which") if (taken := words.begins(role))), None
    )
    if asking is None:
        return None
    role, taken = asking
    words = words.rest(taken).without_leading("skipped")
    period: Period | None = (
        "month" if words.place_of("by_month") else "year" if words.place_of("by_year") else None
    )
    words = words.without("by_month").without("by_year")
    nouns = tuple(_nouns(words))
    rest = words.rest(len(nouns))
    if not nouns or len(nouns) > _MOST_NOUNS:
        return None
    verb = _verb(rest)
    speaks = verb is not None
    exists = not speaks and rest.place_of("exist") is not None
    joined = not rest.folded or rest.begins("joint") or rest.begins("exist")
    if not (speaks or joined) or (role == "which" and not (speaks or exists)):
        return None
    rest = rest.without("exist") if exists else rest
    subject = _subject(rest, verb)
    if not (speaks or exists) and (len(nouns) > 1 or any(map(is_verb, subject.split()))):
        return None
    return ListQuestion(
        nouns,
        words.first(len(nouns)).as_written(),
        subject,
        counted=role == "how_many",
        speaks=speaks or (exists and rest.begins("about") > 0),
        exists=exists,
        period=period,
    )


def _nouns(words: QuestionWords) -> Iterator[str]:
    """The words up to one that joins or is a verb of such questions."""
    for place, word in enumerate(words.folded):
        rest = words.rest(place)
        if (
            rest.begins("joint")
            or rest.begins("exist")
            or rest.begins("being")
            or (place and rest.begins_with_verb("mention"))
        ):
            return
        yield word


def _verb(rest: QuestionWords) -> tuple[int, int] | None:
    """Where the verb of mentioning stands (“de marzo que hablan de”, “are about”), and how many words it has.

    Behind an article or a preposition such a word is a noun: “de citas”.
    """
    for place in range(min(len(rest.folded), _MOST_BETWEEN)):
        behind = rest.rest(place)
        led_in = (
            place > 0 and rest.rest(place - 1).begins("joint") and not rest.rest(place - 1).begins("relative")
        )
        if behind.begins_with_verb("mention") and not led_in:
            return place, 1
        if (being := behind.begins("being")) and behind.rest(being).begins("about"):
            return place, being
    return None


def _subject(rest: QuestionWords, verb: tuple[int, int] | None) -> str:
    before = rest.first(verb[0]) if verb else rest.first(0)
    behind = (rest.rest(sum(verb)) if verb else rest).without_leading("joint", "about")
    parts = (before if before.without_leading("joint").folded else rest.first(0), behind.without("archive"))
    return ", ".join(filter(None, (part.as_written() for part in parts)))


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
