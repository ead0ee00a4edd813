from assistant.portrait import names_of, subjects_of
from index.document import Document


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
