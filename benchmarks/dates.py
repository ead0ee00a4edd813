"""Measure the date finder: `python -m benchmarks.dates` (the environment's HEMEROTECA_EVAL names the data).

Right intervals on two public sets of Spanish expressions, false, missed and wrong dates in sentences marked by hand,
and the time a sentence takes. `--failures` lists what went wrong.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

from index.dates import DateExpression, Interval, find_dates
from index.document import Span

_DATA = Path(__file__).parent / "data"
MARKED = {
    "200 news sentences": _DATA / "quales_dates.jsonl",
    "300 sentences of four archives": _DATA / "dated_sentences.jsonl",
}
_COARSE = {"Day", "Week", "Month", "Quarter", "Year"}


@dataclass(frozen=True, slots=True)
class Item:
    """One expression with its accepted intervals; `position` is where it stands in the text, or -1."""

    text: str
    reference: date
    words: str
    position: int
    accepted: tuple[Interval, ...]
    kind: str


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


def _ends(end: date | None) -> list[date | None]:
    """The inclusive ends that a gold end may mean.

    The day itself; the day before, as most are exclusive; and, as the last period of a range is given by its
    first day ("de 2014 a 2018" ends on 2018-01-01), the end of the month, quarter or year that begins there.
    """
    if end is None:
        return [None]
    ends: list[date | None] = [end, end - timedelta(1)]
    if end.day == 1:
        after = date(end.year + end.month // 12, end.month % 12 + 1, 1)
        ends.append(after - timedelta(1))
    if end.day == 1 and end.month in (1, 4, 7):
        ends.append(date(end.year, end.month + 3, 1) - timedelta(1))
    if (end.month, end.day) == (1, 1):
        ends.append(date(end.year, 12, 31))
    return ends


def _values(values: Any) -> list[tuple[date | None, date | None]]:
    """The (start, end) pairs of a recognizers result, whichever of its two forms it has."""
    if isinstance(values, dict):
        values = [values.get("FutureResolution", {}), values.get("PastResolution", {})]
    pairs = []
    for value in values:
        if not isinstance(value, dict) or value.get("value") == "not resolved":
            continue
        day = value.get("value") or value.get("date")
        if day:
            pairs.append((_day(day), _day(day)))
        elif "start" in value or "end" in value or "startDate" in value or "endDate" in value:
            pairs.append(
                (
                    _day(value.get("start", value.get("startDate"))),
                    _day(value.get("end", value.get("endDate"))),
                )
            )
    return pairs


def recognizers(path: Path) -> Iterator[Item]:
    """The date and period items of Microsoft's Recognizers-Text that have a resolution."""
    for row in read_lines(path):
        at = 0
        for result in row["results"]:
            kind = result["type"].removeprefix("datetimeV2.")
            if kind not in {"date", "daterange"}:
                continue
            pairs = _values(result["values"])
            if not pairs:
                continue
            position = row["input"].lower().find(result["text"].lower(), at)
            at = max(at, position + 1)
            accepted = tuple(
                Interval(start, stop)
                for start, end in pairs
                for stop in (_ends(end) if start != end or not end else [end])
            )
            yield Item(
                row["input"],
                date.fromisoformat(row["reference"][:10]),
                result["text"],
                position,
                accepted,
                kind,
            )


def _duckling_start(parts: list[int]) -> date:
    year, month, day = parts[:3]
    return date(year, month or 1, day or 1)


def _duckling_end(start: date, grain: str) -> date:
    """The last day of the grain that begins at `start`."""
    if grain == "Week":
        return start + timedelta(6)
    if grain == "Month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(1)
    return date(start.year, 12, 31) if grain == "Year" else start


def duckling(path: Path) -> Iterator[Item]:
    """Duckling's Spanish corpus, day grain and coarser. Its interval ends are exclusive."""
    for row in read_lines(path):
        grain = row["grain"][0]
        if grain not in _COARSE:
            continue
        start = _duckling_start(row["values"][0])
        if len(row["values"]) == 2:
            ends = _ends(_duckling_start(row["values"][1]))[:2]
        else:
            ends = [_duckling_end(start, grain)]
        accepted = tuple(Interval(start, end) for end in ends)
        yield Item(row["text"], date.fromisoformat(row["reference"][:10]), row["text"], 0, accepted, grain)


def overlapping(item: Item, found: list[DateExpression]) -> list[DateExpression]:
    """The expressions found where the item stands."""
    if item.position < 0:
        return found
    end = item.position + len(item.words)
    return [e for e in found if e.span.start < end and item.position < e.span.end]


def judge(item: Item) -> str:
    """ "right", "second reading", "missed" or "wrong"."""
    found = overlapping(item, find_dates(item.text, item.reference, "es"))
    if any(expression.interval in item.accepted for expression in found):
        return "right"
    if any(reading in item.accepted for expression in found for reading in expression.readings):
        return "second reading"
    return "wrong" if found else "missed"


