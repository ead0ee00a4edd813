"""What a question is about, as words that can follow "about": "the meeting", "where the meeting will be held"."""

import re

from assistant.names import find_names
from assistant.question_parts import ASKING_WORD, bare, is_verb
from index.terms import fold
from prompts import LANGUAGES, phrase

_COPULA = re.compile(
    r"^(?:es|son|era|fue|fueron|será|serán|está|están|is|are|was|were|é|são|foi|est|sont)\s+(?=\S)", re.IGNORECASE
)
_PARTICIPLE = re.compile(r"\w+[aií]d[oa]s?\b", re.IGNORECASE)
_AUXILIARY = re.compile(r"^(did|does|do|will|would|can|could|has|have|had|is|are|was|were)\s+", re.IGNORECASE)
_ASKED = re.compile(r"¿[^¿?]*\?|[^.?!¿]+\?")
_MARKER = re.compile(r"\s*\[\d+\]")
_WHO_OR_WHICH = re.compile(r"^(?:qui[eé]n|qué \w+|cuál|who|which|what \w+|quem|qual|qui|quel)", re.IGNORECASE)
_LONGEST_ANSWER = 60


def topic_of(question: str, answer: str = "") -> str:
    """The topic of a question that stands alone, with the name that `answer` begins with if it asked for one."""
    known = _told_topic(question)
    if known:
        return known
    asked = bare(last_asked(question))
    named = _named_by(answer) if _WHO_OR_WHICH.match(asked) else ""
    topic = _embedded(asked)
    return f"{topic}, {named}" if named and fold(named) not in fold(topic) else topic


def last_asked(text: str) -> str:
    """The last question of a speech that has several sentences; all of it if it has none."""
    questions = [match[0].strip() for match in _ASKED.finditer(text)]
    telling = [question for question in questions if len(question.split()) > 3]
    return telling[-1] if telling else (questions[-1] if questions else text)


def _told_topic(question: str) -> str:
    """The topic of a question that was given one by `phrase("about", …)`."""
    for language in LANGUAGES:
        opening, _, between = phrase("about", language, topic="\n", question="").partition("\n")
        topic, found, _ = question.rpartition(between + "¿") if "¿" in question else question.rpartition(between)
        if found and topic.startswith(opening):
            return topic.removeprefix(opening)
    return ""


def _embedded(asked: str) -> str:
    """A question as part of another sentence: "where will it be held" as "where it will be held"."""
    word = ASKING_WORD.match(asked)
    if word is None:
        return asked
    rest = asked[word.end() :]
    told = _COPULA.sub("", rest)
    if told != rest and not _PARTICIPLE.match(told) and not any(map(is_verb, told.split())):
        return told
    return _uninverted(asked[: word.end()].strip().lower(), rest)


def _uninverted(word: str, rest: str) -> str:
    """An English question's auxiliary put behind its subject; other languages keep their order."""
    auxiliary = _AUXILIARY.match(rest)
    if auxiliary is None:
        return f"{word} {rest}".strip()
    clause = rest[auxiliary.end() :]
    end = _subject_end(clause)
    return f"{word} {clause[:end].strip()} {auxiliary[1]} {clause[end:].strip()}".strip()


def _subject_end(clause: str) -> int:
    """Where the subject that a clause begins with ends: its names and what joins them, or its first word."""
    end = 0
    for name in find_names(clause):
        if clause[end : name.start].strip().casefold() not in ("", "the", "and"):
            break
        end = name.end
    return end or len(clause.partition(" ")[0])


def _named_by(answer: str) -> str:
    """The name that an answer leads with, or nothing."""
    lead = _MARKER.split(answer, maxsplit=1)[0].strip(". ")
    names = find_names(f"x {lead}")
    return lead if names and len(lead) <= _LONGEST_ANSWER and "«" not in lead else ""
