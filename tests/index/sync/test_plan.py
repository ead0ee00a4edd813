"""Files that are read again though they did not change, because what they depend on has."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.errors import Outside
from index.readers import ocr
from index.reasons import SkipReason
from index.sandbox import ReaderPool
from index.sync.indexer import Progress, Step, SyncReport
from index.sync.pipeline import LocalPipeline
from index.sync.plan import Circumstances
from tests.archives import TestArchive, fill
from tests.scans import scan_of

DAY = date(2026, 1, 16)


def knowing(monkeypatch: pytest.MonkeyPatch, *languages: str, day: date = DAY) -> Circumstances:
    monkeypatch.setattr(ocr, "languages", lambda: frozenset(languages))
    return Circumstances(day)


def test_a_file_that_depends_on_nothing_else_is_never_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert knowing(monkeypatch).written(()) == ""
    assert knowing(monkeypatch, "spa").still("")


def test_a_new_language_is_a_reason_to_read_again_and_a_lost_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without = knowing(monkeypatch).written([Outside.OCR])
    with_spanish = knowing(monkeypatch, "spa").written([Outside.OCR])
    assert knowing(monkeypatch).still(without)
    assert not knowing(monkeypatch, "spa").still(without)
    assert not knowing(monkeypatch, "eng", "spa").still(with_spanish)
    assert knowing(monkeypatch, "spa").still(with_spanish)
    assert knowing(monkeypatch).still(with_spanish)


def test_what_a_busy_machine_may_have_caused_is_tried_again_on_another_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = knowing(monkeypatch, "spa").written([Outside.OCR, Outside.MOMENT])
    assert knowing(monkeypatch, "spa").still(written)
    assert not knowing(monkeypatch, "spa", day=date(2026, 1, 17)).still(written)


def test_a_tesseract_that_cannot_be_started_knows_no_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "tesseract").write_bytes(b"\x7fELF and nothing that runs")
    (tmp_path / "tesseract").chmod(0o755)
    assert Circumstances(DAY).written([Outside.OCR]) == "ocr:"
    assert Circumstances(DAY).still("ocr:spa")


def run(archive: TestArchive, pool: ReaderPool | None = None) -> tuple[SyncReport, list[str]]:
    """A run with real readers, and the files it read."""
    read: list[str] = []

    def note(progress: Progress) -> None:
        if progress.step is Step.READ:
            read.append(progress.name)

    pipeline = LocalPipeline(archive.embedder, lambda: pool or ReaderPool(workers=1))
    builder = replace(archive.builder(note), pipeline=pipeline)
    return builder.sync(), read


def put_tesseract(folder: Path, *languages: str) -> None:
    """A program that knows these languages and reads the same words on every page."""
    listed = "\\n".join(["Languages:", *languages, ""])
    words = "".join(
        f"5\\t1\\t1\\t1\\t1\\t{place}\\t{100 * place}\\t100\\t90\\t30\\t96\\t{word}\\n"
        for place, word in enumerate(["El", "puerto", "exportó", "trigo", "en", "$4."], 1)
    )
    program = folder / "tesseract"
    program.write_text(
        f'#!/bin/sh\ncase "$1" in --list-langs) printf "{listed}";; *) printf "level\\n{words}";; esac\n'
    )
    program.chmod(0o755)


def test_a_scan_is_read_once_tesseract_or_a_language_of_it_is_installed_and_nothing_else_is(
    archive: TestArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    fill(archive, 3)
    (archive.root / "scan.pdf").write_bytes(scan_of("El puerto exportó trigo."))
    report, read = run(archive)
    assert report.skipped[0].reason == SkipReason("scanned_without_ocr")
    assert len(read) == 4
    assert run(archive)[1] == []
    put_tesseract(programs, "eng")
    report, read = run(archive)
    assert (report.added, report.skipped, read) == (1, (), ["scan.pdf"])
    assert run(archive)[1] == []
    put_tesseract(programs, "eng", "spa")
    report, read = run(archive)
    assert (report.changed, read) == (1, ["scan.pdf"])
    (programs / "tesseract").unlink()
    assert run(archive)[1] == []


def test_a_reader_that_ran_out_of_time_is_tried_again_on_another_day_only(
    archive: TestArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("a.txt", "El alcalde habló.")
    report, _ = run(archive, ReaderPool(workers=1, seconds=0.001))
    assert report.skipped[0].reason == SkipReason("too_slow", limit=0.001)
    assert run(archive)[1] == []
    store = archive.live.get().store
    record = store.ledger.files()["a.txt"]
    with store.transaction():
        store.ledger.record(replace(record, depends="moment:2020-01-01"))
    report, read = run(archive)
    assert (report.added, report.skipped, read) == (1, (), ["a.txt"])
