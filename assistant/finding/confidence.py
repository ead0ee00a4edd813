"""How sure it is that passages answer a question: their order, and one calibrated number, 0 to 1, for the first.

The weights are fitted for the reader that comes with the product.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.finding.passages import ReadPassage, read_passages
from assistant.finding.retrieval import Candidate, Retriever
from assistant.finding.weights import Table, weights
from assistant.questions.wording import Wording
from index.language.terms import fold, terms

FEW_CHUNKS = 10
"""That the answer to one question is chosen from, mostly."""

_LARGEST_LOGIT = 12.0
# Token matches lie close together: a tenth is a great difference.
_SCALE = 10.0
_WORD = re.compile(r"\w[\w./-]*+")


@dataclass(frozen=True, slots=True)
class RatedPassage:
    """A passage with the probability that it answers, and the features that this rests on."""

    passage: ReadPassage
    chance: float
    features: Mapping[str, float]


def read_closely(
    retriever: Retriever, question: Wording, candidates: Sequence[Candidate], *, most: int
) -> list[RatedPassage]:
    """The first `most` candidates read with the question, the likeliest first, and behind them the others unread."""
    reader = retriever.open_reader() if most else None
    text, store = question.question.text, retriever.store
    near = rate(question, read_passages(reader, store, text, candidates[:most]), is_read=reader is not None)
    far = rate(question, read_passages(None, store, text, candidates[most:]), is_read=False)
    # What was not read is measured by itself, and stands behind all that was.
    least = min((one.chance for one in near), default=1.0)
    return [*near, *(replace(one, chance=min(one.chance, least)) for one in far)]


def rate(question: Wording, passages: Sequence[ReadPassage], *, is_read: bool) -> list[RatedPassage]:
    """The passages with the probability that each answers, the likeliest first.

    The first one's is calibrated; any other is as much less likely as it stands behind the first. Where no reader
    read them (`is_read` is false) they stay in the order of the search.
    """
    if not passages:
        return []
    features = passage_features(question, passages)
    places = [_weighed("order", each) for each in features]
    first = max(range(len(passages)), key=places.__getitem__) if is_read else 0
    surest = _weighed("read" if is_read else "unread", features[first])
    rated = [
        RatedPassage(passage, chance_of(surest - max(0.0, places[first] - place)), each)
        for passage, place, each in zip(passages, places, features, strict=True)
    ]
    return sorted(rated, key=lambda one: -one.chance) if is_read else rated


def passage_features(question: Wording, passages: Sequence[ReadPassage]) -> list[dict[str, float]]:
    """What speaks for each passage, by name.

    `answers` and `match` are what the reader and the tokens say, `margin` and `match_margin` how far that stands
    out from the best of the others (0 for a passage that is `alone`), `match_gap` how far below the best it is;
    `share` is the share of the question's rare words that stands in it, or above it;
    `figures_missing` that a number of the question does not.
    """
    answers = [_bounded(passage.answers) for passage in passages]
    matches = [_SCALE * passage.match for passage in passages]
    shares = [question.share(question.loosely(_terms_of(passage))) for passage in passages]
    return [
        {
            "answers": answers[place],
            "match_gap": matches[place] - max(matches),
            "share": shares[place],
            "figures_missing": float(bool(missing_figures(question, passage.all_text))),
            **margins(place, answers, matches),
            "constant": 1.0,
        }
        for place, passage in enumerate(passages)
    ]


def margins(place: int, answers: Sequence[float], matches: Sequence[float]) -> dict[str, float]:
    """How far a passage stands out from the others, in logits of the reader and in matches."""
    others = [other for other in range(len(answers)) if other != place]
    if not others:
        return {"margin": 0.0, "match_margin": 0.0, "alone": 1.0}
    return {
        "margin": answers[place] - max(answers[other] for other in others),
        "match_margin": matches[place] - max(matches[other] for other in others),
        "alone": 0.0,
    }


def _terms_of(passage: ReadPassage) -> list[str]:
    return terms(passage.all_text, passage.document.language)


def missing_figures(question: Wording, text: str) -> list[str]:
    """The question's identifiers, years and numbers, folded, that stand nowhere in a text."""
    asked = _WORD.findall(fold(question.question.text))
    figures = [word.strip("./-") for word in asked if any(map(str.isdigit, word))]
    known = fold(text)
    return [figure for figure in figures if figure not in known]


def _bounded(logit: float) -> float:
    return max(-_LARGEST_LOGIT, min(_LARGEST_LOGIT, logit))


def _weighed(table: Table, features: Mapping[str, float]) -> float:
    return sum(weight * features[name] for name, weight in weights(table).items())


def chance_of(log_odds: float) -> float:
    """The probability that has these log odds."""
    return 1 / (1 + math.exp(-log_odds))
