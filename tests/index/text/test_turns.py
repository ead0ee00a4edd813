"""Who speaks where: transcripts have turns, and nothing else has."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import BlockKind, Document
from index.text.blocks import plain_blocks
from index.text.structure import with_turns
from tests.growth import least

ON_LINES = """Conferencia de prensa del 9 de enero
---
SECRETARIA DE SALUD, ANA DE LA RUIZ (ENLACE TELEFÓNICO)
Buenos días. Se aplicaron 40 mil vacunas.
Y una cosa: faltan más.
---
PREGUNTA
Gracias, secretaria. ¿Y en Oaxaca?
---
SECRETARIA DE SALUD, ANA DE LA RUIZ
En Oaxaca, doce mil.
"""
ON_THE_SAME_LINE = (
    "SEN. MARIO LUNA: Gracias, presidente.\nSEN. EVA PAZ: Pido la palabra.\nSEN. MARIO LUNA: Es cuanto.\n"
)
NAMES = """Reunión de la comisión

Nerea Pujades (presidenta): La orquesta pide 3.400 euros por la
noche del sábado.
Tomeu Riera: ¿Y el escenario quién lo pone?
Nerea Pujades (presidenta): Lo pone el ayuntamiento.
Quim de la Vall: Las carpas cuestan 780 euros.

3. RUEGOS

