from pathlib import Path

from assistant import Assistant, Settings
from assistant.portrait import names_of, subjects_of
from index.document import Document

CONFERENCE = (
    " date 2026-02-03\nSECRETARIA DE SALUD, ANA RUIZ\nBuenos días a todas y a todos ustedes, gracias por venir.\n"
    "Las vacunas contra el sarampión llegarán a los hospitales de Oaxaca el 12 de febrero por la mañana. "
    "Las vacunas contra el sarampión son gratuitas en los hospitales y no hace falta pedir cita. "
    "Ayer recibimos las vacunas en el aeropuerto, y el 12 de febrero estarán en los hospitales del estado.\n"
    "PREGUNTA\nSecretaria, buenos días, yo quisiera que nos contara del puente nuevo de Arteaga.\n"
    "SECRETARIO DE OBRAS, LUIS PAZ\nEl puente de Arteaga sobre el río Salado se abrirá a los coches en marzo.\n"
    "PREGUNTA\nGracias, secretario.\n"
)


def _document(number: int, text: str) -> Document:
    return Document(str(number), f"{number}.txt", "", text, "es")


def test_what_most_documents_name_comes_first_and_no_part_of_it_again() -> None:
    texts = (
        "Ayer habló Marco Rubio en la sala. Luego Rubio se fue con Ana Ruiz.",
        "La carta de Marco Rubio llegó. También escribió Rubio.",
    )
    subjects = subjects_of(_document(number, text) for number, text in enumerate(texts))
    assert [(one.name, one.documents) for one in subjects] == [("Marco Rubio", 2), ("Ana Ruiz", 1)]


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    texts = ("Firma el Arrendatario el contrato.", "Paga el arrendatario.")
    assert subjects_of(_document(number, text) for number, text in enumerate(texts)) == ()


def test_a_name_ends_with_its_line_and_neither_months_nor_capitals_are_names() -> None:
    text = "# Techo\nLa reunión de Techos Andinos\nEl martes en July 2025: CLÁUSULA PRIMERA."
    assert list(names_of(text)) == ["Techos Andinos"]


def test_the_columns_of_a_row_are_no_names_but_who_speaks_is_one() -> None:
    row = "Concepto: Grifos; Proveedor: Saneamientos Rioja; Importe: 318,50 €"
    assert list(names_of(row)) == ["Saneamientos Rioja"]
    assert "Marta Quintero" in list(names_of("Le decía a Marta Quintero: vamos mañana"))


def test_a_document_is_told_by_sentences_days_and_speakers_in_their_places(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "salud.txt").write_text(CONFERENCE, "utf-8")
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    with Assistant(settings) as archive:
        archive.sync()
        portrait = archive.document_portrait("salud.txt")
        assert portrait is not None and archive.document_portrait("salud.txt") is portrait
        assert archive.document_portrait("otro.txt") is None
        text = portrait.document.text
        told = [span.of(text) for span in portrait.gist]
        assert told and all(sentence.startswith(("Las vacunas", "El puente", "Ayer")) for sentence in told)
        assert list(portrait.gist) == sorted(portrait.gist)
        assert sum(map(len, told)) <= len(text) / 2
        days = [str(day.interval.start) for day in portrait.dates]
        assert days == sorted(days) and "2026-02-12" in days and "2026-02-03" not in days
        assert [speaker for speaker, _ in portrait.speakers] == [
            "SECRETARIA DE SALUD, ANA RUIZ",
            "SECRETARIO DE OBRAS, LUIS PAZ",
        ]
        assert portrait.speakers[1][1].of(text).startswith("SECRETARIO DE OBRAS")
        (tmp_path / "documents" / "salud.txt").write_text(CONFERENCE.replace("12 de", "13 de"), "utf-8")
        archive.sync()
        changed = archive.document_portrait("salud.txt")
        assert changed is not None and "2026-02-13" in [str(day.interval.start) for day in changed.dates]
