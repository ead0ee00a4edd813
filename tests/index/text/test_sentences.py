"""Sentences of real-looking news: abbreviations, quotations, lists, wrapped lines, and exact spans always."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import LONGEST, split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "El Sr. García y la Sra. López viajaron a EE. UU. y a Washington, D. C., en febrero.",
        "El canciller llegó a Washington, D.C., en febrero.",
        "Lo dijo J. Pérez, y después J. K. Rowling.",
        "Según el art. 5 de la Ley núm. 1.234, págs. 3 y ss., costó 1.000,5 pesos.",
        "Grupo Bimbo S.A. de C.V. anunció su plan.",
        "Comenzó a las 5 p. m. en punto.",
        "El Dr. Juan D. Perón habló, p. ej. sobre la industria.",
        "Bueno, el día de hoy… ah, no el viernes tuvimos la primera, ¿verdad?, del año.",
        "«No iremos.» dijo el ministro.",
        "“¿Cuándo?” preguntó.",
        "Consulte www.gub.uy o escriba a a.b@c.mx hoy.",
        "Mr. Smith met Dr. Jones in the U.S. in 2019.",
        "1. Primer punto de la lista",
    ],
)
def test_a_single_sentence_is_not_cut(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("Viajó a Washington, D.C., en febrero.", "Dicha reunión será mañana."),
        ("Vive en EE. UU.", "El canciller dijo que no."),
        ("Llegó a las 5 p. m.", "El presidente habló."),
        ("«No iremos.»", "Dijo el ministro."),
        ("“Es inaceptable.”", "El vocero calló."),
        ("¿Qué pasó?", "¡Nada!", "—No sé —dijo—.", "Vamos."),
        ("Ocurrió en 2020.", "El país cambió."),
        ("Luego…", "Nada más."),
        ("Fueron 35.", "25 volvieron."),
        ("Compró pan, vino, etc.", "Después se fue."),
        ("Es la vitamina C.", "El cuerpo la necesita."),
        ("Está demostrado.[1]", "Otros lo niegan."),
        ("He lives in the U.S.", "The minister said no."),
        ("Disse que não.", "Não voltou."),
    ],
)
def test_sentences_are_told_apart(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == list(parts)


def test_a_missing_space_after_a_full_stop_hides_no_border() -> None:
    assert sentences("Así lo remarcó el jerarca.Da Silveira calló.”Otra vez.") == [
        "Así lo remarcó el jerarca.",
        "Da Silveira calló.”",
        "Otra vez.",
    ]


def test_a_blank_line_is_a_border_even_without_a_full_stop() -> None:
    assert sentences("Rubio exige resultados\n\nAparte del texto, habló.") == [
        "Rubio exige resultados",
        "Aparte del texto, habló.",
    ]


def test_the_lines_of_wrapped_prose_are_one_sentence() -> None:
    text = (
        "El secretario Rubio y el secretario De la Fuente convinieron\n"
        "en convocar una Reunión Ministerial de Seguridad en Washington,\n"
        "D.C., en febrero, con motivo del primer aniversario del inicio\n"
        "de este nuevo capítulo en la cooperación bilateral."
    )
    assert sentences(text) == [text]


def test_short_lines_are_lines_of_their_own() -> None:
    assert sentences("---\nPREGUNTA\nBuenos días.\n---\nPRESIDENTA\n¿Cómo están?") == [
        "---",
        "PREGUNTA",
        "Buenos días.",
        "---",
        "PRESIDENTA",
        "¿Cómo están?",
    ]


def test_the_items_of_a_list_are_told_apart() -> None:
    assert sentences("Acordaron:\n- paz\n- comercio\n2. agua") == [
        "Acordaron:",
        "paz",
        "comercio",
        "2. agua",
    ]


def test_a_sentence_starts_behind_the_sign_of_its_heading_or_item() -> None:
    assert sentences("# Acta\n\n## 2. Acuerdos\n\n- «Sí», dijo.\n  * **Renta:** 5\n• Fin. - No.\n5 - 3") == [
        "Acta",
        "2. Acuerdos",
        "«Sí», dijo.",
        "**Renta:** 5",
        "Fin.",
        "- No.",
        "5 - 3",
    ]


@pytest.mark.parametrize("text", ["- - -", "***", "-5 grados", "#paro", "—No sé —dijo—.", "— No sé."])
def test_a_rule_a_number_and_a_dialogue_keep_their_signs(text: str) -> None:
    assert sentences(f"Hola.\n{text}")[1:] == [text]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Signed for Trigal: Álvaro Quintana Reig, Chief Executive Officer",
            "Signed for La Espiga: Nuria Sanchis Peris, Chairwoman",
        ),
        ("Fdo. Amparo Ribelles Soto, en nombre de la arrendadora", "Fdo. Tomás Iborra Calvet"),
        ("Empresa: Panaderías La Espiga, S.A., de Valencia", "Trabajador: Jordi Esteve Camps", "Fecha: hoy"),
    ],
)
def test_signatures_and_lines_with_labels_stand_alone(lines: tuple[str, ...]) -> None:
    assert sentences("\n".join(lines)) == list(lines)


def test_a_colon_in_one_line_of_wrapped_prose_does_not_part_it() -> None:
    text = (
        "El secretario Rubio y el secretario De la Fuente convinieron en la\n"
        "Reunión Ministerial de Seguridad: la primera que se celebra en este\n"
        "año con motivo del aniversario."
    )
    assert sentences(text) == [text]


def test_a_sentence_beyond_bounds_is_cut_at_a_clause() -> None:
    text = ", ".join(["una cláusula que sigue y sigue sin acabar"] * 40) + "."
    parts = sentences(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


@given(st.text(alphabet=st.sampled_from("aB1 .…?!\n\t«»“”\"'(),;:-—¿SrEU#*") | st.characters(), max_size=300))
def test_spans_are_ordered_trimmed_and_lose_nothing_but_signs(text: str) -> None:
    spans = split_sentences(text)
    pieces = [span.of(text) for span in spans]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    lost = text
    for span in reversed(spans):
        lost = lost[: span.start] + lost[span.end :]
    assert set("".join(lost.split())) <= set("#-*•·")


@given(st.text(alphabet="ab ., ", min_size=700, max_size=3000))
def test_no_sentence_is_longer_than_the_bound(text: str) -> None:
    assert all(span.end - span.start <= LONGEST for span in split_sentences(text))


@pytest.mark.parametrize("unit", ["a", " ", ".", "\n", '"', "Sr. a. ", "a\n", "(", ", "])
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    split_sentences(text)
    assert time.process_time() - begin < 10
