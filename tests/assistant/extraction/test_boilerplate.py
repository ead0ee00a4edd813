"""Lines that surround a text and are evidence of nothing that it tells."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answer import Retrieved
from assistant.extraction.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Foto: EFE",
        "Marta Iriarte, adhocFOTOS",
        "| Foto:",
        "Foto de archivo: Marta Iriarte / EFE.",
        "Fotografía: cortesía del club",
        "Photo: Reuters",
        "Texto y fotos: Julián Ferrat",
        "Por Marta Iriarte",
        "Por Marta Iriarte y Julián Ferrat / Salina",
        "By John Smith",
        "Escribe:",
        "Redacción / EFE",
        "Con información de EFE",
        "02 de enero de 2026",
        "Viernes 2 de enero de 2026, 10:30 hrs",
        "Ciudad de México, 2 de enero de 2026.-",
        "Publicado el 2 de enero de 2026 a las 10:30",
        "January 2, 2026",
        "Lee también: El puerto cierra por el huracán",
        "Leé más sobre esto: ¿Por dónde llegó el huracán?",
        "TE PUEDE INTERESAR: “El tren que no llegó”",
        "Read more: Port closed by the storm",
    ],
)
def test_what_only_surrounds_a_text_is_told(line: str) -> None:
    assert is_boilerplate(line)


def test_a_row_of_initials_is_a_dateline_only_where_the_day_follows() -> None:
    initials = "A." * 37
    assert is_boilerplate(f"{initials} 5 de enero de 2020")
    # To try all ways in which the points may end a place would take days.
    assert not is_boilerplate(f"{initials} x 5 de enero de 2020")


@pytest.mark.parametrize(
    "sentence",
    [
        "La foto muestra a Marta Iriarte en la dársena.",
        "La alcaldesa mostró doce cuadros, tres dibujos y dos fotos",
        "Foto: Marta Iriarte saluda a los pescadores de Salina después del huracán",
        "Por Salina pasó el huracán.",
        "Por eso Marta Iriarte renunció.",
        "Nació en Salina el 21 de marzo de 1806.",
        "La obra terminará el 3 de mayo de 2026.",
        "En 2026 hubo 31 casos.",
        "Hoy es viernes 2 de enero.",
        "Ver el mundo desde lejos es un lujo.",
        "Leé más sobre esto: PIT-CNT exige rentaDe acuerdo con el informe, se perderán 25 empleos.",
        "También dijo que no sabe.",
        "Capital: Madrid",
        "",
    ],
)
def test_what_tells_something_is_not(sentence: str) -> None:
    assert not is_boilerplate(sentence)


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Foto: EFE", "¿Quién tomó la foto?"),
        ("Por Marta Iriarte", "¿Quién escribió la nota?"),
        ("02 de enero de 2026", "¿De qué fecha es el documento?"),
        ("January 2, 2026", "When was it published?"),
    ],
)
def test_such_a_line_is_evidence_for_what_it_says_itself(line: str, question: str) -> None:
    assert not is_boilerplate(line, question)


def quoted(folder: Path, question: str) -> list[str]:
    """What the engine is shown for a question about a page with a credit and a pointer."""
    (folder / "documents").mkdir()
    (folder / "documents" / "2026-01-09.txt").write_text(
        "El puerto de Salina abrirá otra vez\n\nFoto: Marta Iriarte\n\n"
        "Lee también: Quién dirige el puerto de Salina\n\n"
        "El puerto de Salina abrirá en marzo. Lo dirige Julián Ferrat desde el año pasado.",
        "utf-8",
    )
    settings = Settings(documents=folder / "documents", index=folder / "index", engine="extractive")
    with Assistant(settings) as assistant:
        (found,) = (event for event in assistant.stream(question) if isinstance(event, Retrieved))
    return [item.quote for item in found.evidence]


def test_neither_a_credit_nor_a_pointer_is_evidence(tmp_path: Path) -> None:
    shown = quoted(tmp_path, "¿Quién dirige el puerto de Salina?")
    assert "Julián Ferrat" in shown[0]
    assert not any("Foto" in quote or "Lee también" in quote for quote in shown)


def test_the_credit_of_a_picture_is_evidence_for_a_question_about_it(tmp_path: Path) -> None:
    assert "Foto: Marta Iriarte" in quoted(tmp_path, "¿De quién es la foto del puerto de Salina?")
