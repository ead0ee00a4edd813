"""Web pages, books and reStructuredText: what stands in them is known for what it is."""

import time

import pytest
from reader_samples import zip_of

from index.document import Block, BlockKind, Reading
from index.readers import read_bytes
from index.readers.markup import parse_page, pieces
from tests.growth import least

PROSE = (
    "El museo ocupa la antigua fábrica de capachos, a orillas del río, y muestra cuatrocientas piezas. " * 2
)
FRAME = (
    '<html><head><title>Museo</title></head><body><nav><ul><li><a href="/">Inicio</a></li></ul></nav>'
    "<div class='cookies'><p>Usamos cookies. <button>Aceptar</button></p></div><main><h1>Museo del Esparto</h1>"
    "<p>{prose}</p>{content}<p>{prose} Y abre en verano.</p></main>"
    "<footer><ul><li>Aviso legal de la casa</li><li>Contacto con la casa</li></ul></footer></body></html>"
)


def _read(content: str) -> Reading:
    (reading,) = read_bytes(FRAME.format(prose=PROSE, content=content).encode(), "a.html")
    return reading


def _told(reading: Reading, *kinds: BlockKind) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks if not kinds or block.kind in kinds]


def _rows(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.kind is BlockKind.ROW]


def test_lists_keep_their_depth_and_numbers_under_their_heading() -> None:
    reading = _read(
        "<h2>Documentos</h2><p>Traiga:</p><ul><li><span>DNI en vigor</span><ul><li>o pasaporte</li></ul></li>"
        "<li>Una foto</li></ul><ol start='3'><li><p>Pedir turno</p></li><li>Esperar</li></ol>"
    )
    items = [block for block in reading.blocks if block.kind is BlockKind.ITEM]
    assert [(b.level, b.number, b.span.of(reading.text)) for b in items] == [
        (1, "", "- DNI en vigor"),
        (2, "", "- o pasaporte"),
        (1, "", "- Una foto"),
        (1, "3", "3. Pedir turno"),
        (1, "4", "4. Esperar"),
    ]
    assert items[0].headings == ("Museo del Esparto", "Documentos")
    assert items[0].lead is not None and items[0].lead.of(reading.text) == "Traiga:"


def test_a_list_in_a_cell_belongs_to_its_row() -> None:
    reading = _read(
        "<table><tr><td>Lunes</td><td><ul><li>Cerrado</li></ul></td></tr>"
        "<tr><td>Martes</td><td><ul><li>10:00 - 14:00</li><li>17:00 - 19:30</li></ul></td></tr></table>"
    )
    assert _told(reading, BlockKind.ROW) == ["Lunes: Cerrado", "Martes: 10:00 - 14:00; 17:00 - 19:30"]


def test_a_table_names_its_columns_and_carries_cells_over_rows_and_columns() -> None:
    reading = _read(
        "<table><caption>Precios</caption><thead><tr><th>Sala</th><th>Día</th><th>Precio</th></tr></thead><tbody>"
        "<tr><th rowspan='2'>Norte</th><td>lunes</td><td>3 €</td></tr><tr><td>martes</td><td>4 €</td></tr>"
        "<tr><td>Sur</td><td></td><td>5 €</td></tr></tbody></table>"
    )
    assert _told(reading, BlockKind.ROW) == [
        "Sala: Norte; Día: lunes; Precio: 3 €",
        "Sala: Norte; Día: martes; Precio: 4 €",
        "Sala: Sur; Precio: 5 €",
    ]
    assert {row.columns for row in _rows(reading)} == {("Sala", "Día", "Precio")}
    assert "Precios" in _told(reading, BlockKind.PARAGRAPH)


def test_a_term_stays_with_what_is_said_about_it() -> None:
    reading = _read(
        "<dl><dt>Línea nocturna</dt><dd>Hasta las 3:15.</dd><dt>Objetos perdidos</dt><dd>Teléfono 978.</dd></dl>"
        "<details><summary>¿Cuánto cuesta?</summary><div><p>Seis euros.</p><p>Por robo, nada.</p></div></details>"
    )
    told = _told(reading)
    assert "- Línea nocturna: Hasta las 3:15." in told
    assert "- Objetos perdidos: Teléfono 978." in told
    assert told[told.index("¿Cuánto cuesta? Seis euros.") + 1] == "Por robo, nada."


