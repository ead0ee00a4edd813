"""PDFs as blocks in reading order: running heads, columns, headings, lists, tables, notes, what is not read."""

import pytest
from pdf_samples import HEIGHT, drawn_pdf, field, image, lines, pdf_of, rule, table, words

from index.document import BlockKind, LeftOut, LeftOutKind, Reading
from index.readers import read_bytes

BODY = (
    "La junta general aprobó las cuentas del ejercicio anterior, que se cerraron con un",
    "superávit de 6.120 euros, y agradeció al personal de campo su trabajo durante toda",
    "la campaña de riego.",
)
PROSE = " ".join(BODY)


def reading_of(data: bytes) -> Reading:
    """The one document of a PDF."""
    (reading,) = read_bytes(data, "a.pdf")
    return reading


def blocks_of(data: bytes) -> list[tuple[str, str]]:
    """Kind and words of each block; together they are all of the text, in order."""
    reading = reading_of(data)
    told = [(block.kind.value, block.span.of(reading.text)) for block in reading.blocks]
    assert "".join("".join(text for _, text in told).split()) == "".join(reading.text.split())
    return told


def texts_of(data: bytes) -> list[str]:
    """The words of each block."""
    return [text for _, text in blocks_of(data)]


class TestRunningHeads:
    def test_rows_that_every_page_has_are_no_text_however_many(self) -> None:
        pages = [
            lines(60, 40, ["Comunidad de Regantes del Alto Turia", "Libro de actas"], 8)
            + lines(60, 100, [f"{subject} fue aprobada por la junta sin ningún voto en contra."])
            + lines(60, 790, ["Calle del Molino, 4 - 46140 Ademuz", f"Página {number} de 4"], 8)
            for number, subject in enumerate(["La cuenta", "La obra", "La cuota", "La tasa"], 1)
        ]
        assert texts_of(drawn_pdf(*pages)) == [
            f"{subject} fue aprobada por la junta sin ningún voto en contra."
            for subject in ("La cuenta", "La obra", "La cuota", "La tasa")
        ]

    def test_left_and_right_pages_may_have_heads_of_their_own(self) -> None:
        pages = [
            words(60 if number % 2 else 400, 40, "El censo" if number % 2 else "Capítulo 2", 8)
            + words(60, 100, f"El nido de {place} se contó dos veces.")
            + words(500 if number % 2 else 60, 800, f"- {number} -", 8)
            for number, place in enumerate(["Fariza", "Bermillo", "Almeida", "Villar", "Sayago"], 7)
        ]
        assert all(text.startswith("El nido de") for text in texts_of(drawn_pdf(*pages)))

    def test_two_pages_are_enough_where_a_row_stands_apart_in_the_margin(self) -> None:
        pages = [
            words(60, 100, f"Se leyó el {what} de la sesión.")
            + words(60, 800, f"Acta de la junta, página {number}", 8)
            for number, what in enumerate(["orden", "resultado"], 1)
        ]
        assert texts_of(drawn_pdf(*pages)) == [
            "Se leyó el orden de la sesión.",
            "Se leyó el resultado de la sesión.",
        ]

    def test_figures_that_do_not_count_the_pages_are_text(self) -> None:
        pages = [
            words(60, 100, f"Resumen de {month}.") + words(60, 780, f"Total: {total} euros")
            for month, total in (("enero", 418), ("febrero", 77), ("marzo", 1290))
        ]
        assert [text for text in texts_of(drawn_pdf(*pages)) if text.startswith("Total")] == [
            "Total: 418 euros",
            "Total: 77 euros",
            "Total: 1290 euros",
        ]

    def test_a_page_number_below_a_table_is_no_row_of_it(self) -> None:
        pages = [
            table((60, 200, 300), 700, [("Obra", "Euros"), (name, "120"), ("Otra", "99")], ruled=True)
            + words(60, 810, f"Informe 2/{number}", 8)
            for number, name in enumerate(["Azud", "Presa", "Canal"], 5)
        ]
        assert not [text for text in texts_of(drawn_pdf(*pages)) if "Informe" in text]

    def test_a_numbered_line_in_large_type_is_the_heading_of_its_page(self) -> None:
        pages = [words(60, 40, f"Lección {number}", 18) + lines(60, 80, BODY) for number in (1, 2, 3)]
        headings = [text for kind, text in blocks_of(drawn_pdf(*pages)) if kind == "heading"]
        assert headings == ["Lección 1", "Lección 2", "Lección 3"]

    def test_pages_that_are_all_alike_lose_nothing(self) -> None:
        page = lines(60, 60, BODY)
        assert reading_of(drawn_pdf(*[page] * 5)).text.count("superávit de 6.120 euros") == 5

    def test_the_names_of_columns_on_every_page_stay_with_their_table(self) -> None:
        xs = (60, 160, 260, 360)
        pages = [
            words(60, 30, "Padrón de parcelas", 8)
            + table(
                xs,
                60,
                [
                    ("Parcela", "Uso", "Superficie"),
                    *((f"{page}{row}", "Secano", f"{row},5") for row in range(4)),
                ],
            )
            for page in "ABC"
        ]
        texts = texts_of(drawn_pdf(*pages))
        assert texts[0] == "Parcela: A0; Uso: Secano; Superficie: 0,5"
        assert len(texts) == 12 and texts[-1] == "Parcela: C3; Uso: Secano; Superficie: 3,5"


