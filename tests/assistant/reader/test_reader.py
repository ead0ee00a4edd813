"""The trained reader as it is shipped: what it says of windows of text, and what it bears."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reader.reader import LONGEST_PASSAGE, Reader, open_reader
from assistant.reader.weights import BUNDLED, WeightsDamaged, kept_weights
from assistant.reader.windows import Window

CONTRACT = Window(
    "Contrato de alquiler › Cláusula tercera",
    "La renta es de 850 euros al mes. La fianza, que se devuelve al final, es de dos mensualidades.",
)
LIBRARY = Window("Biblioteca", "La biblioteca abre de lunes a viernes de 9:00 a 14:00. Los sábados cierra.")


@cache
def opened() -> Reader:
    return open_reader()


@pytest.fixture
def reader() -> Reader:
    return opened()


def test_a_window_that_answers_is_told_from_one_that_does_not(reader: Reader) -> None:
    rent, library = reader.read("¿Cuánto es la renta?", [CONTRACT, LIBRARY])
    assert rent.answers > library.answers


def test_the_words_that_answer_are_found(reader: Reader) -> None:
    (rent,) = reader.read("¿Cuánto es la renta?", [CONTRACT])
    assert "850" in rent.spans[0].span.of(CONTRACT.text)
    (hours,) = reader.read("What time does the library close on weekdays?", [LIBRARY])
    assert "14:00" in hours.spans[0].span.of(LIBRARY.text)


def test_windows_are_read_by_themselves_in_the_order_given(reader: Reader) -> None:
    together = reader.read("¿Cuándo cierra?", [CONTRACT, LIBRARY, CONTRACT])
    alone = [read for window in (CONTRACT, LIBRARY) for read in reader.read("¿Cuándo cierra?", [window])]
    assert together == [*alone, alone[0]]


@pytest.mark.parametrize(
    "window",
    [Window("", ""), Window("", "x" * 20_000), Window("T" * 5000, "una palabra"), Window("", "\n \n")],
)
def test_any_window_can_be_read(reader: Reader, window: Window) -> None:
    (read,) = reader.read("¿Qué?" * 400, [window])
    assert all(0 <= answer.span.start < answer.span.end <= len(window.text) for answer in read.spans)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_answers_stand_within_what_was_read(text: str, question: str) -> None:
    (read,) = opened().read(question, [Window("", text)])
    assert all(answer.span.of(text).strip() for answer in read.spans)


def test_of_a_long_window_its_beginning_is_read(reader: Reader) -> None:
    text = "La sala abre. " * LONGEST_PASSAGE
    (read,) = reader.read("¿Qué abre?", [Window("", text)])
    assert read.spans
    assert max(answer.span.end for answer in read.spans) < len(text)


def test_cut_altered_and_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsDamaged, match="reinstall"):
        kept_weights(tmp_path)
    for file in BUNDLED.glob("weights.*"):
        shutil.copy(file, tmp_path)
    content = (BUNDLED / "weights.npz").read_bytes()
    (tmp_path / "weights.npz").write_bytes(content[: len(content) // 2])
    with pytest.raises(WeightsDamaged, match="cut or altered"):
        kept_weights(tmp_path)
    (tmp_path / "weights.npz").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(WeightsDamaged, match="cut or altered"):
        kept_weights(tmp_path)


def test_the_weights_are_small_enough_to_be_shipped() -> None:
    assert (BUNDLED / "weights.npz").stat().st_size <= 12_000_000


def test_a_cache_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (read,) = open_reader(cache=tmp_path / "file").read("¿Cuánto es la renta?", [CONTRACT])
    assert read.spans
