"""How much rewriting follow-ups helps to find: run `python -m benchmarks.followups --index FOLDER`.

FOLDER is the index of an archive that holds the seed document and the transcripts of the folder that
HEMEROTECA_EVAL names. A conversation is held up to each follow-up with the extractive engine; the follow-up is
then searched for as it was asked and as it is rewritten: by the rules, or by the model of `--engine local` or
`--engine openai`, whose rewritings `--out FILE` keeps, so that a run may be stopped (`--minutes`) and taken up.
The gold is the passage that holds the answer; recall@5 is the share of questions with it among the first five
chunks. Questions that stand alone and come after another topic must be left as they are. `--show` prints every
rewriting with both ranks.
"""

import argparse
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, finished
from assistant.assistant import Assistant
from assistant.engine import Engine
from assistant.finding.retrieval import Retriever
from assistant.llms.choice import choose_engine, open_llm
from assistant.questions.history import Exchange, leans_on_history
from assistant.settings import load_settings
from assistant.write.prompts import Asking
from index.document import Span
from index.language import detect_question_language

MARKED = Path(__file__).parent / "data" / "followups.jsonl"
_AMONG = 5
_RANKS = 20
_RESAMPLES = 10_000
_SEED = 20260116

Asked = str | dict[str, Any]
"""A question, or the document and turn of the chains where it stands."""

Held = dict[tuple[str, ...], list[Exchange]]
"""Conversations by their questions."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question after others; `gold` is the passage of `document` that answers it.

    `kinds` are the groups that it is counted in.
    """

    id: str
    kinds: tuple[str, ...]
    history: tuple[str, ...]
    question: str
    document: str
    gold: Span


@dataclass(frozen=True, slots=True)
class Found:
    """A follow-up, what is made of it, and the rank of its passage before and after; 0 is none."""

    follow_up: FollowUp
    standalone: str
    raw_rank: int
    rank: int


def follow_ups(chains: Path) -> Iterator[FollowUp]:
    """The marked questions, those of the chains with their text."""
    turns = {
        (chain["doc_id"], turn["turn"]): turn["q"] for chain in _lines(chains) for turn in chain["turns"]
    }

    def text(asked: Asked) -> str:
        return asked if isinstance(asked, str) else str(turns[asked["doc_id"], asked["turn"]])

    for row in _lines(MARKED):
        history = tuple(map(text, row["history"]))
        gold = Span(row["start"], row["end"])
        source = "written" if isinstance(row["question"], str) else "turns of the chains"
        kind = row["kind"]
        kinds = (kind, f"{kind}, {source}") if kind == "follow_up" else (kind,)
        yield FollowUp(row["id"], kinds, history, text(row["question"]), row["document"], gold)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def held(assistant: Assistant, questions: Sequence[str], known: Held) -> list[Exchange]:
    """The conversation that asks these questions, kept in `known` for the next call."""
    key = tuple(questions)
    if key not in known:
        before = held(assistant, key[:-1], known) if key else []
        answers = [finished(assistant.stream(key[-1], history=before))] if key else []
        known[key] = [*before, *map(_exchange, answers)]
    return known[key]


def _exchange(answer: Answer) -> Exchange:
    cited = dict.fromkeys(citation.document.id for citation in answer.citations)
    return Exchange(answer.standalone, answer.text, tuple(cited), topic=answer.topic)


def rewritten(
    assistant: Assistant,
    rewriter: Engine,
    marked: Sequence[FollowUp],
    known: Held,
    kept: Path | None,
    until: float,
) -> dict[str, str]:
    """What is made of each follow-up, by its id, as far as the time goes; `kept` is read and added to."""
    lines = list(_lines(kept)) if kept is not None and kept.exists() else []
    done = {line["id"]: line["standalone"] for line in lines}
    for item in marked:
        if item.id in done or monotonic() > until:
            continue
        language = detect_question_language(item.question)
        history = held(assistant, item.history, known)
        asking = Asking(item.question, language, history=history, small=True)
        done[item.id] = rewriter.standalone(asking, rewriter.calls()).text
        if kept is not None:
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"id": item.id, "standalone": done[item.id]}) + "\n")
    return done


def measure(
    assistant: Assistant, marked: Sequence[FollowUp], known: Held, done: Mapping[str, str]
) -> Iterator[Found]:
    """Each question that was rewritten, searched for as asked, and as a follow-up is searched for."""
    retriever = assistant.retriever()
    for item in (item for item in marked if item.id in done):
        leans = leans_on_history(item.question)
        favoured = held(assistant, item.history, known)[-1].documents if leans else ()
        raw_rank = _rank(retriever, item.question, item)
        yield Found(item, done[item.id], raw_rank, _rank(retriever, done[item.id], item, favoured))


def _rank(retriever: Retriever, question: str, item: FollowUp, favoured: Sequence[str] = ()) -> int:
    candidates = retriever.search(retriever.read(question), limit=_RANKS, favoured=favoured)
    for rank, chunk in enumerate((candidate.chunk for candidate in candidates), 1):
        overlaps = chunk.span.start < item.gold.end and item.gold.start < chunk.span.end
        if chunk.document == item.document and overlaps:
            return rank
    return 0


def interval(gains: NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean of paired differences, (questions,)."""
    draws = np.random.default_rng(_SEED).choice(gains, (_RESAMPLES, len(gains)))
    low, high = np.percentile(draws.mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def report(found: Sequence[Found]) -> Iterator[str]:
    """The lines of the table: recall as asked and rewritten, and the difference with its interval."""
    for kind in dict.fromkeys(kind for item in found for kind in item.follow_up.kinds):
        part = [item for item in found if kind in item.follow_up.kinds]
        raw = np.array([0 < item.raw_rank <= _AMONG for item in part], dtype=np.float64)
        rules = np.array([0 < item.rank <= _AMONG for item in part], dtype=np.float64)
        low, high = interval(rules - raw)
        changed = sum(item.standalone != item.follow_up.question for item in part)
        yield (
            f"{kind}: {len(part)} questions, {changed} rewritten, recall@{_AMONG} as asked {raw.mean():.3f}, "
            f"rewritten {rules.mean():.3f}, difference {(rules - raw).mean():+.3f} [{low:+.3f}, {high:+.3f}]"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="the index of the seed and the transcripts")
    parser.add_argument("--engine", choices=("extractive", "local", "openai"), default="extractive")
    parser.add_argument("--out", type=Path, help="keep the rewritings here, and go on from them")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop rewriting after this many")
    parser.add_argument("--show", action="store_true", help="print every rewriting")
    arguments = parser.parse_args()
    marked = list(follow_ups(Path(os.environ["HEMEROTECA_EVAL"]) / "mananeras" / "chains.jsonl"))
    # A run that is stopped has seen a fair sample.
    Random(_SEED).shuffle(marked)
    with Assistant(load_settings(index=arguments.index, engine="extractive")) as assistant:
        settings = load_settings(index=arguments.index, engine=arguments.engine, deadline=600)
        choice = choose_engine(settings)
        rewriter = Engine(assistant.retriever(), settings, choice, open_llm(settings, choice))
        until = monotonic() + 60 * arguments.minutes
        known: Held = {}
        done = rewritten(assistant, rewriter, marked, known, arguments.out, until)
        found = list(measure(assistant, marked, known, done))
    if arguments.show:
        for item in found:
            asked = item.follow_up
            print(f"{asked.id} {item.raw_rank:2} {item.rank:2}  {asked.question}  =>  {item.standalone}")
    print(*report(found), sep="\n")


if __name__ == "__main__":
    main()
