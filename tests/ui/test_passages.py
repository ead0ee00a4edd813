from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.document import Span
from ui.passages import Mark, segments, surroundings


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
