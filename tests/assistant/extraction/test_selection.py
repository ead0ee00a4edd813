"""Whether a further quote is shown behind the first."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answer import Evidence, ReadAnswer
from assistant.extraction.selection import choose, every_quote
from assistant.extraction.shown_quotes import ShownQuote
from assistant.questions.understanding import Question, understand
from index.document import Block, BlockKind, Document, Span
from index.text.sentences import split_sentences
from index.text.structure import structured
from tests.assistant.extraction.transcripts import transcript

LED = "La jueza del caso es Marta Iriarte, que pidió más tiempo."
UNLED = "En el caso hay una jueza que pidió más tiempo al tribunal."
BESIDE = "La jueza del caso recibió ayer a los vecinos en el tribunal."
RIVAL = "La jueza del caso es Elena Prats, según dice el tribunal."
HEADLINE = "La jueza del caso pide tiempo"
ASKED = "¿Y la jueza del caso pidió más tiempo?"


def shown(*scored: tuple[str, float], question: str = "¿Quién es la jueza del caso?") -> list[str]:
    text = "\n\n".join(quote for quote, _ in scored)
    document = Document("d", "d.txt", "El caso", text, "es", date(2026, 1, 16))
    evidence = [
        Evidence(number, document, span, score, 0.9, answer=_name_in(text, span))
        for number, (quote, score) in enumerate(scored, 1)
        for span in (Span(text.index(quote), text.index(quote) + len(quote)),)
    ]
    return [quote.words for quote in choose(understand(question, "es"), evidence, sure=True)]


def _name_in(text: str, span: Span) -> ReadAnswer | None:
    """What the reader takes for the answer: the name of the judge, where it stands."""
    for name in ("Marta Iriarte", "Elena Prats"):
        start = text.find(name, span.start, span.end)
        if start >= 0:
            return ReadAnswer(Span(start, start + len(name)), 5.0, 5.0)
    return None


def test_behind_a_quote_that_names_the_answer_a_worse_one_is_beside_the_question() -> None:
    assert shown((LED, 3.0), (BESIDE, 2.0)) == [LED]


def test_behind_a_quote_that_names_no_answer_the_next_may_answer() -> None:
    assert shown((UNLED, 3.0), (BESIDE, 2.0)) == [UNLED, BESIDE]
    assert shown((UNLED, 3.0), (BESIDE, 0.4)) == [UNLED]


def test_another_answer_is_shown_behind_the_first_if_it_is_nearly_as_sure() -> None:
    assert shown((LED, 3.0), (RIVAL, 2.8)) == [LED, RIVAL]


def test_a_quote_that_names_an_answer_does_not_push_a_better_one_from_its_place() -> None:
    assert shown((UNLED, 3.0), (LED, 2.0)) == [UNLED, LED]


def test_of_what_somebody_said_a_sentence_that_leads_to_others_is_not_shown_before_them() -> None:
    leads_in, said = "La jueza habló del caso:", "La jueza dijo que el caso no se cerrará antes de mayo."
    question = "¿Qué dijo la jueza del caso?"
    assert shown((leads_in, 3.0), (said, 2.0), question=question) == [said]
    assert shown((leads_in, 3.0), question=question) == [leads_in]


def test_the_title_of_a_document_adds_nothing_to_what_it_says() -> None:
    question = "¿Qué se sabe del caso?"
    assert shown((UNLED, 3.0), ("Asunto: El caso", 2.9), question=question) == [UNLED]
    assert shown(("Asunto: El caso", 3.0), question=question) == ["Asunto: El caso"]


def test_what_only_asks_is_shown_where_nothing_else_is() -> None:
    assert shown((ASKED, 3.0), (UNLED, 2.9)) == [UNLED]
    assert shown((ASKED, 3.0)) == [ASKED]


@pytest.mark.parametrize("pick", [choose, every_quote])
def test_the_press_is_not_quoted_in_a_summary_where_others_speak(
    pick: Callable[[Question, list[Evidence]], list[ShownQuote]],
) -> None:
    text = (
        "PREGUNTA\nEl puente de Arteaga sigue cerrado, según dicen los vecinos.\n"
        "ALCALDE, LUIS PAZ\nEl puente de Arteaga se abrirá a los coches en marzo.\nPREGUNTA\nGracias.\n"
    )
    document = transcript(text)
    spans = [span for span in split_sentences(text) if "puente" in span.of(text)]
    evidence = [Evidence(number, document, span, 1.0, 0.9) for number, span in enumerate(spans, 1)]
    told = pick(understand("¿Qué pasó con el puente de Arteaga?", "es"), evidence)
    assert [quote.words for quote in told] == ["El puente de Arteaga se abrirá a los coches en marzo."]


def test_what_answers_is_shown_though_its_paragraph_ends_with_a_question() -> None:
    text = f"{LED} ¿Puede ir alguien mañana?\n\nAsunto: {HEADLINE}"
    spans = Span(0, text.index("\n")), Span(text.index("Asunto"), len(text))
    blocks = structured(text, [Block(BlockKind.PARAGRAPH, span) for span in spans])
    document = Document("d", "d.txt", "El caso", text, "es", date(2026, 1, 16), blocks=blocks)
    evidence = [
        Evidence(1, document, Span(0, len(LED)), 4.0, 0.9),
        Evidence(2, document, spans[1], 1.9, 0.5),
    ]
    (first, *_) = choose(understand("¿Quién es la jueza del caso?", "es"), evidence)
    assert first.words.startswith(LED)
