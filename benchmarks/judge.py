"""How many altered sentences does the judge let pass, and how many true ones does it stop?

Sentences are drawn by seed from the news of HEMEROTECA_EVAL. Each is judged against itself as it stands,
which must pass, and with one number, date or name swapped, which must not. Paraphrases are measured by
`benchmarks.claims`. Run: HEMEROTECA_EVAL=… python benchmarks/judge.py [--count 100] [--show]
"""

import argparse
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.prove.dates import without_dates
from assistant.prove.facts import judge
from assistant.prove.numbers import find_numbers
from assistant.prove.proof import Proof, Verdict
from index.dates import find_dates
from index.document import Span
from index.language.mentions import find_names
from index.text.sentences import split_sentences

_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence of the news and the day it was published."""

    text: str
    published: date


Alteration = Callable[[Sample, random.Random, list[str]], str | None]


def change_number(sample: Sample, chance: random.Random, names: list[str]) -> str | None:
    """Another figure for one number that is no date; None if there is none in figures."""
    blank = without_dates(sample.text, "es")
    spans = [n.span for n in find_numbers(blank, "es") if n.span.of(blank).isdigit()]
    return _replace(sample.text, spans, chance, lambda old: str(int(old) + chance.randint(1, 9)))


def change_date(sample: Sample, chance: random.Random, names: list[str]) -> str | None:
    """Another month or day for one date; None if no date names either."""
    spans = [
        Span(found.span.start + match.start(), found.span.start + match.end())
        for found in find_dates(sample.text, sample.published, "es")
        for match in re.finditer(rf"\b(?:{'|'.join(_MONTHS)}|[1-2]?\d)\b(?!:)", found.text)
    ]
    return _replace(sample.text, spans, chance, lambda old: _other_date_part(old, chance))


def change_name(sample: Sample, chance: random.Random, names: list[str]) -> str | None:
    """A name of another article for one name; None if there is none."""
    spans = find_names(sample.text, first_counts=False)
    return _replace(sample.text, spans, chance, lambda old: chance.choice(names))


ALTERATIONS: dict[str, Alteration] = {
    "number": change_number,
    "date": change_date,
    "name": change_name,
}


def _replace(
    text: str, spans: list[Span], chance: random.Random, replacement: Callable[[str], str]
) -> str | None:
    if not spans:
        return None
    span = chance.choice(spans)
    return text[: span.start] + replacement(span.of(text)) + text[span.end :]


def _other_date_part(old: str, chance: random.Random) -> str:
    if old in _MONTHS:
        return chance.choice([month for month in _MONTHS if month != old])
    return str(chance.choice([day for day in range(1, 29) if day != int(old)]))


def samples(folder: Path) -> list[Sample]:
    """Whole sentences of 60 to 300 characters of every dated article."""
    lines = (folder / "quales" / "documents.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    return [
        Sample(span.of(article["text"]), date.fromisoformat(article["date"]))
        for article in articles
        for span in split_sentences(article["text"])
        if 60 <= span.end - span.start <= 300 and span.of(article["text"]).endswith(".")
    ]


def verdict_on(text: str, sample: Sample) -> Verdict:
    return judge(text, "es", [Proof(sample.text, "es", sample.published)])


def altered(
    kind: str, pool: list[Sample], chance: random.Random, names: list[str]
) -> Iterator[tuple[Sample, str]]:
    for sample in pool:
        text = ALTERATIONS[kind](sample, chance, names)
        if text is not None and text != sample.text:
            yield sample, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--show", action="store_true", help="print the sentences that were judged wrongly")
    options = parser.parse_args()
    chance = random.Random(5)
    pool = samples(Path(os.environ["HEMEROTECA_EVAL"]))
    chance.shuffle(pool)
    names = [span.of(s.text) for s in pool[:500] for span in find_names(s.text, first_counts=False)]
    stopped = [(s.text, v) for s in pool[: options.count] if not (v := verdict_on(s.text, s)).is_proved]
    print(f"unaltered   stopped {len(stopped)} of {options.count}")
    for kind in ALTERATIONS:
        drawn = [
            pair for pair, _ in zip(altered(kind, pool, chance, names), range(options.count), strict=False)
        ]
        passed = [text for sample, text in drawn if verdict_on(text, sample).is_proved]
        print(f"{kind:<11} passed  {len(passed)} of {len(drawn)}")
        if options.show:
            print(*(f"    {text}" for text in passed), sep="\n")
    if options.show:
        print(*(f"    {verdict.reason} {verdict.detail}: {text}" for text, verdict in stopped), sep="\n")


if __name__ == "__main__":
    main()
