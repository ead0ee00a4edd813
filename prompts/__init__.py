"""Prompt templates and fixed phrases as files, one a language; this is their loader.

`phrases.<language>.toml` holds what the product says itself; `<name>.<language>.md` a prompt for a model.
Both use `string.Template` fields: `$name`. A language without files of its own speaks English.
"""

import tomllib
from functools import cache
from importlib.resources import files
from string import Template

LANGUAGES = ("es", "en", "pt", "fr")
_DEFAULT = "en"


def phrase(key: str, language: str, **values: object) -> str:
    """The fixed phrase `key` in `language`, fields filled in. Raises KeyError for an unknown key or field."""
    return Template(_phrases(_known(language))[key]).substitute(values)


def render(name: str, language: str, **values: object) -> str:
    """The prompt `name` in `language`, its fields filled in. Raises KeyError for a missing field."""
    return Template(_template(name, language)).substitute(values)


def _known(language: str) -> str:
    return language if language in LANGUAGES else _DEFAULT


@cache
def _phrases(language: str) -> dict[str, str]:
    return tomllib.loads((files(__name__) / f"phrases.{language}.toml").read_text("utf-8"))


@cache
def _template(name: str, language: str) -> str:
    own = files(__name__) / f"{name}.{language}.md"
    return (own if own.is_file() else files(__name__) / f"{name}.{_DEFAULT}.md").read_text("utf-8")
