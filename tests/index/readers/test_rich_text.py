"""Rich text: headings, lists with their numbers, tables and notes."""

import datetime
import time

import pytest
from reader_samples import WORDS

from index.document import BlockKind, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes
from tests.growth import least

HEAD = r"\rtf1\ansi\ansicpg1252"


def read(source: str) -> Reading:
    (reading,) = read_bytes(("{" + HEAD + source + "}").encode("cp1252", "replace"), "a.rtf")
    return reading


def lines(reading: Reading) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks]


def test_accents_title_and_date_are_kept() -> None:
    reading = read(rf"{{\info{{\title Un acuerdo}}{{\creatim\yr2026\mo1\dy16}}}}{WORDS}\par")
    assert (reading.text, reading.title, reading.date) == (WORDS, "Un acuerdo", datetime.date(2026, 1, 16))


def test_headings_are_told_by_their_outline() -> None:
    reading = read(
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}}\pard\s1\outlinelevel0 Contrato\par"
        r"\pard\outlinelevel1\b Objeto\par\pard\plain Se alquila.\par"
    )
    assert lines(reading) == ["Contrato", "Objeto", "Se alquila."]
    assert reading.blocks[2].headings == ("Contrato", "Objeto")


def test_items_have_their_numbers_as_they_are_printed() -> None:
    reading = read(
        r"\pard Requisitos:\par{\listtext\pard 1.\tab}\ilvl0 Edad\par{\listtext a)\tab}\ilvl1 Mayor\par"
        r"{\pntext\f1\'B7\tab}Viñeta\par"
    )
    assert lines(reading) == ["Requisitos:", "1. Edad", "a) Mayor", "- Viñeta"]
    assert [(block.number, block.level) for block in reading.blocks[1:]] == [("1", 1), ("a", 2), ("", 1)]


def test_tables_have_named_columns_and_keep_empty_cells() -> None:
    rows = (
        r"Taller\cell Plazas\cell Precio\cell",
        r"Costura\cell 12\cell\cell",
        r"Huerto\cell\cell 15 €\cell",
    )
    reading = read(
        "Antes.\\par"
        + "".join(rf"\trowd\cellx9\pard\intbl {row}\trowd\cellx9\row" for row in rows)
        + r"\pard Fin\par"
    )
    assert lines(reading) == ["Antes.", "Taller: Costura; Plazas: 12", "Taller: Huerto; Precio: 15 €", "Fin"]


def test_notes_heads_and_feet_are_read_and_page_numbers_are_not() -> None:
    reading = read(
        r"{\header Expediente 117 de obras\par}{\footer Página \chpgn\par}{\headerf Expediente 117 de obras\par}"
        r"El canon{\super\chftn{\footnote\pard {\super\chftn} Desde 2024.}} sube.\par Otro.\par"
    )
    assert lines(reading) == ["Expediente 117 de obras", "El canon sube.", "Desde 2024.", "Otro."]
    assert reading.title == "El canon sube."


def test_deleted_words_are_out_and_comments_and_pictures_are_counted() -> None:
    reading = read(
        r"Se {\deleted no }aprueba.{\*\annotation ¿Seguro?}{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}\par"
    )
    assert reading.text == "Se aprueba."
    assert set(reading.left_out) == {LeftOut(LeftOutKind.COMMENTS, 1), LeftOut(LeftOutKind.IMAGES, 1)}


@pytest.mark.parametrize("sign", [r"\u-8192?", r"\u-8186?9", r"\u-8191?"])
def test_signs_of_our_own_in_a_file_do_no_harm(sign: str) -> None:
    assert all(
        block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        for block in read(f"{WORDS}{sign}9 fin\\par").blocks
    )


@pytest.mark.parametrize("unit", ["{", "}", r"{\footnote", r"\trowd ", r"\row ", "{\\header}", r"\cell"])
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        read(f"Fin.\\par {unit * count}")
        return time.process_time() - begin

    seconds(1_000)
    assert least(seconds, 40_000) < 40 * max(least(seconds, 4_000), 0.02)
