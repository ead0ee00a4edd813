"""Follow-ups as questions that stand alone, by rules: a part replaced, or the last topic carried over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.questions.history import Exchange, leans_on_history
from assistant.questions.question_parts import (
    ASKING_WORD,
    PREPOSITION,
    SENTENCE_END,
    bare,
    is_verb,
    last_asked,
    lowered,
    spoken,
    spoken_words,
)
from assistant.questions.subject import asks_which_documents, reported, said_anew, subject_of
from assistant.questions.talk import Talk, talk_of
from assistant.questions.understanding import AnswerType, understand
from index.document import Span
from index.language import detect_question_language
from index.language.lists import any_phrase, role_of
from index.language.mentions import find_names
from index.language.terms import fold
from prompts import LANGUAGES, phrase

_COPULA = re.compile(rf"{spoken('copulas')}\s+(?=\S)", re.IGNORECASE)
_PARTICIPLE = re.compile(rf"{spoken('participles')}\b", re.IGNORECASE)
_AUXILIARY = re.compile(rf"(?P<auxiliary>{spoken('auxiliaries')})\s+", re.IGNORECASE)
_TITLE = re.compile(any_phrase("figures", "titles"), re.IGNORECASE)
_MARKER = re.compile(r"(?<!\s)\s*+\[\d+\]")
_WHO_OR_WHICH = re.compile(spoken("who_or_which"), re.IGNORECASE)
_LONGEST_ANSWER = 60
_LONGEST_CLAUSE = 200
_ADVERB = re.compile(rf"{spoken('verb_follows')}\b", re.IGNORECASE)
_VERB_PHRASE = re.compile(rf"(?:{spoken('clitics')}\s+)?(?P<verb>\w+)\s+", re.IGNORECASE)
_WHETHER = role_of("questions", "whether")
_JOINS_NAMES = re.compile(rf"(?:{spoken('articles')}|{spoken('joints')})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no turns before it, and the topic that it was told to be about, if it was."""

    text: str
    topic: str = ""


def _topic_of(exchange: Exchange) -> str:
    """What an exchange was about, with the name that its answer begins with if it was asked for one."""
    if exchange.topic:
        return exchange.topic
    question, answer = exchange.question, exchange.answer
    last = last_asked(question)
    asked = bare(last)
    if len(asked) > _LONGEST_CLAUSE:
        return _names(asked)
    if asks_which_documents(asked):
        return subject_of(asked)
    before = question[: question.rfind(last)]
    introduced = _names(SENTENCE_END.split(before)[-1])
    named = _named_by(answer) if _WHO_OR_WHICH.match(asked) else ""
    known_names = [name for name in (introduced, named) if name and fold(name) not in fold(asked)]
    return ", ".join(
        [*known_names[:1], _embedded(asked, last)] if introduced else [_embedded(asked, last), *known_names]
    )


def _names(text: str) -> str:
    """The names in a text but for the titles that it addresses someone by, joined by commas."""
    names = (name.of(text) for name in find_names(text, first_counts=False))
    return ", ".join(dict.fromkeys(name for name in names if not _TITLE.fullmatch(name)))


def _embedded(asked: str, question: str) -> str:
    """A question as part of another sentence: "where will it be held" as "where it will be held"."""
    word = ASKING_WORD.match(asked)
    if word is None:
        return _whether(asked, question)
    rest = asked[word.end() :]
    told = _COPULA.sub("", rest)
    if told != rest and not _PARTICIPLE.match(told) and not any(map(is_verb, told.split())):
        return told
    happened = _ADVERB.match(asked) and _VERB_PHRASE.match(rest)
    if happened and is_verb(happened["verb"]) and not _PARTICIPLE.match(rest, happened.end()):
        subject = rest[happened.end() :]
        if find_names(subject):
            return subject
    return _uninverted(word[0].strip().lower(), rest)


def _whether(asked: str, question: str) -> str:
    """A question for yes or no as part of another sentence, in the languages that can be told by its form."""
    if question.startswith("¿"):
        return f"{_WHETHER['es']} {lowered(asked)}"
    return _uninverted(_WHETHER["en"], asked) if _AUXILIARY.match(asked) else lowered(asked)


def _uninverted(word: str, rest: str) -> str:
    """An English question's auxiliary put behind its subject; other languages keep their order."""
    auxiliary = _AUXILIARY.match(rest)
    if auxiliary is None:
        return f"{word} {rest}".strip()
    clause = rest[auxiliary.end() :]
    end = _subject_end(clause)
    return f"{word} {clause[:end].strip()} {auxiliary['auxiliary']} {clause[end:].strip()}".strip()


def _subject_end(clause: str) -> int:
    """Where the subject that a clause begins with ends: its names and what joins them, or its first word."""
    end = 0
    for name in find_names(clause):
        if not _JOINS_NAMES.fullmatch(clause[end : name.start].strip()):
            break
        end = name.end
    return end or len(clause.partition(" ")[0])


def _named_by(answer: str) -> str:
    """The name that an answer leads with, or nothing."""
    lead = _MARKER.split(answer, maxsplit=1)[0].strip(". ")
    told = _MARKER.search(answer) is not None and len(lead) <= _LONGEST_ANSWER and "«" not in lead
    return lead if told and find_names(lead) else ""


