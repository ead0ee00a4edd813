"""What each reader makes of a good file of its format."""

import datetime
import gzip
import json

import pytest
from pdf_samples import pdf_of
from reader_samples import WORDS, zip_of

from index.document import DateSource, Reading
from index.errors import UnreadableDocument
from index.readers import READERS, fingerprint, read_bytes

DAY = datetime.date(2026, 1, 16)


def one(data: bytes | str, path: str) -> Reading:
    (reading,) = read_bytes(data.encode() if isinstance(data, str) else data, path)
    return reading


def test_the_archives_own_header_is_the_date_and_not_the_body() -> None:
    reading = one(f" date 2026-01-16 {WORDS}", "a.txt")
    assert (reading.date, reading.date_source) == (DAY, DateSource.HEADER)
    assert reading.text[reading.body :] == reading.title == WORDS
    assert reading.language == "es"


def test_a_date_that_the_calendar_lacks_is_no_header() -> None:
    reading = one(f" date 2026-02-31 {WORDS}", "a.txt")
    assert (reading.date, reading.body) == (None, 0)


def test_the_stored_text_of_plain_utf_8_is_exactly_the_file() -> None:
    text = f"  {WORDS}\n\n\tñandú \u2028 🗞️ \x0c fin. \n"
    assert one(text, "a.txt").text == text


def test_a_long_first_sentence_is_shortened_at_a_word() -> None:
    title = one("Palabras " * 40, "a.txt").title
    assert title.endswith("Palabras…")
    assert len(title) <= 90


def test_markdown_front_matter_is_read_and_is_not_the_body() -> None:
    reading = one(f"---\ndate: 2026-01-16\ntitle: Un acuerdo\nurl: https://e.mx/a\n---\n\n{WORDS}\n", "a.md")
    assert (reading.title, reading.date, reading.url) == ("Un acuerdo", DAY, "https://e.mx/a")
    assert reading.date_source is DateSource.FRONT_MATTER
    assert reading.text[reading.body :].startswith(WORDS)


@pytest.mark.parametrize("heading", ["# **Un** [acuerdo](x)", "Un acuerdo\n=========="])
def test_the_first_heading_of_markdown_is_the_title(heading: str) -> None:
    assert one(f"{heading}\n\n{WORDS}", "a.md").title == "Un acuerdo"


def test_broken_front_matter_is_text() -> None:
    assert one(f"---\n: [\n---\n{WORDS}", "a.md").body == 0


def test_each_line_of_jsonl_is_a_document_and_bad_lines_are_named() -> None:
    good = {"id": "x1", "date": "2026-01-16T08:00:00-06:00", "title": "T", "text": WORDS}
    lines = [
        json.dumps(good),
        "{broken",
        json.dumps({"id": "x1", "text": WORDS}),
        json.dumps({"text": WORDS}),
    ]
    found = read_bytes("\n".join(lines).encode(), "a.jsonl")
    assert [reading.entry for reading in found] == ["x1", "a.jsonl#4"]
    assert (found.readings[0].date, found.readings[0].date_source) == (DAY, DateSource.JSON)
    assert [skipped.path for skipped in found.skipped] == ["a.jsonl#2", "a.jsonl#3"]


def test_a_json_file_may_hold_one_document_or_a_list() -> None:
    assert one(json.dumps({"text": WORDS}), "a.json").text == WORDS
    both = json.dumps([{"text": WORDS}, {"text": "Otra."}])
    assert len(read_bytes(both.encode(), "a.json").readings) == 2


def test_a_news_page_gives_its_article_title_date_and_address() -> None:
    page = f"""<html><head><title>Un acuerdo - Diario</title>
    <meta property="og:title" content="Un acuerdo"><link rel="canonical" href="https://diario.example.com/a">
    <meta property="article:published_time" content="2026-01-16T23:30:00-06:00"></head><body>
    <nav><a href="/">Portada</a></nav>
    <article><h1>Un acuerdo</h1>{f"<p>{WORDS} {WORDS}</p>" * 4}</article></body></html>"""
    reading = one(page, "a.html")
    assert (reading.date, reading.date_source) == (DAY, DateSource.HTML_META)
    assert (reading.title, reading.url) == ("Un acuerdo", "https://diario.example.com/a")
    assert WORDS in reading.text
    assert "Portada" not in reading.text


def test_a_page_in_latin_1_keeps_its_letters() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{WORDS} «ñ» — fin</p></body></html>'
    assert f"{WORDS} «ñ» — fin" in one(page.encode("cp1252"), "a.html").text


