"""What a question is about, as words that can follow "about": "the meeting", "where the meeting will be held"."""

import re

from assistant.questions.question_parts import ASKING_WORD, bare, is_verb, lowered
from assistant.questions.subject import asks_which_documents, subject_of
from index.language.lists import any_phrase
from index.language.names import find_names
from index.language.terms import fold
from prompts import LANGUAGES, phrase

_COPULA = re.compile(
    r"^(?:es|son|era|fue|fueron|será|serán|está|están|is|are|was|were|é|são|foi|est|sont)\s+(?=\S)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\w+[aií]d[oa]s?\b", re.IGNORECASE)
_AUXILIARY = re.compile(r"^(did|does|do|will|would|can|could|has|have|had|is|are|was|were)\s+", re.IGNORECASE)
_ASKED = re.compile(r"¿[^¿?]*\?|(?<![^.?!¿])[^.?!¿]++\?")
_TITLE = re.compile(any_phrase("figures", "titles"), re.IGNORECASE)
_MARKER = re.compile(r"(?<!\s)\s*+\[\d+\]")
_WHO_OR_WHICH = re.compile(r"^(?:qui[eé]n|qué \w+|cuál|who|which|what \w+|quem|qual|qui|quel)", re.IGNORECASE)
_LONGEST_ANSWER = 60
_LONGEST_CLAUSE = 200
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_TAG = re.compile(r",?(?<!\s)\s*+¿\w+\?$")
# "…, ¿no?" asks nothing by itself.
_TAG_WORDS = 3
_ADVERB = re.compile(r"^(?:cuánto|a?dónde|cuándo|cómo|por qué|onde|quando|como)\b", re.IGNORECASE)
_VERB_PHRASE = re.compile(r"(?:(?:se|lo|la|le)\s+)?(?P<verb>\w+)\s+")


def topic_of(question: str, answer: str = "") -> str:
    """The topic of a question that stands alone, with the name that `answer` begins with if it asked for one."""
    known = _told_topic(question)
    if known:
        return known
    last = last_asked(question)
    asked = bare(last)
    if len(asked) > _LONGEST_CLAUSE:
        return _names(asked)
    if asks_which_documents(asked):
        return subject_of(asked)
    before = question[: question.rfind(last)]
    introduced = _names(_SENTENCE_END.split(before)[-1])
    named = _named_by(answer) if _WHO_OR_WHICH.match(asked) else ""
    known_names = [name for name in (introduced, named) if name and fold(name) not in fold(asked)]
    return ", ".join(
        [*known_names[:1], _embedded(asked, last)] if introduced else [_embedded(asked, last), *known_names]
    )


def last_asked(text: str) -> str:
    """The last question of a speech that has several sentences; all of it if it has none that says much."""
    telling = [match[0].strip() for match in _ASKED.finditer(text) if len(match[0].split()) > _TAG_WORDS]
    return telling[-1] if telling else _SENTENCE_END.split(_TAG.sub("", text.strip()))[-1]


def _names(text: str) -> str:
    """The names in a text but for the titles that it addresses someone by, joined by commas."""
    names = (name.of(text) for name in find_names(text, first_counts=False))
    return ", ".join(dict.fromkeys(name for name in names if not _TITLE.fullmatch(name)))


def _told_topic(question: str) -> str:
    """The topic of a question that was given one by `phrase("about", …)`."""
    for language in LANGUAGES:
        opening, _, between = phrase("about", language, topic="\n", question="").partition("\n")
        topic, found, _ = (
            question.rpartition(between + "¿") if "¿" in question else question.rpartition(between)
        )
        if found and topic.startswith(opening):
            return topic.removeprefix(opening)
    return ""


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
        return f"si {lowered(asked)}"
    return _uninverted("whether", asked) if _AUXILIARY.match(asked) else lowered(asked)


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
    told = _MARKER.search(answer) is not None and len(lead) <= _LONGEST_ANSWER and "«" not in lead
    return lead if told and find_names(lead) else ""