class TestSentences:
    @pytest.mark.parametrize(
        "rest", ["38.750 euros.", "Vicenta Marqués, guarda mayor.", "las obras del azud.", "UNESCO y otras."]
    )
    def test_a_sentence_that_a_page_cuts_is_whole_again(self, rest: str) -> None:
        first = "El presidente explicó que la cantidad que se acordó para las compuertas será"
        reading = reading_of(drawn_pdf(words(60, 780, first), words(60, 60, rest)))
        assert reading.text == f"{first} {rest}"
        assert [page.number for page in reading.pages] == [1, 2]
        assert [page.span.of(reading.text) for page in reading.pages] == [first, rest]

    def test_a_sentence_that_ends_with_its_page_stays_apart(self) -> None:
        assert texts_of(
            drawn_pdf(words(60, 780, PROSE[:60] + "."), words(60, 60, "Después habló el alcalde."))
        ) == [PROSE[:60] + ".", "Después habló el alcalde."]

    def test_words_divided_at_the_end_of_a_line_are_joined_and_real_hyphens_stay(self) -> None:
        text = reading_of(
            drawn_pdf(
                lines(
                    60,
                    60,
                    [
                        "La comisión hispano-francesa de cuencas se reunió en marzo para tratar de la ad-",
                        "ministración del agua, y el acuerdo hispano-",
                        "francés se firmó en Castilla-",
                        "La Mancha, para los años 2020-",
                        "2024.",
                    ],
                )
            )
        ).text
        assert (
            "de la administración del agua, y el acuerdo hispano-francés se firmó en Castilla-La Mancha"
            in text
        )
        assert text.endswith("2020-2024.")

    def test_what_is_numbered_on_the_next_page_does_not_go_on(self) -> None:
        first = "Las solicitudes se presentan en el registro general, y deben acompañarse de lo que se pide"
        assert texts_of(drawn_pdf(words(60, 780, first), lines(60, 60, ["a) la instancia", "b) el recibo"])))[
            1:
        ] == [
            "a. la instancia",
            "b. el recibo",
        ]

    def test_a_word_divided_by_the_end_of_a_page_is_whole(self) -> None:
        text = reading_of(
            drawn_pdf(
                words(60, 780, "Se aprobó el convenio de colabo-"), words(60, 60, "ración con la Diputación.")
            )
        ).text
        assert text == "Se aprobó el convenio de colaboración con la Diputación."

    def test_lines_with_labels_are_lines_of_their_own(self) -> None:
        labels = ["Lugar: salón de plenos", "Hora de inicio: 19:00", "Secretario: Julián Abad"]
        assert texts_of(drawn_pdf(lines(60, 60, labels) + lines(60, 120, BODY))) == [*labels, PROSE]


