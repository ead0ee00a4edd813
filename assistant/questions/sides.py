"""The two things that a question wants compared."""

import re
from dataclasses import dataclass

from index.dates import Interval
from index.language.names import find_names

_ASKED = re.compile(
    r"^[¿¡\s]*(?:(?:puedes|podrías|dime|expl[ií]ca(?:me)?|please|can you|could you|tell me|explain)\s+)?(?:"
    r"compar\w*(?:\s+(?:a|al|entre))?"
    r"|(?:qué|que|cuál(?:es)?|cual(?:es)?)\s+(?:\w+\s+){0,2}?diferencias?\s+(?:\w+\s+)?entre"
    r"|(?:las?\s+)?diferencias?\s+entre|(?:the\s+)?differences?\s+between"
    r"|(?:en qué|en que)\s+se\s+(?:diferencian?|parecen?|distinguen?)"
    r"|what\s+(?:\w+\s+){0,2}?differences?\s+(?:\w+\s+)?between|how\s+do(?:es)?(?=\s.+\sdiffer)"
    r"|(?:qual|quais)\s+(?:\w+\s+){0,2}?diferenças?\s+entre|quelles?\s+(?:\w+\s+){0,2}?différences?\s+entre"
    r")\s+",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?<!\s)\s++(?:con|frente a|contra|versus|vs\.?|with|to|against|com|avec|à)\s+", re.IGNORECASE
)
_AND = re.compile(r"(?<!\s)\s++(?:y|e|and|et)\s+", re.IGNORECASE)
_DIFFER = re.compile(r"(?<!\s)\s++differ\b", re.IGNORECASE)
_TAIL = re.compile(
    r"(?<!\s)\s++(?=(?:en|sobre|respecto|acerca|ante|durante|on|about|in|during|over|regarding|em|sur|dans)\s)",
    re.IGNORECASE,
)
# "the plan of the one and that of the other"
_ELLIPSIS = re.compile(r"^(el|la|los|las)\s+(?=del?\s)", re.IGNORECASE)
_NOUN = re.compile(r"^(?:el|la|los|las)\s+\w+(?=\s+del?\s)", re.IGNORECASE)


# "what Rubio demands" is looked for as the question that it answers.
_CLAUSES = (
    (re.compile(r"^(?:a\s+)?lo\s+que\s+(?=\w)", re.IGNORECASE), "¿Qué {}?"),
    (re.compile(r"^what\s+(?=\w)", re.IGNORECASE), "What {}?"),
    (re.compile(r"^(?:a|à)?o\s+que\s+(?=\w)", re.IGNORECASE), "O que {}?"),
    (re.compile(r"^(?:à\s+)?ce\s+qu(?:e\s+|[’'])(?=\w)", re.IGNORECASE), "Que {} ?"),
)
# A statement in English, which its question turns round.
_WHAT_WAS_SAID = re.compile(r"^What\s+(\S.*?)\s+said\b")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: as it is called, and what to look for.

    `named` is false for a clause (“lo que exige Rubio”), which what tells of it need not repeat. What tells of
    a side says `subject`, its label if that is empty. A side with `days` is looked for in what was published
    then; its topic is empty if it is all of that.
    """

    label: str
    topic: str
    named: bool = True
    subject: str = ""
    days: Interval | None = None


def sides_of(question: str) -> tuple[Side, ...]:
    """The two sides of a question that asks to compare; none of any other question."""
    body = compared(question)
    if body is None:
        return ()
    joint = _WITH.search(body) or _middle(body)
    if joint is None:
        return ()
    one, other = body[: joint.start()].strip(" ,"), body[joint.end() :].strip(" ,")
    other, tail = _without_tail(one, other)
    one, head = _without_head(one, other)
    other = _ELLIPSIS.sub(lambda article: f"{_noun_of(one) or article[1]} ", other)
    return tuple(looked_for(label, head, tail) for label in (one, other))


def compared(question: str) -> str | None:
    """What a question asks to compare, without the words that ask it; None of any other question."""
    asked = _ASKED.match(question)
    return None if asked is None else _DIFFER.sub("", question[asked.end() :].strip(" ?.!"))


def looked_for(label: str, head: str, tail: str) -> Side:
    """A side called `label`, between the words that are said of both sides."""
    for opening, asked in _CLAUSES:
        if clause := opening.match(label):
            topic = asked.format(f"{label[clause.end() :]} {tail}".strip())
            return Side(label, _WHAT_WAS_SAID.sub(r"What did \1 say", topic), named=False)
    return Side(label, f"{head} {label} {tail}".strip())


def _middle(body: str) -> re.Match[str] | None:
    """The “and” that parts a body most evenly: a name may hold one too."""
    joints = [joint for joint in _AND.finditer(body) if not _is_within_a_name(body, joint)]
    return min(joints, key=lambda joint: abs(2 * joint.start() - len(body)), default=None)


def _is_within_a_name(body: str, joint: re.Match[str]) -> bool:
    return any(name.start < joint.start() and joint.end() < name.end for name in find_names(body))


def _without_tail(one: str, other: str) -> tuple[str, str]:
    """The other side apart from what is said of both, as in “Canadá y México en seguridad”."""
    tail = None if _TAIL.search(one) else _TAIL.search(other)
    return (other, "") if tail is None else (other[: tail.start()], other[tail.end() :])


def _without_head(one: str, other: str) -> tuple[str, str]:
    """The first side apart from what is said of both, as in “la economía de Brasil y Argentina”."""
    names = find_names(one)
    if not names or names[-1].end != len(one) or not _is_name(other):
        return one, ""
    return one[names[-1].start :], one[: names[-1].start].strip()


def _is_name(text: str) -> bool:
    return any(name.start == 0 and name.end == len(text) for name in find_names(text))


def _noun_of(side: str) -> str:
    """The noun that a side begins with, with its article; empty if it begins otherwise."""
    noun = _NOUN.match(side)
    return noun[0] if noun else ""
