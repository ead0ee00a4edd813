"""Questions with windows of text that answer them or not, in the form in which the product asks its reader.

A group is one question with several windows: the one that answers, if any, and others that look as if they did
(of the same document, of others with the same words). Sources are weighed, so that none drowns the rest.
"""

import json
import random
import re
import sqlite3
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index.document import Span
from index.text.sentences import split_sentences

# How many questions of a source are taken; more of what is nearest to the product's own texts.
_TAKEN = {
    "squad-es": 5000,
    "xquad": 4760,
    "squad-it": 600,
    "policyqa": 700,
    "casimedicos": 600,
    "faq-python": 744,
    "nq": 2600,
    "boolq": 1300,
    "wikitables": 1600,
    "tatqa": 800,
    "faquad": 900,
    "pira": 450,
    "covidqa": 600,
    "pubmedqa": 350,
    "piaf-cnil": 500,
    "fairytaleqa": 700,
    "qmsum": 100,
    "medquad": 140,
    "conditionalqa": 700,
}
_OTHERWISE_TAKEN = 300
_QUALES_REPEATS = 4
HELD_OUT_FOLD = 0
_FOLDS = 5
# Characters of a window, about 60 to 230 tokens.
_WINDOW = (220, 900)
_NEGATIVES = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document. `spans` are the answers within `text`; `answers` whether it answers at all.

    `context` is what stands above it: the title and the headings. `verdict` is "yes" or "no" where that is asked.
    """

    context: str
    text: str
    spans: tuple[Span, ...] = ()
    answers: bool = False
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One question and the windows that are to be told apart for it; the first one answers, if any does."""

    question: str
    windows: tuple[Window, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A context of the reading sets, or an article."""

    id: str
    source: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    question: str
    text: _Text
    answers: tuple[Span, ...]
    verdict: str = ""

    @property
    def is_answered(self) -> bool:
        return bool(self.answers or self.verdict)


def groups(folder: Path, quales: Path, draw: random.Random) -> list[Group]:
    """The groups of the reading sets in `folder` and of four fifths of `quales`, in no order."""
    texts = {row["id"]: _text(row) for row in _lines(folder / "contexts.jsonl")}
    rows = [*_chosen(_reading_rows(folder, texts), draw), *_quales_rows(quales) * _QUALES_REPEATS]
    nearest = _Nearest([*texts.values(), *_articles(quales).values()])
    made = [_group(row, nearest, draw) for row in rows]
    made += _rankings(folder, texts, draw)
    made += [altered for row in rows if (altered := _altered(row, rows, draw))]
    return made


def held_out(quales: Path) -> list[tuple[str, str, tuple[Span, ...]]]:
    """The questions of the fifth of `quales` that is kept out: question, article, answers in it."""
    return [(row.question, row.text.text, row.answers) for row in _quales_rows(quales, held=True)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _text(row: dict[str, Any]) -> _Text:
    return _Text(row["id"], row["source"], str(row.get("title") or ""), row["text"])


def _reading_rows(folder: Path, texts: dict[str, _Text]) -> list[_Row]:
    rows = []
    for row in _lines(folder / "questions.jsonl"):
        text = texts[row["context"]]
        spans = tuple(Span(start, end) for start, end in row["answers"])
        rows.append(_Row(row["question"], text, spans, row.get("yesno", "")))
    return [*rows, *_across_languages(folder, texts)]


def _across_languages(folder: Path, texts: dict[str, _Text]) -> list[_Row]:
    """The parallel questions of one language over the text of another."""
    by_id: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in _lines(folder / "questions.jsonl"):
        if row["source"].startswith("xquad"):
            by_id[row["id"].removeprefix(row["source"])][row["language"]] = row
    return [
        _Row(
            versions[asked]["question"],
            texts[versions[read]["context"]],
            tuple(Span(start, end) for start, end in versions[read]["answers"]),
        )
        for versions in by_id.values()
        for asked, read in (("en", "es"), ("es", "en"))
        if asked in versions and read in versions
    ]


def _chosen(rows: Sequence[_Row], draw: random.Random) -> list[_Row]:
    """At most so many of each source as are wanted."""
    by_source: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        source = row.text.source
        by_source["xquad" if source.startswith("xquad") else source].append(row)
    return [
        row
        for source, of_source in by_source.items()
        for row in draw.sample(of_source, min(len(of_source), _TAKEN.get(source, _OTHERWISE_TAKEN)))
    ]


def _articles(quales: Path) -> dict[str, _Text]:
    return {
        row["id"]: _Text(row["id"], "quales", row.get("title") or "", row["text"])
        for row in _lines(quales / "documents.jsonl")
        if not is_held_out(row["id"])
    }


def is_held_out(document: str) -> bool:
    """Whether training keeps the questions on an article of quales out."""
    return zlib.crc32(document.encode()) % _FOLDS == HELD_OUT_FOLD


def _quales_rows(quales: Path, held: bool = False) -> list[_Row]:
    documents = {row["id"]: row for row in _lines(quales / "documents.jsonl")}
    rows = []
    for row in _lines(quales / "questions.jsonl"):
        if is_held_out(row["document_id"]) is not held:
            continue
        document = documents[row["document_id"]]
        text = _Text(document["id"], "quales", document.get("title") or "", document["text"])
        spans = tuple(
            Span(*match.span())
            for answer in row["answers"]
            for match in re.finditer(re.escape(answer.strip()), text.text)
        )
        if spans or not row["answerable"]:
            rows.append(_Row(row["question"], text, spans))
    return rows


def _group(row: _Row, nearest: "_Nearest", draw: random.Random) -> Group:
    """The window that answers, others of the same document, and others of documents with the same words."""
    question = row.question
    right = [_answering(row, draw)] if row.is_answered else []
    within = (
        [window for window in _windows(row.text, draw) if not _touches(window, row)]
        if not row.verdict
        else []
    )
    across = [] if row.verdict else nearest.unlike(row, 6)
    near = draw.sample(within, min(len(within), 2 if right else 4))
    far = [_whole_or_part(text, draw) for text in draw.sample(across, min(len(across), 2))]
    if row.verdict:
        far = [_whole_or_part(text, draw) for text in nearest.of_other_titles(row, 2)]
    if not right and not near:
        near = [_whole_or_part(row.text, draw)]
    return Group(question, (*right, *(near + far)[:_NEGATIVES]), row.text.source)


def _touches(window: "_Cut", row: _Row) -> bool:
    return any(window.span.overlaps(answer) for answer in row.answers)


@dataclass(frozen=True, slots=True)
class _Cut(Window):
    """A window that knows where in its text it stood."""

    span: Span = field(default=Span(0, 0))


def _units(text: str) -> list[Span]:
    """Sentences, which never go over a line's end."""
    units, offset = [], 0
    for line in text.split("\n"):
        units += [Span(offset + sentence.start, offset + sentence.end) for sentence in split_sentences(line)]
        offset += len(line) + 1
    return units


def _windows(text: _Text, draw: random.Random) -> list[_Cut]:
    """The text cut at sentences into windows of about one size."""
    size = draw.uniform(*_WINDOW)
    runs: list[list[Span]] = []
    for unit in _units(text.text):
        if not runs or unit.end - runs[-1][0].start > size:
            runs.append([])
        runs[-1].append(unit)
    return [_cut(text, Span(run[0].start, run[-1].end)) for run in runs]


def _cut(text: _Text, span: Span) -> _Cut:
    return _Cut(text.title, span.of(text.text), span=span)


def _whole_or_part(text: _Text, draw: random.Random) -> Window:
    return draw.choice(_windows(text, draw) or [_cut(text, Span(0, len(text.text)))])


def _answering(row: _Row, draw: random.Random) -> Window:
    """A window around one of the answers, which may stand anywhere in it."""
    if row.verdict and not row.answers:
        span = Span(0, min(len(row.text.text), _WINDOW[1]))
        return Window(row.text.title, span.of(row.text.text), (), True, row.verdict)
    answer = draw.choice(row.answers)
    units = _units(row.text.text)
    touched = [place for place, unit in enumerate(units) if unit.overlaps(answer)]
    if not touched:
        span = Span(max(0, answer.start - 200), min(len(row.text.text), answer.end + 200))
    else:
        first, last = touched[0], touched[-1]
        size = draw.uniform(*_WINDOW)
        while units[last].end - units[first].start < size and (first > 0 or last < len(units) - 1):
            if first > 0 and (last == len(units) - 1 or draw.random() < 0.5):
                first -= 1
            else:
                last += 1
        span = Span(min(units[first].start, answer.start), max(units[last].end, answer.end))
    inside = tuple(
        Span(other.start - span.start, other.end - span.start) for other in row.answers if span.holds(other)
    )
    return Window(row.text.title, span.of(row.text.text), inside, True, row.verdict)


class _Nearest:
    """Full text over the contexts of each source, to find those with a question's words that do not answer it."""

    def __init__(self, texts: Iterable[_Text]) -> None:
        self._texts = list(texts)
        self._titles: dict[str, list[int]] = defaultdict(list)
        self._table = sqlite3.connect(":memory:")
        self._table.execute("CREATE VIRTUAL TABLE t USING fts5 (source, body, tokenize = 'unicode61')")
        rows = (
            (place, f"s{_plain(text.source)}", f"{text.title} {text.text}")
            for place, text in enumerate(self._texts)
        )
        self._table.executemany("INSERT INTO t (rowid, source, body) VALUES (?, ?, ?)", rows)

    def unlike(self, row: _Row, count: int) -> list[_Text]:
        """The nearest texts of the same source that hold none of the answers, the nearest first."""
        said = [_folded(answer.of(row.text.text)) for answer in row.answers]
        return [
            text
            for text in self._search(row, count + 4)
            if text.id != row.text.id
            and text.text != row.text.text
            and not any(words in _folded(text.text) for words in said)
        ][:count]

    def of_other_titles(self, row: _Row, count: int) -> list[_Text]:
        """The nearest texts of the same source that are about something else."""
        return [text for text in self._search(row, count + 6) if text.title != row.text.title][:count]

    def _search(self, row: _Row, count: int) -> list[_Text]:
        words = {word for word in _WORD.findall(row.question.lower()) if len(word) > 3}
        if not words:
            return []
        any_of = " OR ".join(f'"{word}"' for word in sorted(words))
        match = f"source:s{_plain(row.text.source)} AND body:({any_of})"
        hits = self._table.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (match, count)
        )
        return [self._texts[place] for (place,) in hits]