No hubo.
"""


def _document(text: str) -> Document:
    return Document("a", "a.txt", "", text, "es", blocks=with_turns(text, plain_blocks(text)))


def _turns(text: str) -> list[tuple[str, str, str]]:
    turns = [block for block in _document(text).blocks if block.kind is BlockKind.TURN]
    return [(turn.speaker, turn.time, turn.span.of(text)) for turn in turns]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Conferencia", ""),
        ("Se aplicaron", "SECRETARIA DE SALUD, ANA DE LA RUIZ"),
        ("faltan más", "SECRETARIA DE SALUD, ANA DE LA RUIZ"),
        ("¿Y en Oaxaca?", "PREGUNTA"),
        ("doce mil", "SECRETARIA DE SALUD, ANA DE LA RUIZ"),
    ],
)
def test_what_stands_below_a_label_is_said_by_it(words: str, label: str) -> None:
    assert _document(ON_LINES).speaker_of(ON_LINES.index(words)) == label


def test_a_label_on_its_line_belongs_to_the_turn_which_replies_to_the_question_before() -> None:
    turns = [block for block in _document(ON_LINES).blocks if block.kind is BlockKind.TURN]
    first = turns[0].span.of(ON_LINES)
    assert first.startswith("SECRETARIA DE SALUD, ANA DE LA RUIZ (ENLACE TELEFÓNICO)\nBuenos días.")
    assert turns[2].lead == turns[1].span


def test_a_label_may_stand_before_the_words_on_their_line() -> None:
    assert [(speaker, said) for speaker, _, said in _turns(ON_THE_SAME_LINE)] == [
        ("SEN. MARIO LUNA", "Gracias, presidente."),
        ("SEN. EVA PAZ", "Pido la palabra."),
        ("SEN. MARIO LUNA", "Es cuanto."),
    ]


def test_names_in_any_case_with_their_office_in_brackets_open_turns_until_the_next_heading() -> None:
    assert _turns(NAMES) == [
        ("Nerea Pujades", "", "La orquesta pide 3.400 euros por la\nnoche del sábado."),
        ("Tomeu Riera", "", "¿Y el escenario quién lo pone?"),
        ("Nerea Pujades", "", "Lo pone el ayuntamiento."),
        ("Quim de la Vall", "", "Las carpas cuestan 780 euros."),
    ]
    assert _document(NAMES).speaker_of(NAMES.index("No hubo")) == ""


@pytest.mark.parametrize(
    "form", ["[10:0{n}] {name}: Habla {n}", "10:0{n} - {name}: Habla {n}", "{name} (10:0{n}): Habla {n}"]
)
def test_a_time_beside_the_name_is_when_it_was_said(form: str) -> None:
    people = ("Nerea Pujades", "Quim Valls", "Tomeu Riera")
    text = "\n".join(form.format(n=n, name=name) for n, name in enumerate(people, 1))
    assert [(speaker, when) for speaker, when, _ in _turns(text)] == [
        (name, f"10:0{n}") for n, name in enumerate(people, 1)
    ]


_RECORDS = "".join(
    f"Nombre: Ana {n}.\nCargo: Directora general {n}.\nCiudad Natal: Soria {n}.\n\n" for n in range(5)
)


@pytest.mark.parametrize(
    "text",
    [
        "EL PAÍS\nMadrid, 3 de mayo.\nULTIMA HORA\nHubo un sismo.\nDEPORTES\nGanó el Betis.",
        "La ONU dijo: no.\nEEUU: veto.\nOMS: alerta.",
        _RECORDS,
        "CAPÍTULO I\nDISPOSICIONES GENERALES\n\nArtículo 1. Se regula el ruido.\n\nANEXO\n\nCuadro de multas.\n\n"
        "CAPÍTULO II\nRÉGIMEN SANCIONADOR\n\nArtículo 2. De 60 a 600 euros.\n\nANEXO\n\nOtro cuadro.\n",
        "GET key\nReturns the value.\n\nSET key value\nSets the value.\n\nGET key\nAgain.\n\nSET key value\nAgain.\n",
        "INFO: Servidor en marcha.\nERROR: Sin conexión.\nINFO: Reintento.\nERROR: Sin conexión.\nINFO: Fin.\n",
        "Fecha: 3 de mayo de 2025.\nLugar: Salón de plenos.\nAcuerdo: Se aprueba el acta.\nVotación: Unanimidad.\n"
        "Acuerdo: Se aprueba la cuenta.\nVotación: Unanimidad.\nAcuerdo: Se desestima.\nVotación: Mayoría.\n",
        "Nota: Ojo con esto.\n\n"
        + "Texto de un manual que sigue y sigue sin que nadie hable en él.\n\n" * 9
        + "Nota: Y con esto.\n",
        "x: int = 1\nX: str = a\ny: int = 2\nX: str = b\ny: int = 3\n",
        "",
    ],
    ids=["news", "agencies", "records", "ordinance", "commands", "log", "minutes", "manual", "code", "empty"],
)
def test_what_is_no_transcript_has_no_speakers(text: str) -> None:
    assert _turns(text) == []


def test_the_label_of_a_long_office_opens_a_turn_too() -> None:
    office = "DIRECTOR GENERAL DEL INSTITUTO DE SEGURIDAD Y SERVICIOS SOCIALES DE LOS TRABAJADORES DEL ESTADO"
    text = ON_LINES + f"---\n{office} (ISSSTE), LUIS PAZ SOLÍS DE LA VEGA\nEn Tláhuac hay resistencia.\n"
    assert _document(text).speaker_of(text.index("Tláhuac")) == f"{office}, LUIS PAZ SOLÍS DE LA VEGA"


@given(
    st.lists(
        st.sampled_from(
            ["Ana Ruiz: Hola.", "Luis: ¿Qué?", "PREGUNTA", "texto", "", "---", "[10:02] Eva Paz: Sí."]
        ),
        max_size=30,
    )
)
def test_every_word_said_is_in_a_block_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = with_turns(text, plain_blocks(text))
    spans = [block.span for block in blocks]
    assert spans == sorted(spans) and not any(one.overlaps(other) for one, other in pairwise(spans))
    said = sum(block.span.of(text).count("Hola.") for block in blocks)
    assert said == text.count("Hola.")


@pytest.mark.parametrize("line", ["A" * 200 + " ", " ", "Ana (", "[10:", "Ana. B", "PREGUNTA\nx\n"])
def test_the_time_that_it_takes_grows_with_the_text(line: str) -> None:
    def seconds(count: int) -> float:
        text = line * count + "x"
        blocks = plain_blocks(text)
        began = time.process_time()
        with_turns(text, blocks)
        return time.process_time() - began

    assert least(seconds, 8_000) < 8 * least(seconds, 2_000) + 0.1