def test_code_keeps_its_lines_and_quotes_are_quotes() -> None:
    reading = _read(
        "<p>Así:</p><pre><code>a = 1\n  b</code></pre><blockquote><p>No estoy de acuerdo.</p></blockquote>"
    )
    assert "a = 1\n  b" in _told(reading, BlockKind.CODE)
    blocks = list(pieces(parse_page("<blockquote><p>No estoy de acuerdo.</p></blockquote>")))
    assert [block.kind for block in blocks] == [BlockKind.QUOTE]


def test_lines_of_hours_are_parted_and_a_sentence_over_a_break_is_not() -> None:
    page = "<p>De lunes a viernes:<br>de 11 a 20<br>Sábados: de 10 a 21</p>"
    assert [piece.words for piece in pieces(parse_page(page))] == [
        "De lunes a viernes: de 11 a 20",
        "Sábados: de 10 a 21",
    ]


def test_menus_banners_and_the_foot_of_a_page_are_left_out() -> None:
    reading = _read("<ul><li>Cerrado los lunes</li><li>Abierto los martes</li></ul>")
    assert "Cerrado los lunes" in reading.text
    assert not any(word in reading.text for word in ("Inicio", "cookies", "Aceptar", "Aviso legal"))


def test_a_table_that_only_places_things_is_read_in_the_order_of_the_page() -> None:
    page = "<table><tr><td><h2>Uno</h2><p>Texto primero.</p></td><td><p>Texto segundo.</p></td></tr></table>"
    assert [(p.kind, p.words) for p in pieces(parse_page(page))] == [
        (BlockKind.HEADING, "Uno"),
        (BlockKind.PARAGRAPH, "Texto primero."),
        (BlockKind.PARAGRAPH, "Texto segundo."),
    ]


def test_the_chapters_of_a_book_are_headings_with_their_lists() -> None:
    members = {
        "META-INF/container.xml": '<c><rootfile full-path="p.opf"/></c>',
        "p.opf": '<p xmlns:dc="d"><dc:title>T</dc:title><item id="a" href="a.xhtml"/><itemref idref="a"/></p>',
        "a.xhtml": "<html><body><h1>Capítulo I</h1><p>Lleva:</p><ul><li>sal</li><li>pan</li></ul></body></html>",
    }
    (reading,) = read_bytes(zip_of({name: content.encode() for name, content in members.items()}), "a.epub")
    assert [block.kind.value for block in reading.blocks] == ["heading", "paragraph", "item", "item"]
    assert reading.blocks[-1].headings == ("Capítulo I",)


RST = """Guía
====

Puesta en marcha
----------------

Haga esto::

    pip install foo

#. Uno
#. Dos

.. include:: /etc/hostname
.. raw:: html

   <b>colado</b>

+-----+-----+
| A   | B   |
+=====+=====+
| x   | 2   |
+-----+-----+
"""


def test_restructured_text_has_its_headings_lists_tables_and_code_and_includes_nothing() -> None:
    (reading,) = read_bytes(RST.encode(), "a.rst")
    assert _told(reading) == [
        "Guía",
        "Puesta en marcha",
        "Haga esto:",
        "pip install foo",
        "1. Uno",
        "2. Dos",
        "A: x; B: 2",
    ]
    assert reading.blocks[-1].headings == ("Guía", "Puesta en marcha")
    assert reading.title == "Guía"


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>a<td>b</tr>",
        "<li>a",
        "<dt>a<dd>b",
        "<details><summary>a",
        "<td colspan=900 rowspan=900>x",
        "a<br>",
    ],
)
def test_the_time_that_it_takes_grows_with_the_page(row: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        assert list(pieces(parse_page(f"<body><table>{row * count}</table><dl>{row * count}</dl></body>")))
        return time.process_time() - began

    assert least(seconds, 2_000) < 8 * least(seconds, 500) + 0.2
