"""Follow-ups on what somebody said: “¿y la presidenta?”, “¿y qué dijo de Cuba?”."""

import re

from assistant.questions.question_parts import bare
from assistant.questions.reported import VERBS, Reported, reported
from index.language.lists import any_phrase
from index.language.names import find_names

_OFFICE = re.compile(rf"(?:(?:el|la|the|o|a|le)\s+)?{any_phrase('figures', 'titles')}(?!\w)", re.IGNORECASE)
_SPEAKERLESS = re.compile(
    rf"(?P<asked>qu[eé](?:\s+m[aá]s)?\s+{VERBS})(?P<about>\s+(?:sobre|acerca|respecto|del?|en)\s.+)?",
    re.IGNORECASE,
)
_SPEAKERLESS_ENGLISH = re.compile(
    r"what(?:\s+else)?\s+(?P<did>did|does|has)\s+(?:he|she|they)\s+(?P<said>\w+)(?P<about>\s+(?:about|on)\s.+)?",
    re.IGNORECASE,
)


def said_anew(question: str, before: str) -> str | None:
    """The question `before` of another speaker, or of the same one in the follow-up's words.

    None where `before` does not ask for somebody's words, or the follow-up for something else.
    """
    asked, known = bare(question), reported(before)
    if known is None:
        return None
    if _is_somebody(asked):
        return before.replace(known.speaker, asked, 1)
    return _of_the_same(asked, known)


def _is_somebody(fragment: str) -> bool:
    """Whether a fragment is nothing but a name, or an office with what it is of."""
    named = next(iter(find_names(fragment)), None)
    return (named is not None and (named.start, named.end) == (0, len(fragment))) or (
        _OFFICE.match(fragment) is not None
    )


def _of_the_same(asked: str, known: Reported) -> str | None:
    if spanish := _SPEAKERLESS.fullmatch(asked):
        opening = spanish["asked"]
        return f"¿{opening[:1].upper()}{opening[1:]} {known.speaker}{spanish['about'] or ''}?"
    if english := _SPEAKERLESS_ENGLISH.fullmatch(asked):
        return f"What {english['did']} {known.speaker} {english['said']}{english['about'] or ''}?"
    return None
