"""Measure how far the date grammar reaches beyond the kinds it was tuned on: `python -m benchmarks.date_folds`.

The expressions of Recognizers-Text fall into kinds by what their words are to the grammar (“hace 3 días” and “hace dos
semanas” are one), and the kinds into five folds. For each fold the table of compositions is cut down to what the other
four need, and measured on the fifth: what is right there is read by compositions that other kinds have earned.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from benchmarks.dates import Item, judge, recognizers, wilson
from index.dates import grammar
from index.dates.lexicon import Kind, load_lexicon
from index.dates.phrases import Match
from index.dates.tokens import Sentence, fold, tokenize

FOLDS = 5
_Rows = tuple[grammar.Composition, ...]
_NUMBERS = {Kind.NUMBER, Kind.DIGITS}


def kind_of(item: Item) -> tuple[str, ...]:
    """What the words of an expression are to the grammar, one after the other; a number in words is one in digits."""
    lexicon = load_lexicon("es")
    senses = (token.senses.keys() for token in tokenize(fold(item.words), lexicon))
    return tuple("number" if kinds & _NUMBERS else "+".join(sorted(map(str, kinds))) for kinds in senses)


def folds_of(items: Sequence[Item]) -> list[list[Item]]:
    """Five folds of about one size; all items of a kind are in one of them."""
    kinds: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        kinds[kind_of(item)].append(item)
    folds: list[list[Item]] = [[] for _ in range(FOLDS)]
    for _, members in sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0])):
        min(folds, key=len).extend(members)
    return folds


@contextmanager
def only(rows: _Rows) -> Iterator[None]:
    """The grammar with these compositions and no others."""
    with patch.object(grammar, "COMPOSITIONS", rows):
        grammar.beginning_with.cache_clear()
        yield
    grammar.beginning_with.cache_clear()


def compositions_of(item: Item) -> set[int] | None:
    """The compositions that read something in an item, by their place in memory; None if its interval is wrong."""
    read, matched = grammar.Composition.read, set[int]()

    def recorded(row: grammar.Composition, sentence: Sentence, i: int) -> Match | None:
        match = read(row, sentence, i)
        if match:
            matched.add(id(row))
        return match

    with patch.object(grammar.Composition, "read", recorded):
        return matched if judge(item) == "right" else None


def right(items: Sequence[Item], rows: _Rows = grammar.COMPOSITIONS) -> dict[Item, set[int]]:
    """The items whose interval these compositions get right, with those that read something in them."""
    with only(rows):
        return {item: matched for item in items if (matched := compositions_of(item)) is not None}


def needed(items: Sequence[Item]) -> _Rows:
    """The compositions that are left when each is dropped without which as many of the items stay right."""
    rows: _Rows = grammar.COMPOSITIONS
    read = right(items)
    for row in grammar.COMPOSITIONS:
        # On the others it has no bearing.
        concerned = [item for item, matched in read.items() if id(row) in matched]
        fewer = tuple(each for each in rows if each is not row)
        still = right(concerned, fewer)
        if len(still) == len(concerned):
            rows, read = fewer, read | still
    return rows


def _count(items: Sequence[Item], rows: _Rows) -> int:
    read = right(items, rows)
    return sum(item in read for item in items)


def main() -> None:
    """Print each fold with the whole table and with what the other four need."""
    items = list(recognizers(Path(os.environ["HEMEROTECA_EVAL"]) / "temporal" / "recognizers.jsonl"))
    folds = folds_of(items)
    total = 0
    for number, held_out in enumerate(folds, 1):
        others = [item for fold in folds if fold is not held_out for item in fold]
        rows = needed(others)
        unseen, whole = (_count(held_out, table) for table in (rows, grammar.COMPOSITIONS))
        total += unseen
        print(
            f"fold {number}: {len(rows)} of {len(grammar.COMPOSITIONS)} compositions, all of them right on {whole}"
        )
        print(f"        right interval {wilson(unseen, len(held_out))}")
    print(f"\ntuned on four kinds of five, right on the fifth: {wilson(total, len(items))}")


if __name__ == "__main__":
    main()