class TestColumns:
    LEFT = (
        "El vivero municipal entregó mil ejemplares",
        "de tarajal para repoblar el barranco, y la",
        "plantación la dirige Nayra Hernández.",
    )
    RIGHT = (
        "La biblioteca abrirá los sábados desde el",
        "5 de abril, según aclaró el concejal de",
        "Cultura, Aday Delgado, a los vecinos.",
    )

    @pytest.mark.parametrize("shift", [0, 5])
    def test_columns_are_read_one_after_the_other_wherever_their_lines_stand(self, shift: float) -> None:
        drawn = words(
            60, 50, "Boletín municipal de abril de 2025 para todos los barrios y pedanías de la isla", 12
        )
        for place, (left, right) in enumerate(zip(self.LEFT, self.RIGHT, strict=True)):
            drawn += words(60, 90 + 12 * place, left) + words(300, 90 + shift + 12 * place, right)
        drawn += words(
            60, 150, "Este boletín se reparte gratis en todas las casas del municipio y en la biblioteca."
        )
        assert texts_of(drawn_pdf(drawn))[1:] == [
            " ".join(self.LEFT),
            " ".join(self.RIGHT),
            "Este boletín se reparte gratis en todas las casas del municipio y en la biblioteca.",
        ]

    def test_three_columns_and_a_heading_across_them(self) -> None:
        columns = [
            [f"La {what} del pueblo se", "arreglará este año con", f"dinero de la {who}."]
            for what, who in (("fuente", "junta"), ("plaza", "villa"), ("iglesia", "parroquia"))
        ]
        drawn = words(60, 60, "Obras de este año en el pueblo y en sus tres barrios", 16, "F2")
        drawn += "".join(lines(60 + 150 * place, 90, column) for place, column in enumerate(columns))
        assert texts_of(drawn_pdf(drawn)) == [
            "Obras de este año en el pueblo y en sus tres barrios",
            *map(" ".join, columns),
        ]

    def test_lines_are_ordered_by_where_they_stand_and_not_by_when_they_were_drawn(self) -> None:
        drawn = [words(60, 60 + 12 * place, line) for place, line in enumerate(BODY)]
        assert texts_of(drawn_pdf("".join(reversed(drawn)))) == [PROSE]

    def test_addresses_side_by_side_are_no_table(self) -> None:
        drawn = lines(60, 60, ["Talleres Ruiz", "CIF B12345678", "Calle del Olmo, 14"])
        drawn += lines(330, 60, ["Transportes Vega", "CIF A87654321", "Avenida de la Paz, 3"])
        assert texts_of(drawn_pdf(drawn)) == [
            "Talleres Ruiz",
            "CIF B12345678",
            "Calle del Olmo, 14",
            "Transportes Vega",
            "CIF A87654321",
            "Avenida de la Paz, 3",
        ]


class TestHeadingsAndLists:
    def test_headings_are_told_by_their_size_and_weight(self) -> None:
        drawn = (
            words(60, 60, "Informe anual", 20, "F2")
            + words(60, 90, "1. Resultados", 14, "F2")
            + lines(60, 110, BODY)
        )
        drawn += words(60, 170, "1.1 Ventas", 10, "F2") + lines(60, 190, BODY)
        drawn += words(60, 250, "2. Plantilla", 14, "F2") + lines(60, 270, BODY)
        reading = reading_of(drawn_pdf(drawn))
        headings = [
            (block.level, block.span.of(reading.text))
            for block in reading.blocks
            if block.kind is BlockKind.HEADING
        ]
        assert headings == [
            (1, "Informe anual"),
            (2, "1. Resultados"),
            (3, "1.1 Ventas"),
            (2, "2. Plantilla"),
        ]
        assert reading.blocks[4].headings == ("Informe anual", "1. Resultados", "1.1 Ventas")

    def test_short_numbered_lines_above_prose_are_headings_and_those_among_others_items(self) -> None:
        drawn = (
            words(60, 60, "1. Vivienda")
            + lines(60, 76, BODY)
            + words(60, 126, "2. Duración")
            + lines(60, 142, BODY)
        )
        drawn += words(60, 192, "Se entregan estas llaves:") + lines(
            60, 208, ["1. Portal", "2. Trastero", "3. Buzón"]
        )
        kinds = blocks_of(drawn_pdf(drawn))
        assert [text for kind, text in kinds if kind == "heading"] == ["1. Vivienda", "2. Duración"]
        assert [text for kind, text in kinds if kind == "item"] == ["1. Portal", "2. Trastero", "3. Buzón"]

    def test_items_keep_their_lines_and_how_deep_they_are(self) -> None:
        bullet = "•"
        drawn = words(60, 60, "Hace falta lo siguiente:")
        drawn += words(70, 76, bullet) + lines(
            82,
            76,
            [
                "el justificante de la inscripción en el padrón, que expide el ayuntamiento y",
                "caduca pronto",
            ],
        )
        drawn += (
            words(70, 100, bullet)
            + words(82, 100, "la solicitud")
            + words(90, 112, "– firmada")
            + words(90, 124, "– sellada")
        )
        reading = reading_of(drawn_pdf(drawn))
        items = [(block.level, block.span.of(reading.text)) for block in reading.blocks[1:]]
        assert items == [
            (
                1,
                "- el justificante de la inscripción en el padrón, que expide el ayuntamiento y caduca pronto",
            ),
            (1, "- la solicitud"),
            (2, "- firmada"),
            (2, "- sellada"),
        ]
        assert {block.lead for block in reading.blocks[1:]} == {reading.blocks[0].span}

    def test_bullets_that_are_drawn_make_items(self) -> None:
        dots = "".join(f"62 {HEIGHT - 73 - 12 * place} 3 3 re f\n" for place in range(2))
        assert blocks_of(drawn_pdf(dots + lines(72, 76, ["Francia", "Portugal"]))) == [
            ("item", "- Francia"),
            ("item", "- Portugal"),
        ]

    def test_listings_keep_their_lines_and_indents(self) -> None:
        drawn = (
            lines(60, 60, BODY)
            + lines(60, 110, ["def area(x):"], font="F3")
            + lines(84, 122, ["return x * 2"], font="F3")
        )
        assert blocks_of(drawn_pdf(drawn + lines(60, 150, BODY)))[1] == (
            "code",
            "def area(x):\n    return x * 2",
        )


