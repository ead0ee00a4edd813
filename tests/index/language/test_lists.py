"""The words of languages that stand as data: whole, of known languages, and patterns that can be used."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import index.language
from index.language.lists import any_of, any_phrase, listed_words, role_of
from index.language.terms import LANGUAGES

SUBJECTS = (
    "comparing",
    "datelines",
    "figures",
    "furniture",
    "literal",
    "mail",
    "names",
    "numbers",
    "question_dates",
    "questions",
    "referring",
    "subjects",
)


def roles() -> Iterator[tuple[str, str]]:
    for subject in SUBJECTS:
        file = Path(index.language.__file__).parent / f"{subject}.toml"
        yield from ((subject, role) for role in tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize(("subject", "role"), list(roles()))
def test_a_role_has_words_of_known_languages_that_can_be_looked_for(subject: str, role: str) -> None:
    by_language = role_of(subject, role)
    assert by_language and set(by_language) <= {*LANGUAGES, "other"}
    assert all(words.strip() for words in by_language.values())
    assert re.compile(any_phrase(subject, role)).match("") is None


def test_the_longest_phrase_is_tried_first_and_any_space_parts_its_words() -> None:
    pattern = re.compile(any_of("mil, mil millones"))
    match = pattern.match("mil \n millones de pesos")
    assert match is not None and match[0] == "mil \n millones"


def test_words_of_a_role_are_those_of_all_languages() -> None:
    assert {"porque", "because", "puisque"} <= listed_words("literal", "causes")