def test_sentences_of_a_pdf_go_on_over_lines_and_pages() -> None:
    first = "El secretario y el canciller convinieron en una reu-\nnión ministerial de seguridad con el fin"
    info = "/CreationDate (D:20260116120000) /Title (Acuerdo)"
    reading = one(pdf_of(first, "de evaluar los avances.", info=info), "a.pdf")
    assert "una reunión ministerial de seguridad con el fin de evaluar los avances." in reading.text
    assert [(page.number, page.span.of(reading.text)[:2]) for page in reading.pages] == [(1, "El"), (2, "de")]
    assert (reading.title, reading.date, reading.date_source) == ("Acuerdo", DAY, DateSource.PDF_INFO)


@pytest.mark.parametrize(
    ("before", "heading"),
    [
        ("asistida por la letrada de la parte actora don Marc Vidal Ferrer.", "ANTECEDENTES DE HECHO"),
        ("Procedimiento: juicio verbal de desahucio por falta de pago 1187/2025", "SENTENCIA N.º 43/2026"),
    ],
)
def test_a_heading_in_capitals_is_a_paragraph_of_its_own(before: str, heading: str) -> None:
    prose = "Por la parte actora se presentó demanda en la que solicitaba la condena."
    text = one(pdf_of(f"{before}\n{heading}\n{prose}\n{prose}"), "a.pdf").text
    assert text.startswith(f"{before}\n\n{heading}\n\n{prose}")


def test_a_name_in_capitals_within_a_sentence_does_not_part_it() -> None:
    sentence = (
        "comparece doña Amparo Ribelles Soto en nombre y representación de\nINMOBILIARIA RIBELLES\ny firma."
    )
    assert one(pdf_of(sentence), "a.pdf").text == sentence.replace("\n", " ")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [f"El Diario, enero\nNoticia {word} del archivo.\nPágina {n}" for n, word in enumerate("abcd")]
    text = one(pdf_of(*pages), "a.pdf").text
    assert "Noticia c del archivo." in text
    assert "Página" not in text


def test_books_are_read_in_the_order_of_their_spine() -> None:
    package = (
        '<p xmlns:dc="d"><dc:title>El libro</dc:title><dc:date>2026-01-16</dc:date>'
        '<item id="b" href="b%20.xhtml"/><item id="a" href="a.xhtml"/>'
        '<itemref idref="b"/><itemref idref="a"/></p>'
    )
    members = {
        "META-INF/container.xml": '<c><rootfile full-path="O/p.opf"/></c>',
        "O/p.opf": package,
        "O/a.xhtml": "<html><body><p>Capítulo segundo.</p></body></html>",
        "O/b .xhtml": "<html><body><p>Capítulo <i>pri</i>mero.</p></body></html>",
    }
    reading = one(zip_of({name: content.encode() for name, content in members.items()}), "a.epub")
    assert reading.text == "Capítulo primero.\n\nCapítulo segundo."
    assert (reading.title, reading.date) == ("El libro", DAY)


def test_an_archive_gives_the_documents_within_and_names_the_others() -> None:
    inner = zip_of({"hondo.txt": WORDS.encode()})
    found = read_bytes(zip_of({"2026-01-16.txt": WORDS.encode(), "x.bin": b"1", "b.zip": inner}), "a.zip")
    assert [reading.entry for reading in found] == ["a.zip/2026-01-16.txt", "a.zip/b.zip/hondo.txt"]
    assert found.readings[0].date == DAY
    assert [skipped.path for skipped in found.skipped] == ["a.zip/x.bin"]


def test_a_compressed_file_is_read_by_the_suffix_within() -> None:
    assert one(gzip.compress(f"# Un acuerdo\n\n{WORDS}".encode()), "a.md.gz").title == "Un acuerdo"


@pytest.mark.parametrize("path", ["2026-01-16-nota.txt", "boletin_20260116.txt", "2026/01/16/nota.txt"])
def test_a_date_in_the_path_dates_a_file_that_has_none(path: str) -> None:
    reading = one(WORDS, path)
    assert (reading.date, reading.date_source) == (DAY, DateSource.FILE_NAME)


def test_the_file_time_is_the_last_resort() -> None:
    (reading,) = read_bytes(WORDS.encode(), "a.txt", datetime.datetime(2026, 1, 16, tzinfo=datetime.UTC))
    assert (reading.date, reading.date_source) == (DAY, DateSource.FILE_TIME)


def test_a_suffix_in_capitals_has_the_same_reader() -> None:
    assert fingerprint("A.TXT") == fingerprint("a.txt")


def test_an_unknown_suffix_has_no_reader() -> None:
    with pytest.raises(UnreadableDocument, match=r"\.exe"):
        read_bytes(b"x", "a.exe")


@pytest.mark.parametrize("suffix", READERS)
def test_an_empty_file_is_refused_whatever_its_format(suffix: str) -> None:
    with pytest.raises(UnreadableDocument, match="empty"):
        read_bytes(b"", f"a{suffix}")
