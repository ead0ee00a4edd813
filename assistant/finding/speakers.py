"""Whose turn of a transcript a sentence belongs to, as a question calls them."""

import re
from collections.abc import Callable

from index.language.names import find_names
from index.language.terms import stop_words, words
from index.text.structure import asks

IsSpeaker = Callable[[str], bool]
"""Whether the label of a turn is that of a certain speaker; of no one where there is no label."""

_OF = re.compile(r"\b(?:del?|d[aou]s?|of|the|al?)\s+(?:(?:el|la|los|las|the)\s+)?$", re.IGNORECASE)


def speaker_called(called: str, language: str) -> IsSpeaker:
    """Who is called by a name, “Marcelo Ebrard”, an office, “la gobernadora de Guerrero”, or both."""
    told = set(words(called)) - stop_words(language)
    names = (name for name in find_names(called) if not _OF.search(called[: name.start]))
    person = {word for name in names for word in words(name.of(called))} - stop_words(language)

    def is_speaker(label: str) -> bool:
        labelled = words(label)
        # A “subsecretario de la Secretaría de Turismo” is not “la secretaria de Turismo”.
        holds_office = bool(told) and told <= set(labelled) and labelled[0] in told
        return (holds_office or (bool(person) and person <= set(labelled))) and not asks(label)

    return is_speaker
