"""Who speaks where in a transcript."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speakers import asks, is_label, recased, speaker_at, speaker_name

ON_LINES = """Conferencia de prensa del 9 de enero
---
SECRETARIA DE SALUD, ANA DE LA RUIZ (ENLACE TELEFÓNICO)
Buenos días. Se aplicaron 40 mil vacunas.
---
PREGUNTA
Gracias, secretaria. ¿Y en Oaxaca?
---
SECRETARIA DE SALUD, ANA DE LA RUIZ
En Oaxaca, doce mil.
"""
ON_THE_SAME_LINE = """SEN. MARIO LUNA: Gracias, presidente.
SEN. EVA PAZ: Pido la palabra.
SEN. MARIO LUNA: Es cuanto.
"""


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Conferencia", ""),
        ("Se aplicaron", "SECRETARIA DE SALUD, ANA DE LA RUIZ"),
        ("¿Y en Oaxaca?", "PREGUNTA"),
        ("doce mil", "SECRETARIA DE SALUD, ANA DE LA RUIZ"),
    ],
)
def test_what_stands_below_a_label_is_said_by_it(words: str, label: str) -> None:
    assert speaker_at(ON_LINES, ON_LINES.index(words)) == label


def test_a_line_of_spaces_labels_no_one_however_long_it_is() -> None:
    assert speaker_at(" " * 1_000_000 + "x", 500_000) == ""


def test_the_spaces_around_a_label_are_none_of_it() -> None:
    spaces = " " * 100_000
    text = ON_LINES.replace("PREGUNTA", f"{spaces}PREGUNTA{spaces}")
    assert speaker_at(text, text.index("¿Y en Oaxaca?")) == "PREGUNTA"


def test_a_label_may_stand_before_the_words_on_their_line() -> None:
    assert speaker_at(ON_THE_SAME_LINE, ON_THE_SAME_LINE.index("Pido")) == "SEN. EVA PAZ"


def test_a_label_is_said_by_its_own_speaker() -> None:
    assert speaker_at(ON_LINES, ON_LINES.index("PREGUNTA")) == "PREGUNTA"


@pytest.mark.parametrize(
    "text",
    [
        "EL PAÍS\nMadrid, 3 de mayo.\nULTIMA HORA\nHubo un sismo.\nDEPORTES\nGanó el Betis.",
        "La ONU dijo: no.\nEEUU: veto.\nOMS: alerta.",
        "",
    ],
)
def test_headlines_in_capitals_make_no_transcript(text: str) -> None:
    assert {speaker_at(text, offset) for offset in range(len(text))} <= {""}


def test_the_label_of_a_long_office_opens_a_turn_too() -> None:
    office = "DIRECTOR GENERAL DEL INSTITUTO DE SEGURIDAD Y SERVICIOS SOCIALES DE LOS TRABAJADORES DEL ESTADO"
    text = ON_LINES + f"---\n{office} (ISSSTE), LUIS PAZ SOLÍS DE LA VEGA\nEn Tláhuac hay resistencia.\n"
    label = speaker_at(text, text.index("Tláhuac"))
    assert label == f"{office}, LUIS PAZ SOLÍS DE LA VEGA"
    assert is_label(f"{office} (ISSSTE), LUIS PAZ SOLÍS DE LA VEGA", label)
    assert not is_label("En Tláhuac hay resistencia.", label)


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


@given(st.text(), st.integers(0, 50))
def test_any_text_has_a_speaker_or_none(text: str, offset: int) -> None:
    label = speaker_at(text, offset)
    assert label in text
    assert recased(label).casefold().split() == label.casefold().split()
