"""Uploads as the panel takes them in: what fits is indexed, what does not is told, nothing is left half done."""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

from assistant import Assistant, Settings
from ui.access.visitor import Visitor, Way
from ui.desk import Desk
from ui.documents import store_file
from ui.documents_panel import DocumentsPanel, Glance
from ui.drawing import Pen
from ui.inbox import Inbox
from ui.readers import Reader
from ui.texts import load_texts

MB = 1024**2
READER = Reader("ana")


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Within the block this process cannot let a file grow beyond `size` bytes, as on a disk that is full then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def sent(inbox: Inbox, *files: Path) -> list[int]:
    """The numbers of files that a reader has sent."""
    numbers = []
    for file in files:
        number = inbox.begin(READER, file.name).number
        for start in range(0, file.stat().st_size, MB):
            inbox.write(number, file.read_bytes()[start : start + MB])
        numbers.append(inbox.finish(number).number)
    return numbers


def taken_in(settings: Settings, *files: Path, language: str = "es") -> str:
    """What the page reports at the end of an upload of `files`."""

    async def upload() -> str:
        with Assistant(settings) as assistant, gr.Blocks():
            inbox = Inbox(settings.index / "uploads", settings.documents, settings.quota, (".txt",))
            panel = DocumentsPanel(Desk(assistant, Pen(load_texts(language))), inbox, (".txt",))
            state = {"visitor": Visitor("", Way.OPEN), "reader": READER}
            request = gr.Request(Request({"type": "http", "headers": [], "state": state}))
            event = gr.EventData(None, {"uploads": sent(inbox, *files)})
            (*_, last) = panel.add(Glance(), event, request)
            inbox.close()
            return str(last[0])

    return asyncio.run(upload())


def test_a_file_that_could_not_be_written_to_its_end_is_not_there(tmp_path: Path) -> None:
    upload, folder = tmp_path / "upload", tmp_path / "documents"
    upload.write_bytes(b"0123456789")
    with largest_file(3), pytest.raises(OSError):
        store_file(upload, "nota.txt", folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [("es", "No se pudo guardar grande.txt"), ("en", "grande.txt could not be saved")],
)
def test_a_file_that_the_disk_does_not_hold_is_told_and_the_others_are_indexed(
    seed: Settings, tmp_path: Path, language: str, told: str
) -> None:
    large, small = tmp_path / "grande.txt", tmp_path / "puente.txt"
    large.write_bytes(b"x" * 30 * MB)
    small.write_text("El puente de Santa Rosalía costó 840 millones de pesos.")
    with largest_file(29 * MB):
        report = taken_in(seed, large, small, language=language)
    assert told in report
    assert "puente.txt" in report
    assert not (seed.documents / "grande.txt").exists()
    with Assistant(seed) as assistant:
        assert [d.id for d in assistant.documents() if d.path == "puente.txt"]


def test_the_files_of_one_upload_do_not_exceed_the_quota_together(seed: Settings, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.txt" for name in ("uno", "dos")]
    for file in files:
        file.write_text("Una nota." + " " * 800_000)
    report = taken_in(seed.model_copy(update={"quota": 1}), *files)
    assert "dos.txt no cabe" in report
    assert (seed.documents / "uno.txt").exists() and not (seed.documents / "dos.txt").exists()