def wilson(right: int, total: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not total:
        return "no items"
    z, share = 1.96, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{share:.3f} [{middle - half:.3f}, {middle + half:.3f}] ({right}/{total})"


def report(name: str, items: list[Item], failures: bool) -> None:
    """Print the share of right intervals, by kind, and the failures on demand."""
    verdicts = [(item, judge(item)) for item in items]
    right = sum(verdict == "right" for _, verdict in verdicts)
    print(f"\n{name}: right interval {wilson(right, len(items))}")
    table = Counter((item.kind, verdict) for item, verdict in verdicts)
    for (kind, verdict), count in sorted(table.items()):
        print(f"  {kind:10} {verdict:15} {count}")
    for item, verdict in verdicts if failures else []:
        if verdict != "right":
            found = [(e.text, *map(str, e.readings)) for e in find_dates(item.text, item.reference, "es")]
            gold = [f"{i.start}..{i.end}" for i in item.accepted[:2]]
            print(f"    {verdict}: {item.reference} {item.text[:90]!r} <{item.words}> {gold} found {found}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence marked by hand; a mark that may be read as a date or not ("hoy" for nowadays) has no intervals."""

    text: str
    published: date | None
    language: str
    marks: tuple[tuple[Span, tuple[Interval, ...]], ...]

    @property
    def days(self) -> list[DateExpression]:
        return find_dates(self.text, self.published, self.language)


_Texts = dict[tuple[str, str], tuple[str, date | None, str]]


def texts(root: Path) -> _Texts:
    """The texts that sentences were drawn from, by set and document, each with its day and language."""
    news = read_lines(root / "quales" / "documents.jsonl")
    documents: _Texts = {("quales", row["id"]): (row["text"], _day(row["date"]), "es") for row in news}
    for path in (root / "mananeras").glob("*.txt"):
        documents["mananeras", path.name] = (path.read_text("utf-8"), _day(path.name), "es")
    for path in (root / "fresh" / "valkey" / "documents").glob("*.md"):
        documents["valkey", path.name] = (path.read_text("utf-8"), None, "en")
    return documents


def marked_sentences(path: Path, documents: _Texts) -> Iterator[Marked]:
    """The sentences of a file of marks: of a document by their offsets, or with their own text."""
    for row in read_lines(path):
        if "text" in row:
            text, published, language = row["text"], _day(row["reference"]), row["language"]
        else:
            text, published, language = documents[row.get("set", "quales"), row["document"]]
        marks = tuple(
            (
                Span(mark["start"] - row["start"], mark["end"] - row["start"]),
                tuple(Interval(_day(start), _day(end)) for start, end in mark.get("accepted", ())),
            )
            for mark in row["dates"]
        )
        yield Marked(text[row["start"] : row["end"]], published, language, marks)


def report_sentences(name: str, sentences: Sequence[Marked], failures: bool) -> None:
    """Print which dates that are found are dates, which dates are found, and of these which have a right interval."""
    dates: Counter[bool] = Counter()
    recalled: Counter[bool] = Counter()
    resolved: Counter[bool] = Counter()
    for sentence in sentences:
        days = sentence.days
        for each in days:
            marks = [accepted for span, accepted in sentence.marks if span.overlaps(each.span)]
            if marks and not any(marks):
                continue
            dates[bool(marks)] += 1
            if failures and not marks:
                print(f"    false: {sentence.published} {each.text!r} {each.interval} {sentence.text!r}")
        for span, accepted in sentence.marks:
            if accepted:
                over = [each for each in days if span.overlaps(each.span)]
                is_right = any(each.interval in accepted for each in over)
                recalled[bool(over)] += 1
                resolved[is_right] += bool(over)
                if failures and not is_right:
                    words = [(each.text, each.readings) for each in over]
                    print(
                        f"    {'wrong' if over else 'missed'}: {sentence.published} {span.of(sentence.text)!r} {words}"
                    )
    for measure, counts in (("precision", dates), ("recall", recalled), ("right interval", resolved)):
        print(f"{name}: {measure:14} {wilson(counts[True], counts.total())}")


def cost(root: Path) -> None:
    """Print the time that a sentence of about 25 words takes."""
    texts = [row["text"] for row in read_lines(root / "quales" / "documents.jsonl")[:100]]
    words = sum(len(text.split()) for text in texts)
    begin = time.process_time()
    for text in texts:
        find_dates(text, date(2020, 4, 1), "es")
    seconds = time.process_time() - begin
    print(f"\ncost: {1000 * seconds * 25 / words:.3f} ms of processor time for 25 words ({words} words)")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="list what went wrong")
    failures: bool = parser.parse_args().failures
    root = Path(os.environ["HEMEROTECA_EVAL"])
    report("recognizers", list(recognizers(root / "temporal" / "recognizers.jsonl")), failures)
    report("duckling", list(duckling(root / "temporal" / "duckling.jsonl")), failures)
    documents = texts(root)
    for name, path in MARKED.items():
        print()
        report_sentences(name, list(marked_sentences(path, documents)), failures)
    cost(root)


if __name__ == "__main__":
    main()
