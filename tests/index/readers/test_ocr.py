"""Scanned PDFs, read by the real tesseract where it is installed."""

import shutil
from pathlib import Path

import pytest
from reader_samples import zip_of

from index.errors import Outside
from index.language.terms import words
from index.readers import ocr, read_bytes
from tests.scans import scan_of

FIRST = "La presidenta anunció en Veracruz\nun acuerdo con los gobernadores\nel 16 de enero de 2026."
SECOND = "El puerto exportó 52 000 toneladas\nde trigo durante el mes de marzo."
WORDS = set(words(f"{FIRST} {SECOND}"))

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or "spa" not in ocr.languages(),
    reason="tesseract-ocr and tesseract-ocr-spa are not installed",
)


@needs_tesseract
def test_the_words_of_a_scan_are_read_page_by_page() -> None:
    found = read_bytes(scan_of(FIRST, SECOND), "a.pdf")
    (reading,) = found
    assert len(WORDS & set(words(reading.text))) >= 0.9 * len(WORDS)
    assert [page.number for page in reading.pages] == [1, 2]
    assert "toneladas" in reading.pages[1].span.of(reading.text)
    assert found.depends == {Outside.OCR}


@needs_tesseract
def test_a_scan_within_a_zip_is_read_too_and_depends_on_the_same() -> None:
    found = read_bytes(zip_of({"a.pdf": scan_of(FIRST), "b.txt": b"Hola a todos."}), "a.zip")
    assert [reading.entry for reading in found] == ["a.zip/a.pdf", "a.zip/b.txt"]
    assert found.depends == {Outside.OCR}


def test_languages_are_asked_of_the_tesseract_that_is_there_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.languages() == frozenset()
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nprintf 'Languages:\\neng\\nosd\\nspa\\nxyz\\n'\n")
    program.chmod(0o755)
    assert ocr.languages() == {"eng", "spa"}
