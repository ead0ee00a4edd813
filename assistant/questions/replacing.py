"""Fragments in the place of what they replace: "¿y en Sinaloa?" after "¿cuánto bajó en Guanajuato?"."""

import re

from assistant.questions.question_parts import PREPOSITION, bare, is_verb
from index.document import Span
from index.language.names import find_names

_ARTICLE = r"(?:el|la|los|las|the|o|a|os|as|le|les)"
_OF_THAT = re.compile(rf"^(?:{_ARTICLE}|lo|that|those)\s+(?=(?:de|del|of|do|da|du)\b)", re.IGNORECASE)
_DEGREE = re.compile(rf"(?:{_ARTICLE}\s+)?((?:más|menos|most|least|mais|plus)\s+\w+)", re.IGNORECASE)
_COUNTED = re.compile(r"\b(cuánt[oa]s|qué|how many|which|quant[oa]s|combien de)\s+(\w+)", re.IGNORECASE)
_NOUN_PHRASE = re.compile(rf"(?<!\w){_ARTICLE}\s+\w+(?:\s+\w+)*", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:con|sin|with|without|com|sem|avec|sans)\s+", re.IGNORECASE)
_FIGURES = re.compile(r"\d")


_HOW_IT_WAS = re.compile(
    r"^(?:(?:a|al|de|desde|en|hasta|from|since|until)\s+)?"
    r"(?:a?dónde|cuándo|cómo|por qué|para qué|cuánto|where|when|why|how(?! many| much| long| often)"
    r"|onde|quando|como|por que|où|quand|comment|pourquoi)\b",
    re.IGNORECASE,
)


def asked_anew(before: str, asked: str) -> str | None:
    """The question `before` with the word that asks replaced by `asked`, for "and when?" after "where…?".

    None unless both ask for how, when, where or why something was, so that the rest fits either.
    """
    known, wanted = _HOW_IT_WAS.match(bare(before)), _HOW_IT_WAS.fullmatch(asked)
    if known is None or wanted is None:
        return None
    opened = "¿" if before.lstrip().startswith("¿") else ""
    return f"{opened}{asked[:1].upper()}{asked[1:]}{bare(before)[known.end() :]}?"


def replaced(before: str, fragment: str) -> str | None:
    """The question `before` with `fragment` in the place of its like; None if it has nothing like it."""
    fragment = _OF_THAT.sub("", fragment)
    place = _place(before, fragment)
    if place is None:
        return None
    span, words = place
    question = before[: span.start] + words + before[span.end :]
    first = len(question) - len(question.lstrip("¿ "))
    return question[:first] + question[first : first + 1].upper() + question[first + 1 :]


def _place(before: str, fragment: str) -> tuple[Span, str] | None:
    """What to replace, and by which words."""
    if degree := _DEGREE.fullmatch(fragment):
        old = [match.span(1) for match in _DEGREE.finditer(before)]
        return (Span(*old[-1]), degree[1]) if old else None
    preposition = PREPOSITION.match(fragment)
    if preposition is not None:
        span = _phrase_behind(before, preposition[0], fragment)
        return None if span is None else (span, fragment)
    if _is_name(fragment):
        span = _name_in(before)
        return None if span is None else (span, _without_article(fragment, before, span))
    return _noun_in(before, fragment)


def _phrase_behind(before: str, preposition: str, fragment: str) -> Span | None:
    """The last phrase that the preposition opens; one with a name for a name, one with figures for figures."""
    dated, named = bool(_FIGURES.search(fragment)), bool(find_names(fragment))
    phrases = []
    for match in re.finditer(rf"(?<!\w){preposition}\s+", before, re.IGNORECASE):
        span = Span(match.start(), _phrase_end(before, match.end()))
        if bool(_FIGURES.search(span.of(before))) == dated:
            phrases.append(span)
    alike = [span for span in phrases if bool(find_names(span.of(before))) == named]
    return next(reversed(alike or phrases), None)


def _phrase_end(text: str, start: int) -> int:
    """Where the phrase ends that starts there: before the next preposition, verb or mark, but not in a name."""
    names = [name for name in find_names(text) if name.end > start]
    for word in re.finditer(r"[\w’'.%]*\w|[^\w\s]", text[start:]):
        at = start + word.start()
        inside = any(name.start < at < name.end for name in names)
        ends = PREPOSITION.fullmatch(word[0]) or is_verb(word[0]) or not word[0][0].isalnum()
        if word.start() and ends and not inside:
            return start + len(text[start:at].rstrip())
    return len(text)


def _is_name(fragment: str) -> bool:
    names = find_names(f"x {fragment}")
    return (
        len(names) == 1
        and names[0].end == len(fragment) + 2
        and len(fragment[: names[0].start - 2].split()) <= 1
    )


def _name_in(before: str) -> Span | None:
    """The name that acts: one without a preposition before it where there is one, else the last."""
    names = find_names(before)
    acting = [name for name in names if not PREPOSITION.fullmatch(_word_before(before, name.start))]
    return next(iter(acting or names[-1:]), None)


def _without_article(fragment: str, before: str, span: Span) -> str:
    """The fragment's name alone where the article that it brings is there already."""
    article, _, name = fragment.partition(" ")
    return name if name and article.casefold() == _word_before(before, span.start).casefold() else fragment


def _word_before(text: str, position: int) -> str:
    return next(reversed(re.findall(r"\w+", text[:position])), "")


def _noun_in(before: str, fragment: str) -> tuple[Span, str] | None:
    """The noun phrase that a noun phrase replaces; for one without an article, the noun that is counted."""
    if not re.match(rf"{_ARTICLE}\s", fragment, re.IGNORECASE):
        counted = _COUNTED.search(before)
        return None if counted is None else (Span(*counted.span(2)), fragment)
    for match in reversed(list(_NOUN_PHRASE.finditer(before))):
        if not PREPOSITION.fullmatch(_word_before(before, match.start())):
            return Span(match.start(), _noun_phrase_end(before, match.start())), fragment
    return None


def _noun_phrase_end(text: str, start: int) -> int:
    """Where a noun phrase ends with what tells it apart: "las personas con discapacidad"."""
    end = _phrase_end(text, start)
    told_apart = _WITH.match(text, end)
    return _phrase_end(text, told_apart.end()) if told_apart else end