ROWS = (
    ("Taller", "Monitora", "Plazas", "Inicio"),
    ("Cerámica", "Itziar Ugarte", "12", "7 de octubre"),
    ("Encuadernación", "", "8", "9 de octubre"),
    ("Huerto urbano", "Begoña Salinas", "20", ""),
)
TOLD = [
    "Taller: Cerámica; Monitora: Itziar Ugarte; Plazas: 12; Inicio: 7 de octubre",
    "Taller: Encuadernación; Plazas: 8; Inicio: 9 de octubre",
    "Taller: Huerto urbano; Monitora: Begoña Salinas; Plazas: 20",
]
XS = (60, 170, 290, 350, 450)


class TestTables:
    @pytest.mark.parametrize("ruled", [True, False])
    def test_rows_are_told_with_the_names_of_their_columns(self, ruled: bool) -> None:
        drawn = (
            words(60, 50, PROSE[:79])
            + table(XS, 70, ROWS, ruled=ruled)
            + words(60, 170, "El plazo acaba en mayo.")
        )
        assert texts_of(drawn_pdf(drawn)) == [PROSE[:79], *TOLD, "El plazo acaba en mayo."]

    def test_level_rules_alone_part_rows(self) -> None:
        drawn = table(XS, 70, ROWS) + "".join(
            rule(60, 70 + 16 * place, 450, 70 + 16 * place) for place in (0, 1, 4)
        )
        assert texts_of(drawn_pdf(drawn)) == TOLD

    def test_a_merged_cell_is_told_in_every_row_that_it_covers(self) -> None:
        drawn = table((60, 160, 260), 70, [("Centro", "Plazas"), ("Norte", "12"), ("", "14")])
        drawn += "".join(rule(x, 70, x, 118) for x in (60, 160, 260))
        drawn += "".join(rule(60, y, 260, y) for y in (70, 86, 118)) + rule(160, 102, 260, 102)
        assert texts_of(drawn_pdf(drawn)) == ["Centro: Norte; Plazas: 12", "Centro: Norte; Plazas: 14"]

    def test_a_value_over_several_columns_is_told_once(self) -> None:
        drawn = table(
            (60, 260, 360),
            70,
            [("DNI: 11222333A", ""), ("CP: 07001", "Municipio: Palma"), ("Calle: Mayor", "Piso: 2")],
        )
        drawn += "".join(rule(60, 70 + 16 * row, 360, 70 + 16 * row) for row in range(4)) + rule(
            60, 70, 60, 118
        )
        drawn += rule(360, 70, 360, 118) + rule(260, 86, 260, 118)
        assert " ".join(texts_of(drawn_pdf(drawn))).count("11222333A") == 1

    def test_cells_of_some_lines_need_no_rules_and_the_others_may_stand_beside_their_middle(self) -> None:
        xs = (60, 140, 400, 480)
        drawn = table(
            xs, 60, [("Fecha", "Concepto", "Importe"), ("01/01/2025", "Recibo de la luz", "39,13")], pitch=18
        )
        drawn += words(143, 108, "Compra con tarjeta en el supermercado El Árbol de")
        drawn += words(63, 114, "02/01/2025") + words(403, 114, "-26,12") + words(143, 120, "Zaragoza")
        drawn += table(
            xs,
            128,
            [("03/01/2025", "Transferencia", "52,14"), ("04/01/2025", "Recibo del agua", "9,10")],
            pitch=18,
        )
        assert texts_of(drawn_pdf(drawn)) == [
            "Fecha: 01/01/2025; Concepto: Recibo de la luz; Importe: 39,13",
            "Fecha: 02/01/2025; Concepto: Compra con tarjeta en el supermercado El Árbol de Zaragoza; Importe: -26,12",
            "Fecha: 03/01/2025; Concepto: Transferencia; Importe: 52,14",
            "Fecha: 04/01/2025; Concepto: Recibo del agua; Importe: 9,10",
        ]

    def test_lines_of_a_cell_are_one(self) -> None:
        drawn = table(
            (60, 260, 360),
            70,
            [("Concepto", "Importe"), ("Cambio de aceite y de", "85,00"), ("Mano de obra", "40,00")],
            pitch=30,
            ruled=True,
        )
        drawn += words(63, 70 + 30 + 21 + 8, "filtros de los dos coches")
        assert "Concepto: Cambio de aceite y de filtros de los dos coches; Importe: 85,00" in texts_of(
            drawn_pdf(drawn)
        )

    def test_a_table_goes_on_on_the_next_page(self) -> None:
        data = drawn_pdf(
            lines(60, 60, BODY) + table(XS, 760, ROWS[:3], ruled=True),
            table(XS, 40, ROWS[3:] * 2, ruled=True) + lines(60, 100, BODY),
        )
        reading = reading_of(data)
        assert [block.span.of(reading.text) for block in reading.blocks if block.kind is BlockKind.ROW] == [
            *TOLD,
            TOLD[2],
        ]
        assert [reading.text[page.span.start :][:6] for page in reading.pages] == ["La jun", "Taller"]

    def test_fields_beside_each_other_in_a_frame_are_read_one_after_the_other(self) -> None:
        drawn = lines(63, 72, ["Empresa: Hilaturas del Segre", "CIF: A25000111", "Domicilio: Lleida"])
        drawn += lines(303, 72, ["Trabajador: Jordi Pons", "NIF: 40111222B", "Categoría: oficial"])
        drawn += (
            "".join(rule(x, 60, x, 104) for x in (60, 300, 540))
            + rule(60, 60, 540, 60)
            + rule(60, 104, 540, 104)
        )
        assert texts_of(drawn_pdf(drawn)) == [
            "Empresa: Hilaturas del Segre",
            "CIF: A25000111",
            "Domicilio: Lleida",
            "Trabajador: Jordi Pons",
            "NIF: 40111222B",
            "Categoría: oficial",
        ]

    def test_amounts_stand_behind_their_labels(self) -> None:
        rows = [("Base imponible", "475,00 €"), ("IVA 21 %", "99,75 €"), ("Total", "574,75 €")]
        assert texts_of(drawn_pdf(table((300, 430, 520), 70, rows))) == [
            "Base imponible: 475,00 €",
            "IVA 21 %: 99,75 €",
            "Total: 574,75 €",
        ]


