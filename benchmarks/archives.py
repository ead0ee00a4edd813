"""Archives with questions whose answers are known: where their documents lie, and which passages answer."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reader.examples import is_held_out
from index.language.terms import fold

_ARTICLES = 300
_FOREIGN = 3
# Facts that several passages tell together say nothing of one passage.
_ONE_PASSAGE = {
    "fact",
    "howto",
    "why",
    "yesno",
    "definition",
    "list",
    "docsays",
    "typo",
    "crosslang",
    "unans",
}


@dataclass(frozen=True, slots=True)
class Gold:
    """A question and what is known of its answer: needed `keys`, each a list of spellings, and an exact `span`."""

    question: str
    answerable: bool
    keys: list[list[str]]
    span: str = ""
    document: str = ""
    within: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """An archive's documents and the questions to it that stand alone; `kind` says what sort of archive it is."""

    kind: str
    name: str
    documents: Path
    questions: list[Gold]


def archives(folder: Path, work: Path) -> Iterator[Known]:
    """The archives of an evaluation folder; what has to be written for them goes into `work`.

    Of quales only the fifth is asked that the reader's training kept out.
    """
    for name, documents in (("folder", "documents"), ("valkey", "documents"), ("mananeras", "")):
        at = folder / "fresh" / name / documents if documents else folder / "mananeras"
        questions = _lines(folder / "fresh" / name / "questions.jsonl")
        asked = [_fresh(row) for row in questions if not row["follows"] and row["kind"] in _ONE_PASSAGE]
        yield Known(name, name, at, asked)
    yield from _cases(folder / "cases")
    yield Known("quales", "quales", _articles(folder / "quales", work), _quales(folder / "quales"))


def _cases(folder: Path) -> Iterator[Known]:
    """Each case with its own questions, and with some of another, which it cannot answer."""
    paths = sorted(folder.glob("*/case.json"))
    asked = [
        [
            Gold(row["question"], row["answerable"], row["keys"])
            for row in _case(path)
            if row.get("follows") is None
        ]
        for path in paths
    ]
    for place, path in enumerate(paths):
        # Those next to it are often variants of the same documents.
        foreign = asked[(place + len(paths) // 2) % len(paths)][:_FOREIGN]
        beside = [Gold(gold.question, False, []) for gold in foreign]
        yield Known("cases", path.parent.name, path.parent / "documents", [*asked[place], *beside])


def _case(path: Path) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["questions"]
    return questions


def answers(gold: Gold, document: str, text: str) -> bool | None:
    """Whether a passage (with what stands above it) of a document tells all that is needed.

    None of one that says the answer's words elsewhere: it may, or may not.
    """
    if not gold.answerable:
        return False
    plain = _plain(text)
    told = bool(gold.keys) and all(any(_holds(plain, key) for key in spellings) for spellings in gold.keys)
    if gold.span and _plain(gold.span) in plain:
        return True
    if gold.document and document != gold.document:
        return None if told else False
    return (None if gold.span else True) if told else False


def _holds(text: str, key: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(key))}(?!\d)", text) is not None


def _plain(text: str) -> str:
    return re.sub(r"[\s*`]+", " ", fold(text)).strip()


def _fresh(row: dict[str, Any]) -> Gold:
    return Gold(row["question"], row["answerable"], row["keys"], row["span"] or "")


def _quales(folder: Path) -> list[Gold]:
    """The questions kept out of training: to the archive if they have an answer, and each to its article alone."""
    rows = [row for row in _lines(folder / "questions.jsonl") if is_held_out(row["document_id"])]
    return [
        Gold(
            row["question"],
            row["answerable"],
            [row["answers"]] if row["answers"] else [],
            "",
            row["document_id"],
            within,
        )
        for row in rows
        for within in (False, True)
        if within or row["answerable"]
    ]


def _articles(folder: Path, index: Path) -> Path:
    """A folder with the articles that are asked about, and others beside them."""
    rows = list(_lines(folder / "documents.jsonl"))
    held = [row for row in rows if is_held_out(row["id"])]
    others = [row for row in rows if not is_held_out(row["id"])]
    documents = index / "articles"
    documents.mkdir(parents=True, exist_ok=True)
    chosen = [*held, *others][:_ARTICLES]
    (documents / "documents.jsonl").write_text("".join(json.dumps(row) + "\n" for row in chosen), "utf-8")
    return documents


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
