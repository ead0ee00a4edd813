"""Passages as the reader reads them: with who speaks in front, and without capitals."""

from collections.abc import Iterator, Sequence

import pytest

from assistant import Assistant
from assistant.finding.passages import ReadPassage, read_passages
from assistant.reader.reader import open_reader
from assistant.reader.windows import AnswerSpan, Window, WindowRead
from index.document import Span
from tests.news import small_archive

LONG = " ".join(
    f"En la playa número {n} hubo más gente que el año pasado, sobre todo en agosto." for n in range(40)
)
PRESS = {
    "id": "press",
    "title": "RUEDA DE PRENSA",
    "text": f"PREGUNTA\n¿Cómo va el turismo?\n---\nJOSEFINA RÍOS, SECRETARIA DE TURISMO\nBuenos días. {LONG}\n"
    "---\nPREGUNTA\n¿Y las playas?\n---\nJOSEFINA RÍOS, SECRETARIA DE TURISMO\nLlegaron 40 mil turistas más.",
}


class KeepsWindows:
    """A reader that keeps what it is given, and takes the whole of each window for the answer's words."""

    def __init__(self) -> None:
        self.windows: list[Window] = []

    def read(self, question: str, windows: Sequence[Window]) -> list[WindowRead]:
        self.windows += windows
        return [
            WindowRead(1.0, 0.0, (AnswerSpan(Span(len(window.text) - 3, len(window.text)), 1.0),))
            for window in windows
        ]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("press"), [PRESS]) as opened:
        yield opened


def passages(archive: Assistant, reader: KeepsWindows) -> list[ReadPassage]:
    retriever, question = archive.retriever(), "¿Qué dijo Josefina Ríos de las playas?"
    candidates = retriever.search(retriever.read(question), limit=20)
    return read_passages(reader, retriever.store, question, candidates)  # type: ignore[arg-type]


def test_a_passage_from_the_middle_of_a_turn_is_read_behind_whoever_speaks(archive: Assistant) -> None:
    reader = KeepsWindows()
    read = passages(archive, reader)
    begun_before = [
        window.text
        for passage, window in zip(read, reader.windows, strict=True)
        if passage.text.startswith("En la playa")
    ]
    assert begun_before
    assert all(text.startswith("Josefina Ríos, Secretaria De Turismo\nEn la playa") for text in begun_before)


def test_lines_in_capitals_are_read_as_names_are_written(archive: Assistant) -> None:
    reader = KeepsWindows()
    passages(archive, reader)
    assert not any("JOSEFINA" in window.text or "RUEDA" in window.context for window in reader.windows)


def test_the_words_of_an_answer_are_those_of_the_document(archive: Assistant) -> None:
    for passage in passages(archive, KeepsWindows()):
        assert [answer.span.of(passage.document.text) for answer in passage.spans] == [passage.text[-3:]]


def test_the_label_that_is_read_in_front_is_no_answer(archive: Assistant) -> None:
    retriever, question = archive.retriever(), "¿Quién habla de las playas?"
    candidates = retriever.search(retriever.read(question), limit=20)
    for passage in read_passages(open_reader(), retriever.store, question, candidates):
        assert all(passage.span.holds(answer.span) for answer in passage.spans)
