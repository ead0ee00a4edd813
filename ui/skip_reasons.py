"""Why a document is not in the index, in the reader's language.

The index gives its reasons in English, as the command line does. `reasons.<language>.toml` has them as patterns.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

_OPEN = "{}"


def told_reason(reason: str, language: str) -> str:
    """`reason` in `language`; as it is where there is no translation, which is so for all of English."""
    for pattern, translation in _translations(language):
        match = pattern.fullmatch(reason)
        if match is not None:
            return translation.format(*(told_reason(part, language) for part in match.groups()))
    return reason


@cache
def _translations(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    source = files(__package__) / f"reasons.{language}.toml"
    if not source.is_file():
        return ()
    return tuple(
        (_pattern(english), told) for english, told in tomllib.loads(source.read_text("utf-8")).items()
    )


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, english.split(_OPEN))), re.DOTALL)
