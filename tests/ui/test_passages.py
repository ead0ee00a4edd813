from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.document import Block, BlockKind, Document, Span
from ui.passages import Mark, readable, segments, surroundings


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=400))
    marks = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        focus = draw(st.none() | st.just(Span(start, draw(st.integers(start + 1, end)))))
        marks.append(Mark(Span(start, end), number, focus))
    return text, marks


@given(marked_texts())
def test_the_segments_of_a_text_are_that_text(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    cut = segments(text, Span(0, len(text)), marks)
    assert "".join(segment.text for segment in cut) == text


@given(marked_texts())
def test_exactly_the_quoted_characters_are_highlighted(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    cut = segments(text, Span(0, len(text)), marks)
    highlighted = [segment.marker is not None for segment in cut for _ in segment.text]
    quoted = [any(mark.span.start <= at < mark.span.end for mark in marks) for at in range(len(text))]
    assert highlighted == quoted


@given(marked_texts(), st.integers(0, 50))
def test_every_quote_lies_whole_within_one_excerpt(marked: tuple[str, list[Mark]], context: int) -> None:
    text, marks = marked
    windows = surroundings(text, 0, marks, context)
    for mark in marks:
        assert any(w.start <= mark.span.start and mark.span.end <= w.end for w in windows)
    assert all(a.end < b.start for a, b in pairwise(windows))


def test_context_is_cut_at_words_and_never_reaches_into_the_header() -> None:
    text = "date 2026-01-16 Los mandatarios hablaron. El canciller viaja mañana. Nada más se dijo del asunto."
    quote = Span(text.index("El canciller"), text.index(" Nada"))
    (window,) = surroundings(text, 16, [Mark(quote, 1)], context=12)
    assert window.of(text) == "hablaron. El canciller viaja mañana. Nada más"
    (wide,) = surroundings(text, 16, [Mark(quote, 1)], context=500)
    assert wide.start == 16


def test_what_is_read_of_markdown_has_its_words_and_not_its_signs() -> None:
    text = "## Errores\n\n| Código | Qué hacer |\n|---|---|\n| E02 | Espere |\n\nFin.\n--- (inaudible) ---\n"
    parts = ("Errores", "| E02 | Espere |", "E02", "Espere", "Fin.")
    places = {words: Span(text.index(words), text.index(words) + len(words)) for words in parts}
    blocks = (
        Block(BlockKind.HEADING, places["Errores"], level=2),
        Block(BlockKind.ROW, places["| E02 | Espere |"], cells=(places["E02"], places["Espere"])),
        Block(BlockKind.PARAGRAPH, Span(places["Fin."].start, len(text) - 1)),
    )
    document = Document("a", "a.md", "", text, "es", blocks=blocks)
    shown = readable(document, Span(0, len(text)), [Mark(places["E02"], 1)])
    assert "".join(piece.text for piece in shown) == "Errores\nCódigo · Qué hacer\nE02 · Espere\nFin."
    assert [piece.text for piece in shown if piece.marker] == ["E02"]


@given(st.text(alphabet="ab|-# \n", max_size=60), st.data())
def test_no_word_of_a_document_is_left_out_of_what_is_read(text: str, data: st.DataObject) -> None:
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    blocks = tuple(Block(BlockKind.PARAGRAPH, Span(a, b)) for a, b in list(pairwise(borders))[::2])
    shown = readable(Document("a", "a", "", text, "es", blocks=blocks), Span(0, len(text)), [])
    kept = [line for line in text.split("\n") if not line.strip().startswith("--")]
    read = "".join(piece.text for piece in shown)
    assert all(read.count(letter) >= "".join(kept).count(letter) for letter in "ab")
