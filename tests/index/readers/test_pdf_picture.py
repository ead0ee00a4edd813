"""Pages as pictures, and the marks on them."""

import io

import pytest
from pdf_samples import drawn_pdf, pdf_of, table, words
from PIL import Image, ImageChops

from index.document import PageQuote
from index.errors import UnreadableDocument
from index.readers.pdf.picture import picture

LINES = "El puente se abrirá el 3 de marzo.\nLo dijo la ingeniera Elena Pra-\ndo en la ciudad de Xalapa."


def marked_rows(png: bytes) -> list[int]:
    """The rows of pixels that hold a mark."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    red, _, blue = image.split()
    marks = ImageChops.subtract(red, blue).point(lambda shade: 255 * (shade > 60))
    return [row for row in range(image.height) if marks.crop((0, row, image.width, row + 1)).getbbox()]


def test_a_page_without_quotes_is_drawn_without_marks() -> None:
    png = picture(pdf_of(LINES), 1, [])
    assert Image.open(io.BytesIO(png)).size == (1400, 1982)
    assert marked_rows(png) == []


def test_a_quote_is_marked_over_lines_and_divided_words() -> None:
    rows = marked_rows(picture(pdf_of(LINES), 1, [PageQuote("la ingeniera Elena Prado en la ciudad", 0.5)]))
    whole = marked_rows(picture(pdf_of(LINES), 1, [PageQuote("El puente se abrirá", 0.0)]))
    assert rows and whole
    assert rows[0] > whole[0] and len(rows) > 1.5 * len(whole)


def test_the_repetition_that_was_quoted_is_marked() -> None:
    page = pdf_of("El canciller viajó.\nOtra cosa.\nOtra más.\nEl canciller viajó.")
    early = marked_rows(picture(page, 1, [PageQuote("El canciller viajó", 0.0)]))
    late = marked_rows(picture(page, 1, [PageQuote("El canciller viajó", 0.9)]))
    assert early[-1] < late[0]


def test_words_that_the_page_does_not_hold_mark_nothing() -> None:
    assert marked_rows(picture(pdf_of(LINES), 1, [PageQuote("otra cosa", 0.0), PageQuote("—", 0.0)])) == []


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_told(number: int) -> None:
    with pytest.raises(UnreadableDocument, match="1 pages"):
        picture(pdf_of(LINES), number, [])


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        picture(b"%PDF-1.4 nothing", 1, [])


def test_a_row_that_is_told_with_the_names_of_its_columns_is_marked_where_it_stands() -> None:
    rows = [
        ("Taller", "Monitora"),
        ("Costura", "Amaia Lekuona"),
        ("Barro", "Itziar Ugarte"),
        ("Huerto", "Begoña Salinas"),
    ]
    page = drawn_pdf(table((60, 200, 400), 100, rows))
    marked = marked_rows(picture(page, 1, [PageQuote("Taller: Barro; Monitora: Itziar Ugarte", 0.6)]))
    whole = marked_rows(picture(page, 1, [PageQuote("Barro", 0.6)]))
    assert set(whole) <= set(marked) and max(marked) == max(whole)


def test_a_quote_is_marked_past_words_that_stand_between_its_lines() -> None:
    left, right = (
        ("La plantación la dirige la", "ingeniera Nayra Hernández."),
        ("La biblioteca abre a las", "diez según el concejal."),
    )
    page = drawn_pdf(
        "".join(
            words(60, 100 + 12 * place, one) + words(300, 100 + 12 * place, other)
            for place, (one, other) in enumerate(zip(left, right, strict=True))
        )
    )
    png = picture(page, 1, [PageQuote(" ".join(left), 0.0)])
    image = Image.open(io.BytesIO(png)).convert("RGB")
    red, _, blue = image.split()
    box = ImageChops.subtract(red, blue).point(lambda shade: 255 * (shade > 60)).getbbox()
    assert box is not None
    assert box[2] < image.width / 2 and len(marked_rows(png)) > 40
