"""Bad files, each built here: none may do more than be skipped with a reason."""

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import docx
import pytest
from pdf_samples import pdf_of
from pptx import Presentation
from reader_samples import WORDS, zip_of

from index.errors import UnreadableDocument
from index.readers import READERS, read_bytes

NOISE = random.Random(7).randbytes(20_000)


def reason(data: bytes, path: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, path)
    return str(caught.value)


def test_whitespace_alone_is_no_text() -> None:
    assert reason(b" \n\t\r\n ", "a.txt") == "the file holds no text"


@pytest.mark.parametrize("suffix", READERS)
def test_random_bytes_are_refused_whatever_they_are_named(suffix: str) -> None:
    assert reason(NOISE, f"a{suffix}")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pptx", ".xlsx", ".epub"])
def test_a_container_without_its_contents_is_damaged(suffix: str) -> None:
    assert "damaged" in reason(zip_of({"hola.txt": b"Hola"}), f"a{suffix}")


def test_a_truncated_pdf_gives_what_is_left_or_a_reason() -> None:
    whole = pdf_of(WORDS)
    for length in range(5, len(whole), 97):
        try:
            found = read_bytes(whole[:length], "a.pdf")
        except UnreadableDocument as error:
            assert str(error)
        else:
            assert found.readings[0].text


def test_a_pdf_whose_pages_go_in_a_circle_ends() -> None:
    assert reason(pdf_of(WORDS, kids="2 0 R"), "a.pdf")


def test_a_pdf_without_text_says_so() -> None:
    assert "no text (scanned?)" in reason(pdf_of(""), "a.pdf")


def test_a_fuzzed_pdf_never_raises_anything_else() -> None:
    whole, dice = pdf_of(WORDS, WORDS), random.Random(11)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(20):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            read_bytes(bytes(data), "a.pdf")
        except UnreadableDocument as error:
            assert str(error)


def test_a_zip_of_a_hundred_thousand_entries_is_refused() -> None:
    assert "100,000 entries" in reason(zip_of({f"{n}.txt": b"" for n in range(100_000)}), "a.zip")


def test_a_document_that_declares_two_gigabytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        container.writestr("word/document.xml", b"x")
        container.filelist[0].file_size = 2 * 1024**3
    assert "2,147,483,648 bytes" in reason(file.read_bytes(), "a.docx")


def test_a_zip_bomb_is_refused() -> None:
    assert "bomb" in reason(zip_of({"a.txt": b" " * (80 * 1024**2)}), "a.zip")


def test_archives_within_archives_end() -> None:
    data = WORDS.encode()
    name = "a.txt"
    for _ in range(5):
        data, name = zip_of({name: data}), "a.zip"
    assert "too deep" in reason(data, "a.zip")


def test_archives_under_other_names_within_archives_end_too() -> None:
    data = WORDS.encode()
    for _ in range(5):
        data = zip_of({"a.txt": data})
    assert "too deep" in reason(data, "a.txt")
    for _ in range(3):
        data = gzip.compress(data)
    assert "too deep" in reason(data, "a.txt")


def test_members_that_climb_out_of_an_archive_are_only_names() -> None:
    (reading,) = read_bytes(zip_of({"../../x.txt": WORDS.encode()}), "a.zip")
    assert reading.text == WORDS


def test_ten_megabytes_on_one_line_are_read() -> None:
    (reading,) = read_bytes(b"a" * 10_000_000, "a.txt")
    assert len(reading.text) == 10_000_000
    assert len(reading.title) <= 90


@pytest.mark.parametrize("nested", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000])
def test_json_nested_a_hundred_thousand_deep_is_refused(nested: bytes) -> None:
    assert "deep" in reason(nested, "a.json") or "JSON" in reason(nested, "a.json")


def test_html_nested_a_hundred_thousand_deep_ends() -> None:
    page = b"<html><body><p>" + WORDS.encode() + b"</p>" + b"<div>" * 100_000 + b"hondo</body></html>"
    assert WORDS in read_bytes(page, "a.html").readings[0].text


def test_lone_surrogates_are_replaced() -> None:
    (reading,) = read_bytes(json.dumps({"text": f"{WORDS} \ud800 fin"}).encode(), "a.json")
    assert reading.text == f"{WORDS} \ufffd fin"
    reading.text.encode("utf-8")


def test_a_ligature_that_grows_eighteen_fold_stays_as_it_is() -> None:
    assert read_bytes(("\ufdfa" * 1000).encode(), "a.txt").readings[0].text == "\ufdfa" * 1000


def test_an_entity_of_a_document_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secreto")
    content = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
        f'<o:x xmlns:o="o" xmlns:text="t"><text:p>{WORDS}&e;</text:p></o:x>'
    )
    (reading,) = read_bytes(zip_of({"content.xml": content.encode()}), "a.odt")
    assert reading.text == WORDS


@pytest.mark.parametrize(
    ("suffix", "part"), [(".docx", "_rels/.rels"), (".pptx", "_rels/.rels"), (".docx", "[Content_Types].xml")]
)
def test_an_office_file_whose_index_is_another_thing_is_damaged(suffix: str, part: str) -> None:
    file = io.BytesIO()
    (docx.Document() if suffix == ".docx" else Presentation()).save(file)
    container = zipfile.ZipFile(file)
    members = {name: container.read(name) for name in container.namelist()}
    assert "damaged" in reason(zip_of({**members, part: b"<other/>"}), f"a{suffix}")
