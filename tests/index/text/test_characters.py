import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableDocument
from index.text.characters import clean, decode

PROSE = "¿Cuándo será la reunión? La niña pingüina comió jamón «ibérico» — dijo él…\n"
LONG = PROSE * 40


@given(st.text(st.characters(exclude_characters="\r\x00\ufeff", exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_kept_letter_for_letter(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("text", [PROSE, LONG])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252", "utf-8"],
)
def test_no_letter_is_lost_in_other_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_short_latin_1_text_is_not_taken_for_another_script() -> None:
    assert decode("Señor Ñáñez: mañana".encode("latin-1")) == "Señor Ñáñez: mañana"


def test_a_mostly_utf_8_text_keeps_its_stray_bytes_as_letters() -> None:
    assert decode(LONG.encode() + b"caf\xe9") == LONG + "café"


def test_a_declared_encoding_counts_where_utf_8_does_not() -> None:
    russian = "Президент объявил о соглашении."
    assert decode(russian.encode("koi8-r"), "koi8-r") == russian
    assert decode(PROSE.encode(), "koi8-r") == PROSE


def test_marks_nuls_and_carriage_returns_go() -> None:
    assert decode(b"\xef\xbb\xbfuno\r\ndos\rtr\x00es") == "uno\ndos\ntres"


@given(st.text(st.characters()))
def test_clean_text_can_always_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not set("\r\x00") & set(cleaned)


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="not text"):
        decode(bytes(range(256)) * 20)
