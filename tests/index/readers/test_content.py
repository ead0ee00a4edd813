"""What a file is told by: its first bytes, and its name only where they do not tell."""

import gzip
import io
import time

import docx
import pytest
from pdf_samples import pdf_of
from reader_samples import WORDS, zip_of

from index.document import BlockKind
from index.errors import UnreadableDocument
from index.readers import read_bytes
from index.readers.plain import read
from tests.growth import least

PAGE = f"<!DOCTYPE html>\n<html><body><p>{WORDS}</p></body></html>".encode()


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS)
    document.save(file := io.BytesIO())
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (_docx(), "contrato.pdf"),
        (_docx(), "contrato.zip"),
        (_docx(), "contrato"),
        (pdf_of(WORDS), "informe.docx"),
        (pdf_of(WORDS), "informe.txt"),
        (pdf_of(WORDS), "informe"),
        (PAGE, "pagina.docx"),
        (PAGE, "pagina"),
        (b"{\\rtf1\\ansi " + WORDS.encode("ascii", "ignore") + b"\\par}", "carta.docx"),
        (gzip.compress(WORDS.encode()), "nota.txt"),
        (zip_of({"nota.txt": WORDS.encode()}), "paquete.txt"),
        (WORDS.encode(), "NOTICE"),
        (
            f"From: a@e.mx\nTo: b@e.mx\nDate: Fri, 16 Jan 2026 08:00:00 -0600\nSubject: Hola\n\n{WORDS}\n".encode(),
            "1",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_bytes_decide_whatever_the_name(data: bytes, name: str) -> None:
    (reading,) = read_bytes(data, name)
    assert WORDS[-30:].encode("ascii", "ignore").decode() in reading.text


def test_markdown_that_begins_with_html_or_speaks_of_pdf_stays_markdown() -> None:
    (reading,) = read_bytes(b"<html>\n\n# %PDF-1.4\n\nTexto.\n", "a.md")
    assert reading.title == "%PDF-1.4"


def test_a_file_without_suffix_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="not text"):
        read_bytes(bytes(range(32)) * 100, "programa")


def test_a_log_is_its_entries_with_what_is_indented_below() -> None:
    text = "2025-01-01 10:00 INFO: Inicio.\n2025-01-01 10:01 ERROR: Fallo\n  en la línea 3\n10:02 INFO: Fin\n"
    (reading,) = read_bytes(text.encode(), "a.log")
    assert [block.span.of(text) for block in reading.blocks] == [
        "2025-01-01 10:00 INFO: Inicio.",
        "2025-01-01 10:01 ERROR: Fallo\n  en la línea 3",
        "10:02 INFO: Fin",
    ]


@pytest.mark.parametrize("name", ["a.ini", "a.conf", "a.cfg"])
def test_settings_stand_under_their_section_with_their_comments(name: str) -> None:
    text = "# general\nnombre = x\n\n[red]\n; puerto de escucha\npuerto = 80\n"
    (reading,) = read_bytes(text.encode(), name)
    assert [(block.kind, block.span.of(text), block.headings) for block in reading.blocks] == [
        (BlockKind.CODE, "# general\nnombre = x", ()),
        (BlockKind.HEADING, "red", ()),
        (BlockKind.CODE, "; puerto de escucha\npuerto = 80", ("red",)),
    ]


def test_yaml_is_parted_where_it_is_long_and_nothing_of_it_is_lost() -> None:
    text = "".join(f"clave{n}:\n  valor: {n}\n" for n in range(40))
    (reading,) = read_bytes(text.encode(), "a.yaml")
    assert len(reading.blocks) > 3
    assert "\n".join(block.span.of(text) for block in reading.blocks) == text.strip()


def test_words_that_print_divided_at_the_ends_of_lines_are_whole_again() -> None:
    text = (
        "La secretaría convocó a la reu-\nnión a los veci\u2010\nnos del barrio, y el acuerdo hispano-\n"
        "francés se firmó tras el con-\nsejo. Es hispano-francés desde en-\ntonces.\n"
    )
    (reading,) = read_bytes(text.encode(), "a.txt")
    assert reading.text == (
        "La secretaría convocó a la reunión\na los vecinos\ndel barrio, y el acuerdo hispano-francés\n"
        "se firmó tras el consejo.\nEs hispano-francés desde entonces.\n"
    )


def test_a_word_that_only_ends_in_a_hyphen_stays_as_it_is_written() -> None:
    (reading,) = read_bytes("El acuerdo hispano-\nfrancés se firmó ayer.\n".encode(), "a.txt")
    assert reading.text == "El acuerdo hispano-\nfrancés se firmó ayer.\n"


@pytest.mark.parametrize("line", ["aaa-\n", "aaa-\nbbb\n", "a" * 300 + "-\nb\n"])
def test_the_time_that_divided_words_take_grows_with_the_text(line: str) -> None:
    def seconds(count: int) -> float:
        text = (line * count).encode()
        began = time.process_time()
        read(text, "a.txt")
        return time.process_time() - began

    assert least(seconds, 8_000) < 8 * least(seconds, 2_000) + 0.1