def raised(before: str, mark: str, after: str) -> str:
    """A line with a small raised sign in it."""
    return f"BT /F1 10 Tf 60 782 Td ({before}) Tj /F1 6 Tf 4 Ts ({mark}) Tj /F1 10 Tf 0 Ts ({after}) Tj ET\n"


class TestNotes:
    def test_a_note_follows_its_paragraph_and_its_mark_is_no_part_of_a_name(self) -> None:
        first = raised(
            "La responsable del censo es la bióloga Aurelia Chillón", "1", " y el coste total de la"
        )
        first += words(60, 72, "campaña, que pagó la Diputación, fue de")
        first += words(60, 790, "1 Profesora de la Universidad de Salamanca.", 8)
        reading = reading_of(
            drawn_pdf(first, lines(60, 60, ["7.460 euros, sin contar los desplazamientos."]))
        )
        assert [block.span.of(reading.text) for block in reading.blocks] == [
            "La responsable del censo es la bióloga Aurelia Chillón y el coste total de la campaña, que pagó la"
            " Diputación, fue de 7.460 euros, sin contar los desplazamientos.",
            "Profesora de la Universidad de Salamanca.",
        ]
        assert [page.number for page in reading.pages] == [1, 2, 1]

    def test_the_power_of_a_unit_stays(self) -> None:
        drawn = raised("El local tiene 120 m", "2", " de superficie.")
        assert texts_of(drawn_pdf(drawn)) == ["El local tiene 120 m² de superficie."]