_ARTICLE = spoken("articles")
_OF_THAT = re.compile(rf"{spoken('of_that')}\s+(?={spoken('of')}\b)", re.IGNORECASE)
_DEGREE = re.compile(rf"(?:{_ARTICLE}\s+)?(?P<degree>{spoken('degrees')}\s+\w+)", re.IGNORECASE)
_COUNTED = re.compile(rf"\b{spoken('counting')}\s+(?P<noun>\w+)", re.IGNORECASE)
_NOUN_PHRASE = re.compile(rf"(?<!\w){_ARTICLE}\s+\w+(?:\s+\w+)*", re.IGNORECASE)
_WITH = re.compile(rf"\s+{spoken('with')}\s+", re.IGNORECASE)
_FIGURES = re.compile(r"\d")
_HOW_IT_WAS = re.compile(rf"(?:{spoken('prepositions')}\s+)?{spoken('how_it_was')}\b", re.IGNORECASE)


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
        old = [match.span("degree") for match in _DEGREE.finditer(before)]
        return (Span(*old[-1]), degree["degree"]) if old else None
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
        return None if counted is None else (Span(*counted.span("noun")), fragment)
    for match in reversed(list(_NOUN_PHRASE.finditer(before))):
        if not PREPOSITION.fullmatch(_word_before(before, match.start())):
            return Span(match.start(), _noun_phrase_end(before, match.start())), fragment
    return None


def _noun_phrase_end(text: str, start: int) -> int:
    """Where a noun phrase ends with what tells it apart: "las personas con discapacidad"."""
    end = _phrase_end(text, start)
    told_apart = _WITH.match(text, end)
    return _phrase_end(text, told_apart.end()) if told_apart else end


# A question longer than this is a speech: what replaces a part of it can't be told.
_LONGEST_TO_REPLACE_IN = 160
_MOST_WORDS_TO_REPLACE_BY = 6
_HE_OR_SHE = re.compile(rf"\b{spoken('he_or_she')}\b", re.IGNORECASE)


def standalone_question(question: str, history: Sequence[Exchange], language: str = "") -> Standalone:
    """`question` with what it takes from the last exchange if it leans on that; else as it is.

    `language` is the question's own, told from its words if it is not given; one without phrases is worded as
    in Spanish.
    """
    if not history:
        return Standalone(question)
    last = history[-1]
    said = talk_of(question)
    if said is not None and said.talk is Talk.MORE:
        return Standalone(last.question, last.topic)
    if not leans_on_history(question):
        return Standalone(question)
    language = language or detect_question_language(question, detect_question_language(last.question))
    person = _person_named(last, language)
    changed = (
        said_anew(question, last.question, person)
        or _with_part_replaced(question, last.question)
        or _with_person(question, person)
    )
    return Standalone(changed) if changed else _with_topic(question, _topic_of(last), language)


def about_the_answer(question: str, history: Sequence[Exchange], language: str) -> str:
    """A follow-up as a question about the name that the last answer gives; empty if that is no name."""
    quotes = history[-1].citations if history and leans_on_history(question) else ()
    names = {name.of(quote.focus) for quote in quotes[:1] for name in find_names(quote.focus)}
    return _with_topic(question, names.pop(), language).text if len(names) == 1 else ""


def _with_part_replaced(question: str, before: str) -> str | None:
    """The question before with a part replaced, for a follow-up that is only that part."""
    fragment, last = bare(question), last_asked(before)
    said = spoken_words(fragment)
    if len(before) > _LONGEST_TO_REPLACE_IN or len(said) > _MOST_WORDS_TO_REPLACE_BY:
        return None
    if ASKING_WORD.match(fragment):
        return asked_anew(last, fragment)
    return None if any(map(is_verb, said)) else replaced(last, lowered(fragment))


def _person_named(exchange: Exchange, language: str) -> str:
    """Whom "he" or "she" means: whose words were asked for, whom the answer names if it was asked who, else whom the
    question is about.
    """
    if (known := reported(exchange.question)) is not None:
        return known.speaker
    asked = bare(last_asked(exchange.question))
    if understand(asked, language).wants is AnswerType.PERSON:
        answers = (_named_by(exchange.answer), *(quote.focus for quote in exchange.citations))
        return next((words for words in answers if _is_name(words)), "")
    acting = _name_in(asked)
    return "" if acting is None else acting.of(asked)


def _with_person(question: str, person: str) -> str | None:
    """The question with a person in the place of the pronoun; None if it has none, or nobody is known."""
    anew = _HE_OR_SHE.sub(lambda _: person, question, count=1)
    return anew if person and anew != question else None


def _with_topic(question: str, topic: str, language: str) -> Standalone:
    """The question and the topic that it is about: behind its verb where it ends with that, else before it."""
    if not topic:
        return Standalone(question)
    asked = bare(question)
    known = language if language in LANGUAGES else "es"
    opened = "¿" if known == "es" else ""
    if _ends_with_its_verb(asked) and not ASKING_WORD.match(topic):
        return Standalone(f"{opened}{asked[:1].upper()}{asked[1:]} {topic}?")
    whole = asked if ASKING_WORD.match(asked) else question.strip().removeprefix("¿").rstrip("? ")
    told = lowered(question) if "¿" in whole else f"{opened}{lowered(whole)}?"
    return Standalone(phrase("about", known, topic=topic, question=told), topic)


def _ends_with_its_verb(asked: str) -> bool:
    """Whether a question is a word of asking and a verb, to which a subject can be added."""
    said = spoken_words(ASKING_WORD.sub("", asked))
    return len(said) == 1 and is_verb(said[0])
