"""Finds the dates of a text: cuts it, reads shapes with the grammar, resolves them."""

from datetime import date

from index.dates.choose import Context
from index.dates.expressions import DateExpression, Grain
from index.dates.gate import may_hold_date
from index.dates.languages import lexicon_for
from index.dates.lexicon import Kind
from index.dates.reading import Found, read_shapes
from index.dates.resolve import Resolution, resolve
from index.dates.sentence import Sentence
from index.dates.shapes import Bound, Cycle, Open, Shift
from index.dates.tense import Leaning, Tense, leaning
from index.dates.tokens import fold, tokenize
from index.document import Span

_NO_VERB = 50


def find_dates(text: str, reference: date | None, language: str = "") -> list[DateExpression]:
    """The temporal expressions of `text` in order, resolved against `reference`, its publication date.

    Without a reference only expressions that carry their year are returned. Durations ("tres meses") and
    sets ("todos los lunes") are no dates and are not returned. `language` is "es", "en" or "pt"; any other
    value lets the words of the text decide. Takes time linear in the length of the text.
    """
    folded = fold(text)
    lexicon = lexicon_for(folded, language)
    if not may_hold_date(folded, lexicon):
        return []
    sentence = Sentence(text, tokenize(folded, lexicon), lexicon)
    expressions: list[DateExpression] = []
    for found in read_shapes(sentence):
        resolution = _resolve(sentence, found, reference, expressions[-1] if expressions else None)
        if resolution:
            expressions.append(_expression(sentence, found, resolution))
    return expressions


def _resolve(
    sentence: Sentence, found: Found, reference: date | None, before: DateExpression | None
) -> Resolution | None:
    if reference is None:
        return resolve(found.shape, None)
    leans = _leaning(sentence, found)
    if _needs_future(sentence, found) and not _is_future(sentence, leans):
        return None
    antecedent = before.interval.end if before else None
    if _counts_from_unsaid(sentence, found) and antecedent is None:
        return None
    month = before.interval if before and before.grain is Grain.MONTH else None
    return resolve(found.shape, Context(reference, leans, antecedent, month))


def _leaning(sentence: Sentence, found: Found) -> Leaning:
    """The tense around an expression. Without a verb, "del lunes" leans to the past, and what is said alone
    to the future, but not surely."""
    leans = leaning(sentence, found.start, found.end)
    if leans.tense is Tense.UNKNOWN and sentence.word(found.start - 1) == "del":
        return Leaning(Tense.PAST, _NO_VERB)
    if leans.distance > _NO_VERB and isinstance(found.shape, Open) and found.shape.bound is Bound.SINCE:
        return Leaning(Tense.PAST, _NO_VERB, guessed=True)
    alone = leans.distance > _NO_VERB and _is_alone(sentence, found)
    return Leaning(Tense.FUTURE, _NO_VERB, guessed=True) if alone else leans


def _is_alone(sentence: Sentence, found: Found) -> bool:
    return found.start <= 1 and found.end >= len(sentence.tokens) - 1


def _needs_future(sentence: Sentence, found: Found) -> bool:
    """Whether the expression is "en tres meses", a point in the future or a duration in the past."""
    within = sentence.has(found.start, Kind.WITHIN)
    return isinstance(found.shape, Shift) and sentence.has(found.start, Kind.IN) and not within


def _is_future(sentence: Sentence, leans: Leaning) -> bool:
    return leans.tense is Tense.FUTURE or (leans.distance > _NO_VERB and len(sentence.tokens) <= 6)


def _counts_from_unsaid(sentence: Sentence, found: Found) -> bool:
    """Whether "al día siguiente" or "ese año" counts from a date that stands before it, if anywhere."""
    relative = isinstance(found.shape, Cycle) and found.shape.relative
    return relative and (
        "al" in {sentence.word(found.start - 1), sentence.word(found.start)}
        or sentence.number(found.start, Kind.RELATIVE) == 0
    )


def _expression(sentence: Sentence, found: Found, resolution: Resolution) -> DateExpression:
    span = Span(sentence.at(found.start).start, sentence.at(found.end - 1).end)
    readings = resolution.readings
    return DateExpression(
        span.of(sentence.text), span, readings[0], resolution.grain, resolution.sure, readings
    )