def _plain(source: str) -> str:
    return re.sub(r"\W", "", source)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


def _rankings(folder: Path, texts: dict[str, _Text], draw: random.Random, most: int = 4000) -> list[Group]:
    """Passages that answer beside the nearest that do not; where in them the answer stands is not told."""
    rows = list(_lines(folder / "ranking.jsonl"))
    made = []
    for row in draw.sample(rows, min(most, len(rows))):
        right = texts[draw.choice(row["right"])]
        wrong = [texts[name] for name in draw.sample(row["wrong"], min(_NEGATIVES, len(row["wrong"])))]
        head = replace(_fullest(row["question"], right, draw), answers=True)
        made.append(
            Group(row["question"], (head, *(_whole_or_part(text, draw) for text in wrong)), row["source"])
        )
    return made


def _fullest(question: str, text: _Text, draw: random.Random) -> Window:
    """The window of a text that says most of the question's words."""
    asked = set(_WORD.findall(_folded(question)))
    cuts = _windows(text, draw) or [_cut(text, Span(0, len(text.text)))]
    return max(cuts, key=lambda cut: len(asked & set(_WORD.findall(_folded(cut.text)))))


_NAMED = re.compile(r"(?<=[a-záéíóúñü,] )[A-ZÁÉÍÓÚÑ][\wáéíóúñü]{2,}|\b\d[\d.,/-]*\d\b|\b\d\b")


