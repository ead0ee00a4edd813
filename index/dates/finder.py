"""Finds the dates of a text: cuts it, reads expressions with the grammar, resolves them."""

from datetime import date

from index.dates.choose import Context
from index.dates.compound_rules import away, date_range, enumeration, open_period, single
from index.dates.expressions import DateExpression
from index.dates.languages import lexicon_for
from index.dates.lexicon import Kind
from index.dates.resolve import Resolution, resolve
from index.dates.sentence import Match, Sentence
from index.dates.shapes import Cycle, Shape, Shift
from index.dates.tense import Leaning, Tense, leaning
from index.dates.tokens import fold, tokenize
from index.documents import Span



def find_dates(text: str, reference: date | None, language: str = "") -> list[DateExpression]:
    """The temporal expressions of `text` in order, resolved against `reference`, its publication date.

    Without a reference only expressions that carry their year are returned. Durations ("tres meses") and
    sets ("todos los lunes") are no dates and are not returned. `language` is "es", "en" or "pt"; any other
    value lets the words of the text decide. Takes time linear in the length of the text.
    """
    folded = fold(text)
    lexicon = lexicon_for(folded, language)
    sentence = Sentence(text, tokenize(folded, lexicon), lexicon)
    found: list[DateExpression] = []
    i = 0
    while i < len(sentence.tokens):
        matches, end = _read(sentence, i)
        for (shape, stop), start in matches:
            antecedent = found[-1].interval.end if found else None
            resolution = _resolve(sentence, shape, start, stop, reference, antecedent)
            if resolution:
                found.append(_expression(sentence, start, stop, resolution))
        i = max(end, i + 1)
    return found


def _read(sentence: Sentence, i: int) -> tuple[list[tuple[Match, int]], int]:
    """The shapes that begin at `i`, each with its first token, and the index after them."""
    past_set = _skip_set(sentence, i)
    if past_set > i:
        return [], past_set
    if not _can_begin(sentence, i):
        return [], i + 1
    for rule in (date_range, away, open_period):
        match = rule(sentence, i)
        if match:
            return [(match, i)], match[1]
    several = enumeration(sentence, i)
    if several:
        return several, several[-1][0][1]
    match = single(sentence, i)
    return ([(match, i)], match[1]) if match else ([], i + 1)


def _can_begin(sentence: Sentence, i: int) -> bool:
    token = sentence.at(i)
    return bool(token.senses or token.date or token.number is not None)


def _skip_set(sentence: Sentence, i: int) -> int:
    """The index after a set that begins at `i` ("todos los lunes", "de lunes a viernes", "cada año"), else `i`."""
    if sentence.has(i, Kind.WEEKDAYS):
        return _skip_weekdays(sentence, i + 1)
    if sentence.has(i, Kind.EVERY) and not sentence.has(i, Kind.THE, Kind.TO, Kind.NUMBER):
        at = sentence.skip(i + 1, Kind.THE)
        if sentence.has(at, Kind.UNIT, Kind.WEEKDAY, Kind.SEASON, Kind.DAYPART) and sentence.word(i) != "por":
            return _skip_weekdays(sentence, at + 1)
        return i
    at = sentence.skip(i, Kind.FROM)
    weekday, link = sentence.has(at, Kind.WEEKDAY), at + 1
    if weekday and sentence.has(link, Kind.TO) and sentence.has(link + 1, Kind.WEEKDAY):
        following = sentence.has(link + 2, Kind.OF) or sentence.at(link + 2).number is not None
        return link + 2 if not following else i
    return i


def _skip_weekdays(sentence: Sentence, i: int) -> int:
    """Past the further weekdays of a set: ", miércoles y viernes"."""
    while sentence.word(i) == "," or sentence.has(i, Kind.AND):
        at = sentence.skip(i + 1, Kind.THE)
        if not sentence.has(at, Kind.WEEKDAY, Kind.WEEKDAYS):
            break
        i = at + 1
    return i


def _resolve(
    sentence: Sentence, shape: Shape, start: int, end: int, reference: date | None, antecedent: date | None
) -> Resolution | None:
    if reference is None:
        return resolve(shape, None)
    leans = _leaning(sentence, start, end)
    if _needs_future(sentence, shape, start) and not _is_future(sentence, leans):
        return None
    if isinstance(shape, Cycle) and shape.relative and _is_anaphoric(sentence, start) and antecedent is None:
        return None
    return resolve(shape, Context(reference, leans, antecedent))


def _leaning(sentence: Sentence, start: int, end: int) -> Leaning:
    """The tense around an expression; "del lunes", without a verb, leans to the past."""
    found = leaning(sentence, start, end)
    if found.tense is Tense.UNKNOWN and sentence.word(start - 1) in {"del", "of"}:
        return Leaning(Tense.PAST, 1)
    return found


def _needs_future(sentence: Sentence, shape: Shape, start: int) -> bool:
    """Whether the expression is "en tres meses", a point in the future or a duration in the past."""
    return isinstance(shape, Shift) and sentence.has(start, Kind.IN) and not sentence.has(start, Kind.WITHIN)


def _is_future(sentence: Sentence, leans: Leaning) -> bool:
    return leans.tense is Tense.FUTURE or (leans.distance > 50 and len(sentence.tokens) <= 6)


def _is_anaphoric(sentence: Sentence, start: int) -> bool:
    """Whether "al día siguiente" counts from a date that the text has not given."""
    return sentence.word(start - 1) == "al" or sentence.word(start) == "al"


def _expression(sentence: Sentence, start: int, end: int, resolution: Resolution) -> DateExpression:
    first, last = sentence.at(start), sentence.at(end - 1)
    span = Span(first.start, last.end)
    readings = resolution.readings
    return DateExpression(span.of(sentence.text), span, readings[0], resolution.grain, resolution.sure, readings)
