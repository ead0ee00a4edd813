"""The blocks of Markdown, whose text stays the file's own."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Block, BlockKind, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes
from index.readers.markdown import markdown_blocks
from tests.growth import least


def _read(text: str) -> Reading:
    (reading,) = read_bytes(text.encode(), "a.md")
    return reading


def _told(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, " ".join(block.span.of(text).split())) for block in markdown_blocks(text)]


def _of_kind(text: str, kind: BlockKind) -> list[Block]:
    return [block for block in markdown_blocks(text) if block.kind is kind]


def test_headings_of_both_forms_stand_above_what_is_below_without_their_signs() -> None:
    text = "Guía\n====\n\n## **Puesta** en [marcha](x) ##\n\nEncienda `max_power`.\n"
    *_, last = markdown_blocks(text)
    assert _told(text)[:2] == [("heading", "Guía"), ("heading", "**Puesta** en [marcha](x)")]
    assert last.headings == ("Guía", "Puesta en marcha")


def test_lists_nest_and_an_item_keeps_its_second_paragraph_and_its_code() -> None:
    text = (
        "Haga esto:\n\n1. Pare el\n   servicio.\n\n   Espere.\n   - un minuto\n"
        "2. Arranque:\n\n   ```sh\n   up\n   ```\n"
    )
    blocks = markdown_blocks(text)
    assert [(b.kind.value, b.level, b.number, " ".join(b.span.of(text).split())) for b in blocks[1:]] == [
        ("item", 1, "1", "1. Pare el servicio. Espere."),
        ("item", 2, "", "- un minuto"),
        ("item", 1, "2", "2. Arranque:"),
        ("code", 0, "", "up"),
    ]
    assert blocks[1].lead == blocks[0].span
    assert blocks[-1].lead == blocks[-2].span


def test_the_rows_of_a_table_know_their_columns_and_each_cell_its_place() -> None:
    text = (
        "| Taller | **Precio** | Día |\n|:--|--:|---|\n| Barro | 45 \\| 50 € |  |\n| Lana | 15 € |\n\nFin.\n"
    )
    barro, lana = _of_kind(text, BlockKind.ROW)
    assert barro.columns == ("Taller", "Precio", "Día")
    assert [cell.of(text) for cell in barro.cells] == ["Barro", "45 \\| 50 €", ""]
    assert [cell.of(text) for cell in lana.cells] == ["Lana", "15 €", ""]


def test_what_only_looks_like_a_table_is_prose() -> None:
    assert {kind for kind, _ in _told("a | b\nc | d\n\nuno\n---|---\n")} == {"paragraph"}


def test_code_is_code_fenced_or_indented_and_holds_no_heading() -> None:
    text = "Así:\n\n```python\n# no es un título\nx = 1\n\ny = 2\n```\n\nO así:\n\n    # tampoco\n    z\n"
    assert [told for told in _told(text) if told[0] == "code"] == [
        ("code", "# no es un título x = 1 y = 2"),
        ("code", "# tampoco z"),
    ]
    assert _read(text).title == "Así:"


def test_quotes_notes_labels_and_letters_are_blocks_of_their_own() -> None:
    text = (
        "> Aviso a\n> todos\n\nVéase[^1].\n\nRenta: 65 €\nFianza: 40 €\n\n"
        "a) El DNI.\nb) La foto.\n\n[^1]: Pie\n\n[x]: http://e\n"
    )
    assert _told(text) == [
        ("quote", "Aviso a > todos"),
        ("paragraph", "Véase[^1]."),
        ("paragraph", "Renta: 65 €"),
        ("paragraph", "Fianza: 40 €"),
        ("item", "a) El DNI."),
        ("item", "b) La foto."),
        ("paragraph", "[^1]: Pie"),
    ]


def test_html_within_is_read_without_its_tags_and_comments() -> None:
    text = (
        "<!-- nota interna -->\n\n<h2>Sedes</h2>\n<table><tr><th>Sede</th><th>Tel.</th></tr>"
        "<tr><td>Soria</td><td><b>975</b></td></tr></table>\n\n<details><summary>Más</summary>\n\nTexto.\n\n</details>\n"
    )
    assert _told(text) == [
        ("heading", "Sedes"),
        ("row", "Soria</td><td><b>975"),
        ("paragraph", "Más"),
        ("paragraph", "Texto."),
    ]
    assert _of_kind(text, BlockKind.ROW)[0].columns == ("Sede", "Tel.")


@pytest.mark.parametrize(
    "fields",
    [
        "---\ntitle: Un acuerdo\ndate: 2026-01-16\n---\n",
        '+++\ntitle = "Un acuerdo"\ndate = 2026-01-16\n+++\n',
    ],
)
def test_front_matter_in_yaml_or_toml_is_no_block(fields: str) -> None:
    reading = _read(f"{fields}\n# Otro\n\nTexto.\n")
    assert (reading.title, str(reading.date)) == ("Un acuerdo", "2026-01-16")
    assert reading.blocks[0].span.start == reading.body + 2


def test_aliases_that_would_make_a_title_of_gigabytes_make_none() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in pairwise("abcdefghij")
    )
    assert _read(f"---\n{bomb}title: *j\n---\n# Un acuerdo\n\nTexto.\n").title == "Un acuerdo"


def test_an_image_alone_is_no_block_and_a_term_stays_with_its_definition() -> None:
    text = "[![logo](a.png)](http://e)\n\nTérmino\n: Su definición.\n"
    assert _told(text) == [("paragraph", "Término : Su definición.")]


def test_images_are_counted() -> None:
    assert _read("Texto ![plano](a.png) y ![](b.png).\n").left_out == (LeftOut(LeftOutKind.IMAGES, 2),)


def test_a_list_too_deep_for_the_parser_loses_no_item() -> None:
    text = "".join(f"{'  ' * depth}- punto {depth}.\n" for depth in range(500))
    told = " ".join(words for _, words in _told(text))
    assert all(f"punto {depth}." in told for depth in range(500))


_LINES = [
    "# A",
    "- a",
    "  - b",
    "1. c",
    "> d",
    "```",
    "| a | b |",
    "|---|---|",
    "",
    "    code",
    "<div>",
    "</div>",
    "===",
    "[x]: y",
    "texto",
]


@given(st.lists(st.one_of(st.sampled_from(_LINES), st.text(max_size=20)), max_size=25))
def test_blocks_are_in_order_and_apart(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = markdown_blocks(text)
    assert all(before.span.end <= after.span.start for before, after in pairwise(blocks))
    assert all(block.span.start < block.span.end <= len(text) for block in blocks)
    assert all(block.span.holds(cell) for block in blocks for cell in block.cells if cell.start < cell.end)


@pytest.mark.parametrize("line", ["| a | b |\n", "- a\n", "<!--", "`[", "> ", "[a]: b\n", "<td>x"])
def test_the_time_that_it_takes_grows_with_the_text(line: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        markdown_blocks("| a | b |\n|---|---|\n" + line * count)
        return time.process_time() - began

    assert least(seconds, 4_000) < 8 * least(seconds, 1_000) + 0.1
