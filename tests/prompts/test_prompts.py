import pytest

from prompts import LANGUAGES, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_say_that_the_documents_do_not_hold_the_answer(language: str) -> None:
    assert phrase("not_in_documents", language).endswith(".")


def test_a_language_without_phrases_speaks_english() -> None:
    assert phrase("not_in_documents", "de") == phrase("not_in_documents", "en")


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("empty_index", "es")