def _altered(row: _Row, rows: Sequence[_Row], draw: random.Random, share: float = 0.12) -> Group | None:
    """The same question about another name, year or number than the passage tells of: nothing answers it."""
    if not row.answers or draw.random() > share:
        return None
    marks = [mark for mark in _NAMED.finditer(row.question) if mark[0] in row.text.text]
    if not marks:
        return None
    mark = draw.choice(marks)
    other = _another(mark[0], row, rows, draw)
    if other is None:
        return None
    question = row.question[: mark.start()] + other + row.question[mark.end() :]
    window = replace(_answering(row, draw), spans=(), answers=False)
    return Group(question, (window,), f"{row.text.source}-altered")


def _another(said: str, row: _Row, rows: Sequence[_Row], draw: random.Random) -> str | None:
    if said[0].isdigit():
        digits = list(said)
        places = [place for place, digit in enumerate(digits) if digit.isdigit()]
        changed = draw.choice(places[-2:])
        digits[changed] = draw.choice([d for d in "123456789" if d != digits[changed]])
        other = "".join(digits)
        return other if other not in row.text.text else None
    for _ in range(20):
        names = _NAMED.findall(draw.choice(rows).question)
        names = [name for name in names if not name[0].isdigit() and name not in row.text.text]
        if names:
            return draw.choice(names)
    return None
