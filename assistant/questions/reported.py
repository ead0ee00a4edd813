"""Questions for what somebody said, “¿Qué dijo Ebrard?”, and follow-ups on them: “¿y la presidenta?”."""

import re
from dataclasses import dataclass

from assistant.questions.question_parts import bare
from index.language.lists import any_phrase
from index.language.names import find_names

VERBS = (
    r"(?:(?:ha|han)\s+)?(?:dich[oa]|dij[oe]\w*|dicen?|declar|afirm|coment|anunci|señal|explic|respond|contest|opin|piensa"
    r"|plante|prop[ou]|sost[ui]|asegur|advi[er]|inform|pid|exig|critic|expres|manifest|destac|recono)\w*"
)
"""Spanish verbs of saying in their forms."""

# “¿Qué dijo…?”, “Cita lo que dijo…”, “O que disse…”, “Qu’a dit…”
_OPENING = re.compile(
    rf"^[¿¡\s]*(?:(?:(?:cita|resume|dime|cu[eé]ntame)\s+(?:textualmente\s+)?lo\s+que|qu[eé](?:\s+(?:m[aá]s|cosas))?)\s+{VERBS}"
    r"|o\s+que\s+(?:disse|afirm|declar|anunci|coment|explic)\w*"
    r"|qu[’'](?:a|ont)(?:-t-(?:il|elle))?\s+(?:dit|déclaré|annoncé|affirmé|expliqué))\s+",
    re.IGNORECASE,
)
# Each space belongs to one part alone, or a row of them would be divided in all ways.
_ENGLISH = re.compile(
    r"^what\s++(?:did|does|has|have)\s++(?P<speaker>.+?)(?<!\s)\s++"
    r"(?:sa(?:y|id)|announce|declare|claim|explain|state|tell|told|think|propose)\w*\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:^|(?<!\s)\s++)(?:sobre|acerca\s+del?|(?:con\s+)?respecto\s+(?:al?|del?)|en\s+(?:relaci[oó]n|torno)\s+(?:con|al?)"
    r"|about|on|regarding|sur|au\s+sujet\s+d[eu]s?|à\s+propos\s+d[eu]s?)\s+",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:del?|da|do|d[eu]s?)\s+", re.IGNORECASE)
_CALLED = re.compile(r"(?:(?:el|la|los|las|the|o|a|os|as|le|les)\s+)?\w", re.IGNORECASE)
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Reported:
    """Who is asked about, as the question calls them, and the topic; empty where all that they said is asked for."""

    speaker: str
    topic: str = ""


def reported(question: str) -> Reported | None:
    """Whose words a question asks for, and about what; None for any other question."""
    asked = question.strip().rstrip(" ?.!")
    english = _ENGLISH.match(asked)
    if english is not None:
        return _of(english["speaker"], _after(english["rest"]))
    opening = _OPENING.match(asked)
    if opening is None:
        return None
    body = asked[opening.end() :]
    about = _ABOUT.search(body) or _of_what(body)
    return _of(body, "") if about is None else _of(body[: about.start()], body[about.end() :])


def _of(speaker: str, topic: str) -> Reported | None:
    called = speaker.strip(" ,")
    told = _CALLED.match(called) is not None and len(called.split()) <= _MOST_WORDS
    return Reported(called, topic.strip()) if told else None


def _after(rest: str) -> str:
    about = _ABOUT.search(rest)
    return "" if about is None else rest[about.end() :]


def _of_what(body: str) -> re.Match[str] | None:
    """The “de” right behind a name: “dijo Ebrard de los aranceles”."""
    first = next(iter(find_names(body)), None)
    return _OF.match(body, first.end) if first is not None else None


_OFFICE = re.compile(rf"(?:(?:el|la|the|o|a|le)\s+)?{any_phrase('figures', 'titles')}(?!\w)", re.IGNORECASE)
_SPEAKERLESS = re.compile(
    rf"(?P<asked>qu[eé](?:\s+m[aá]s)?\s+{VERBS})(?:\s+(?:él|ella|ellos|ellas))?(?P<about>\s+(?:sobre|acerca|respecto|del?|en)\s.+)?",
    re.IGNORECASE,
)
_SPEAKERLESS_ENGLISH = re.compile(
    r"what(?:\s+else)?\s+(?P<did>did|does|has)\s+(?:he|she|they)\s+(?P<said>\w+)(?P<about>\s+(?:about|on)\s.+)?",
    re.IGNORECASE,
)


def said_anew(question: str, before: str, person: str = "") -> str | None:
    """The question `before` of another speaker, or of the same one in the follow-up's words.

    `person` is whom the follow-up may mean where `before` does not ask for somebody's words. None where nobody is
    known, or the follow-up asks for something else.
    """
    asked, known = bare(question), reported(before)
    if known is not None and _is_somebody(asked):
        return before.replace(known.speaker, asked, 1)
    speaker = person if known is None else known.speaker
    return _of_the_same(asked, speaker) if speaker else None


def _is_somebody(fragment: str) -> bool:
    """Whether a fragment is nothing but a name, or an office with what it is of."""
    named = next(iter(find_names(fragment)), None)
    return (named is not None and (named.start, named.end) == (0, len(fragment))) or (
        _OFFICE.match(fragment) is not None
    )


def _of_the_same(asked: str, speaker: str) -> str | None:
    if spanish := _SPEAKERLESS.fullmatch(asked):
        opening = spanish["asked"]
        return f"¿{opening[:1].upper()}{opening[1:]} {speaker}{spanish['about'] or ''}?"
    if english := _SPEAKERLESS_ENGLISH.fullmatch(asked):
        return f"What {english['did']} {speaker} {english['said']}{english['about'] or ''}?"
    return None
