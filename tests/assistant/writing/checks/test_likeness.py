"""Words in other forms, and synonyms."""

import pytest

from assistant.writing.checks.likeness import holds
from index.terms import terms


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("uruguayo", "Uruguay", True),
        ("neoyorquino", "Nueva York", False),
        ("fines", "el fin", True),
        ("contagios", "los casos", True),
        ("sol", "la soledad", False),
        ("izquierda", "el presidente", False),
        ("construcción", "la constitución", False),
        ("tocilumab", "el tocilizumab", False),
    ],
)
def test_a_word_is_held_in_another_form_or_by_a_synonym(word: str, text: str, held: bool) -> None:
    (root,) = terms(word, "es")
    assert holds(terms(text, "es"), root, "es") is held
