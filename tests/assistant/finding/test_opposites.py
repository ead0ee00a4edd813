import pytest

from assistant.finding.opposites import opposed


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("subio", "bajo", "es"),
        ("aumentaron", "disminuyen", "es"),
        ("mas", "menos", "es"),
        ("exporto", "importo", "es"),
        ("legal", "ilegal", "es"),
        ("exministro", "ministro", "es"),
        ("martes", "jueves", "es"),
        ("abril", "marzo", "es"),
        ("rose", "fell", "en"),
        ("monday", "friday", "en"),
    ],
)
def test_opposites_rivals_and_words_with_another_prefix_are_told(one: str, other: str, language: str) -> None:
    assert opposed(["el", one], [other], language)
    assert opposed([other], [one, "el"], language)


@pytest.mark.parametrize(
    ("one", "other"),
    [("informo", "comunico"), ("informacion", "comunicacion"), ("martes", "martes"), ("casa", "")],
)
def test_other_words_are_no_opposites(one: str, other: str) -> None:
    assert not opposed([one], [other], "es")
