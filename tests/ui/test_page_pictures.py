"""Which pages of which documents are drawn, with which words marked, and how long they are kept."""

from pathlib import Path

import pytest

from index.document import Document, Page, PageQuote, Span
from index.errors import UnreadableDocument
from tests.index.readers.pdf_samples import pdf_of
from ui.page_pictures import PagePictures, has_pictures, quotes_on
from ui.passages import Mark

FIRST, SECOND = Page(1, Span(0, 10)), Page(2, Span(11, 31))
TEXT = "Uno y dos." + " " + "Tres cuatro y cinco."


def document(path: str = "a.pdf", pages: tuple[Page, ...] = (FIRST, SECOND)) -> Document:
    return Document(path, path, "Título", TEXT, "es", pages=pages)


def test_only_a_pdf_that_lies_in_the_folder_itself_has_pictures() -> None:
    assert has_pictures(document())
    assert not has_pictures(document("a.txt"))
    assert not has_pictures(document("a.zip"))
    assert not has_pictures(document(pages=()))


def test_a_quote_over_two_pages_is_marked_on_both_in_part() -> None:
    mark = Mark(Span(6, 22), 1)
    assert quotes_on(document(), 1, [mark]) == (PageQuote("dos.", 0.6),)
    assert quotes_on(document(), 2, [mark]) == (PageQuote("Tres cuatro", 0.0),)
    assert quotes_on(document(), 2, [Mark(Span(0, 3), 1)]) == ()


def test_a_picture_is_kept_until_its_file_changes(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of("Uno y dos."))
    pictures = PagePictures(tmp_path)
    first = pictures.draw(document(), 1, [])
    assert pictures.draw(document(), 1, []) is first
    (tmp_path / "a.pdf").write_bytes(pdf_of("Ya no."))
    assert pictures.draw(document(), 1, []) != first


def test_no_more_is_kept_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of("Uno y dos."))
    pictures = PagePictures(tmp_path, kept=10)
    first = pictures.draw(document(), 1, [])
    assert pictures.draw(document(), 1, []) is not first


def test_a_file_outside_the_folder_is_not_drawn(tmp_path: Path) -> None:
    inside, outside = tmp_path / "documents", tmp_path / "secret.pdf"
    inside.mkdir()
    outside.write_bytes(pdf_of("Secreto."))
    (inside / "a.pdf").symlink_to(outside)
    for path in ("a.pdf", "../secret.pdf", "gone.pdf"):
        with pytest.raises(UnreadableDocument):
            PagePictures(inside).draw(document(path), 1, [])
