"""What the commands print for people."""

import io

import pytest
from rich.console import Console

from assistant.display import left_out_words, print_document, print_report, print_status
from index.document import Document, LeftOut, LeftOutKind, PartlyRead
from index.sync.indexer import SyncReport
from index.sync.live import summary

IMAGES = (LeftOut(LeftOutKind.IMAGES, 2), LeftOut(LeftOutKind.COMMENTS, 1))


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("kind", LeftOutKind)
def test_every_kind_of_what_was_left_out_has_words_for_one_and_for_several(kind: LeftOutKind) -> None:
    one, several = left_out_words([LeftOut(kind, 1)]), left_out_words([LeftOut(kind, 3)])
    assert one.startswith("1 ") and several.startswith("3 ")
    assert one[2:] != several[2:]


def test_a_run_the_state_and_a_document_say_what_was_not_read(console: Console) -> None:
    report = SyncReport(1, 0, 0, 0, (), 1, 1, 0.1, (PartlyRead("a.docx", IMAGES),))
    print_report(console, report)
    print_status(console, {**summary(None), "partly_read": report.to_dict()["partly_read"]})
    print_document(console, Document("a.docx", "a.docx", "A", "Hola.", "es", left_out=IMAGES))
    assert printed(console).count("2 images without text, 1 comment") == 3