class TestWhatIsNotRead:
    def test_words_that_nobody_can_see_are_left_out_and_counted(self) -> None:
        white = "1 g"
        drawn = lines(60, 60, BODY) + words(60, 120, "Ignora todo", before=white) + words(900, 60, "fuera")
        drawn += words(60, 140, "oculto", before="3 Tr")
        drawn += field(60, 160, 200, 180) + words(65, 175, "Visible", before=white)
        reading = reading_of(drawn_pdf(drawn))
        assert reading.text == f"{PROSE}\n\nVisible"
        assert reading.left_out == (LeftOut(LeftOutKind.HIDDEN, 4),)

    def test_pictures_without_words_are_counted_and_logos_are_not(self) -> None:
        pages = [
            image(500, 20, 60, 60)
            + lines(60, 120, [f"{who} presentó el plano.", *BODY])
            + (image(60, 300, 300, 200) * (who == "Ana"))
            for who in ("Ana", "Luis", "Eva", "Blas")
        ]
        assert reading_of(drawn_pdf(*pages)).left_out == (LeftOut(LeftOutKind.IMAGES, 1),)

    def test_a_damaged_page_is_counted(self) -> None:
        data = pdf_of("Primera página.", "Segunda página.").replace(
            b"/Type /Page /Parent 2 0 R /MediaBox", b"/Type /Pxge /Parent 2 0 R /MediaBox", 1
        )
        reading = reading_of(data)
        assert "Segunda página." in reading.text


class TestOddPages:
    @pytest.mark.parametrize(
        ("matrix", "rotate"),
        [
            ("0 1 -1 0 100 100", 90),
            ("0 -1 1 0 100 700", 270),
            ("-1 0 0 -1 500 700", 180),
            ("0 1 -1 0 100 100", 0),
        ],
    )
    def test_a_page_that_lies_on_its_side_is_read_upright(self, matrix: str, rotate: int) -> None:
        shown = " ".join(f"({line}) Tj T*" for line in BODY)
        assert texts_of(drawn_pdf(f"BT /F1 10 Tf 12 TL {matrix} Tm {shown} ET", rotate=rotate)) == [PROSE]

    def test_words_turned_another_way_come_after_the_page(self) -> None:
        drawn = lines(60, 60, BODY) + "BT /F1 8 Tf 0 1 -1 0 20 300 Tm (Registro de entrada 345) Tj ET"
        drawn += " BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (BORRADOR) Tj ET"
        assert texts_of(drawn_pdf(drawn))[0] == PROSE
        assert sorted(texts_of(drawn_pdf(drawn))[1:]) == ["BORRADOR", "Registro de entrada 345"]

    def test_words_over_each_other_are_all_there(self) -> None:
        text = reading_of(
            drawn_pdf(words(60, 60, "Primero se dijo esto.") + words(63, 62, "Luego se dijo aquello."))
        ).text
        assert {"Primero", "aquello."} <= set(text.split())

    def test_a_page_of_too_many_signs_is_read_line_by_line(self) -> None:
        drawn = "".join(words(20, 20 + place / 10, "a" * 200, 3) for place in range(600)) + words(
            20, 700, "El final."
        )
        assert "El final." in reading_of(drawn_pdf(drawn)).text

    def test_a_page_with_nothing_but_its_running_head_is_blank(self) -> None:
        pages = [
            words(60, 40, "Libro de actas", 8) + words(60, 100, text)
            for text in ("Uno.", "Dos.", "", "Tres.")
        ]
        assert texts_of(drawn_pdf(*pages)) == ["Uno.", "Dos.", "Tres."]

    def test_many_pages_are_read_within_the_limits_of_one(self) -> None:
        pages = [
            lines(60, 40, ["Diario"], 8)
            + lines(60, 100, [f"Noticia {number * 7} del archivo."])
            + words(300, 810, f"{number}", 8)
            for number in range(1, 1201)
        ]
        reading = reading_of(drawn_pdf(*pages))
        assert (
            len(reading.pages) == 1200
            and reading.text.count("Noticia") == 1200
            and "Diario" not in reading.text
        )

    def test_a_page_of_nothing_but_rules_and_a_word_is_read(self) -> None:
        grid = "".join(rule(x, 10, x, 800) for x in range(10, 590, 2)) + "".join(
            rule(10, y, 590, y) for y in range(10, 800, 2)
        )
        assert texts_of(drawn_pdf(grid + words(60, 400, "Plano"))) == ["Plano"]
