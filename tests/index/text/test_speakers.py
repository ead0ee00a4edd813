"""The labels of speakers."""

from hypothesis import given
from hypothesis import strategies as st

from index.text.structure import asks, is_label, recased, speaker_name


def test_the_press_asks_and_others_do_not() -> None:
    assert asks("PREGUNTA") and asks("REPORTERA DE RADIO") and asks("QUESTION")
    assert not asks("SECRETARIA DE SALUD, ANA DE LA RUIZ")
    assert not asks("")


def test_a_name_comes_before_its_office_in_prose() -> None:
    assert speaker_name("SECRETARIA DE SALUD, ANA DE LA RUIZ") == "Ana de la Ruiz, secretaria de Salud"
    assert speaker_name("DIRECTOR GENERAL DE AGUA, LUIS PAZ") == "Luis Paz, director general de Agua"
    assert speaker_name("SEN. EVA PAZ") == "Sen. Eva Paz"
    assert speaker_name("") == ""


def test_acronyms_keep_their_capitals() -> None:
    assert recased("BANCO DE LEVANTE, S.A.") == "Banco de Levante, S.A."
    assert recased("LA CNT DE VALENCIA") == "La CNT de Valencia"
    assert recased("SRA. EVA PAZ Y MRS PAZ") == "Sra. Eva Paz y Mrs Paz"


def test_a_label_is_known_with_brackets_and_without() -> None:
    assert is_label("SECRETARIA, ANA PAZ (ENLACE TELEFÓNICO)", "SECRETARIA, ANA PAZ")
    assert not is_label("Se aplicaron 40 mil vacunas.", "SECRETARIA, ANA PAZ")


@given(st.text())
def test_any_words_may_be_cased_anew(text: str) -> None:
    assert recased(text).casefold().split() == text.casefold().split()
