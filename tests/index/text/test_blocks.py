"""Plain text → blocks, told from how its lines are laid out."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import BlockKind
from index.text.blocks import plain_blocks
from tests.growth import least

HEADING, PARAGRAPH, ITEM, CODE, QUOTE = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.CODE,
    BlockKind.QUOTE,
)


def _told(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, " ".join(block.span.of(text).split())) for block in plain_blocks(text)]


def test_hard_wrapped_lines_are_one_paragraph_and_lines_of_their_own_are_several() -> None:
    wrapped = (
        "El pleno aprobó ayer las cuentas del\naño pasado, que cierran con un\nsuperávit de tres millones.\n"
    )
    assert len(plain_blocks(wrapped)) == 1
    news = f"{'El pleno aprobó las cuentas del año. ' * 8}\n{'La oposición votó en contra. ' * 9}"
    assert [block.kind for block in plain_blocks(news)] == [PARAGRAPH, PARAGRAPH]


def test_headings_are_told_by_capitals_numbers_underlines_or_by_standing_alone() -> None:
    text = (
        "MANUAL DE USO\n\n1. Requisitos\n\nHace falta una máquina con corriente.\n\n1.1 Programas\n\n"
        "Todos los que trae la caja.\n\nNotas finales\n=============\n\nNada más.\n\nPara saber más\n\n"
        "Llame al servicio de atención, que abre todos los días.\n"
    )
    blocks = plain_blocks(text)
    headings = [block.span.of(text) for block in blocks if block.kind is HEADING]
    assert headings == ["MANUAL DE USO", "1. Requisitos", "1.1 Programas", "Notas finales", "Para saber más"]
    assert next(b for b in blocks if b.span.of(text).startswith("Todos")).headings == (
        "MANUAL DE USO",
        "1. Requisitos",
        "1.1 Programas",
    )


def test_the_articles_of_an_ordinance_stand_under_their_chapters() -> None:
    text = (
        "ORDENANZA DE RUIDO\n\nCAPÍTULO I\nDel objeto\n\nArtículo 1. Objeto\n\nSe regula el ruido.\n\n"
        "CAPÍTULO II\nDe las multas\n\nArtículo 2. Cuantía\n\nDe 60 a 600 euros.\n"
    )
    assert plain_blocks(text)[-1].headings == (
        "ORDENANZA DE RUIDO",
        "CAPÍTULO II De las multas",
        "Artículo 2. Cuantía",
    )


@pytest.mark.parametrize(
    "text",
    [
        "MADRID, 3 de mayo. El Gobierno aprobó la ley.\nLa oposición votó en contra.\n",
        "El detenido dijo que no.\n\nSegún la policía,\n\nno hubo heridos en el suceso de la calle Mayor.\n",
        "GET\nSET\nDEL\nINCR\nDECR\nEXPIRE\n",
        "Fecha: 3 de mayo\n\nSe reunió el consejo a las diez y se levantó a las doce.\n",
        "Se lo debo a 3. Los demás se fueron de allí sin más palabras.\n",
    ],
)
def test_prose_lists_and_labels_hold_no_heading(text: str) -> None:
    assert HEADING not in {kind for kind, _ in _told(text)}


def test_a_list_nests_keeps_its_wrapped_lines_and_knows_what_introduces_it() -> None:
    text = (
        "Hay que traer lo siguiente:\n\n- el documento de identidad o\n  el pasaporte\n- una foto\n  * en color\n\n"
        "1. Pedir turno.\n2. Esperar a que\n   llamen.\n   a) si llaman, entrar\n   b) si no, esperar\n"
    )
    blocks = plain_blocks(text)
    items = [block for block in blocks if block.kind is ITEM]
    assert [(item.level, item.number) for item in items] == [
        (1, ""),
        (1, ""),
        (2, ""),
        (1, "1"),
        (1, "2"),
        (2, "a"),
        (2, "b"),
    ]
    assert items[0].span.of(text) == "- el documento de identidad o\n  el pasaporte"
    assert items[1].lead == blocks[0].span


def test_lines_right_below_a_colon_are_a_list_without_signs() -> None:
    text = "Asistentes:\nD.ª Ana Ruiz Paz (alcaldesa)\nD. Luis Gil\nD. Pedro Sanz\n\nSe abre la sesión.\n"
    blocks = plain_blocks(text)
    assert [block.kind for block in blocks] == [PARAGRAPH, ITEM, ITEM, ITEM, PARAGRAPH]
    assert blocks[1].lead == blocks[0].span


def test_the_points_of_minutes_head_what_is_told_right_below_them() -> None:
    text = "1. Acta anterior.\nSe aprueba por unanimidad.\n\n2. Cuenta general.\nSe aprueba por mayoría.\n"
    assert [(block.kind, block.headings) for block in plain_blocks(text)] == [
        (HEADING, ()),
        (PARAGRAPH, ("1. Acta anterior.",)),
        (HEADING, ()),
        (PARAGRAPH, ("2. Cuenta general.",)),
    ]


def test_labelled_lines_are_blocks_of_their_own() -> None:
    text = "Cargo: directora\nNombre: Ana Ruiz\nSueldo anual bruto en euros: 3.000\n"
    assert [words for _, words in _told(text)] == text.strip().split("\n")


def test_filler_is_no_block_and_cuts_no_sentence() -> None:
    text = "Uno.\n\n--------\n\nEl pleno acordó por mayoría pagar\n-----\nla obra en dos plazos.\n* * *\n"
    assert _told(text) == [
        (PARAGRAPH, "Uno."),
        (PARAGRAPH, "El pleno acordó por mayoría pagar ----- la obra en dos plazos."),
    ]


def test_listings_and_quotes_are_told_apart_from_prose() -> None:
    text = (
        "Se instala así:\n\n    $ apt-get install foo\n\n    $ foo --help\n\n```\nx = 1\n\ny = 2\n```\n\n"
        "> no estoy\n> de acuerdo\n\n    Con un cordial saludo desde Madrid\n"
    )
    assert _told(text) == [
        (PARAGRAPH, "Se instala así:"),
        (CODE, "$ apt-get install foo $ foo --help"),
        (CODE, "x = 1 y = 2"),
        (QUOTE, "> no estoy > de acuerdo"),
        (PARAGRAPH, "Con un cordial saludo desde Madrid"),
    ]


def test_a_fence_that_is_never_closed_swallows_nothing() -> None:
    assert _told("```\nhola\n\nadiós a todos los presentes.\n")[-1] == (
        PARAGRAPH,
        "adiós a todos los presentes.",
    )


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "-----", "- a", "  * b", "1. Uno", "2. Dos", "```", "> x", "TÍTULO I", "=====", "    $ ls"]
        ),
        st.text(max_size=30),
    ),
    max_size=30,
)


@given(_LINES, st.integers(0, 20))
def test_blocks_are_in_order_apart_and_hold_every_word(lines: list[str], start: int) -> None:
    text = "\n".join(lines)
    blocks = plain_blocks(text, start)
    assert all(before.span.end <= after.span.start for before, after in pairwise(blocks))
    outside = [text[start:]] if not blocks else []
    outside += [text[start : blocks[0].span.start], text[blocks[-1].span.end :]] if blocks else []
    outside += [text[before.span.end : after.span.start] for before, after in pairwise(blocks)]
    assert not any(letter.isalnum() for piece in outside for letter in piece)


@pytest.mark.parametrize(
    "line",
    ["```x\n", "1. a\n\n", "1.1 a\n2.1 b\n1.2 c\n2.2 d\n", "TÍTULO I\n", "- a" + " " * 40 + "b\n", "> \n"],
)
def test_the_time_that_it_takes_grows_with_the_text(line: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        plain_blocks(line * count)
        return time.process_time() - began

    assert least(seconds, 8_000) < 8 * least(seconds, 2_000) + 0.1


def test_a_list_nested_five_hundred_deep_keeps_all_its_items() -> None:
    text = "\n".join(f"{'  ' * depth}- punto {depth}" for depth in range(500))
    assert [block.level for block in plain_blocks(text)] == list(range(1, 501))
