"""Why a document is left out: told by code, in the reader's language."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import index
from index.reasons import SkipCode, Skipped, SkipReason

CODES: tuple[SkipCode, ...] = get_args(SkipCode)
TEXTS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(index.__file__).parent / "reasons.toml").read_text("utf-8")
)
SCANNED = Skipped("a.zip/scan.pdf", SkipReason("scanned_without_ocr"))
WHOLE = SkipReason(
    "no_document_in_archive", "name", "other", 12_345, 2.5, "{detail}", (SCANNED, Skipped("", SCANNED.reason))
)


def test_every_code_has_its_words_in_both_languages_with_the_same_fields() -> None:
    assert sorted(TEXTS) == list(CODES)
    for words in TEXTS.values():
        spanish, english = (set(re.findall(r"{\w+}", words[language])) for language in ("es", "en"))
        assert spanish == english


def test_every_code_is_given_somewhere() -> None:
    product = "".join(path.read_text("utf-8") for path in Path(index.__file__).parent.rglob("*.py"))
    given = product.replace((Path(index.__file__).parent / "reasons.py").read_text("utf-8"), "")
    assert [code for code in CODES if f'"{code}"' not in given and code != "other"] == []


@pytest.mark.parametrize("code", CODES)
def test_every_reason_can_be_told_whatever_it_holds(code: SkipCode) -> None:
    for reason in (SkipReason(code), SkipReason(code, "{0}", "{", 1, 0.001, "{}", (SCANNED,))):
        assert str(reason) == reason.in_words("en") == reason.in_words("fr")
        assert "{name}" not in reason.in_words("es")


def test_a_reason_within_a_reason_is_told_in_the_same_language() -> None:
    assert SkipReason("no_document_in_archive", within=(SCANNED,)).in_words("es") == (
        "ningún documento en este archivo comprimido (a.zip/scan.pdf: sin texto (¿escaneado?); instale tesseract-ocr "
        "y tesseract-ocr-spa para que se lea)"
    )


def test_numbers_are_told_as_the_language_writes_them() -> None:
    large = SkipReason("too_large", size=268_435_457, limit=268_435_456)
    assert str(large) == "too large: 268,435,457 bytes, the limit is 268,435,456"
    assert large.in_words("es") == "demasiado grande: 268.435.457 bytes, el límite es 268.435.456"
    assert str(SkipReason("too_slow", limit=120.0)) == "reading it took more than 120 seconds"


def test_a_reason_comes_back_whole_from_what_is_stored_of_it() -> None:
    assert SkipReason.of_dict(WHOLE.to_dict()) == WHOLE
    assert SkipReason.of_dict(SkipReason("empty").to_dict()) == SkipReason("empty")


def test_json_has_the_sentence_the_code_and_the_fields_that_there_are() -> None:
    assert Skipped("a.mp3", SkipReason("no_reader", ".mp3")).to_dict() == {
        "path": "a.mp3",
        "reason": "no reader for files that end in .mp3",
        "code": "no_reader",
        "name": ".mp3",
    }
