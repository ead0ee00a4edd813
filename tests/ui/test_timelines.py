from dataclasses import replace
from datetime import date

from assistant.answer import Answer, AnswerSentence, Citation, ResolvedDate
from index.document import Document
from ui.timelines import Happening, happenings, places

QUOTES = ("Se abrió el 3 de enero de 2026.", "Se cerró en marzo de 2026.")
TEXT = " ".join(QUOTES)
DOCUMENT = Document("a", "a.txt", "Nota", TEXT, "es", date(2026, 4, 1))
ANSWER = Answer(
    question="Cronología del puente",
    standalone="Cronología del puente",
    answered=True,
    text="",
    language="es",
    engine="extractive",
    sentences=(
        AnswerSentence(f"3 de enero de 2026: «{QUOTES[0]}»", (1,), when="3 de enero de 2026"),
        AnswerSentence(f"marzo de 2026: «{QUOTES[1]}»", (2,), when="marzo de 2026"),
    ),
    citations=tuple(
        Citation(n, quote, TEXT.index(quote), TEXT.index(quote) + len(quote), DOCUMENT)
        for n, quote in enumerate(QUOTES, 1)
    ),
    dates=(
        ResolvedDate("el 3 de enero de 2026", date(2026, 1, 3), date(2026, 1, 3), "day", True, 1),
        ResolvedDate("marzo de 2026", date(2026, 3, 1), date(2026, 3, 31), "month", True, 2),
    ),
)


def test_an_answer_with_a_line_an_event_is_read_event_by_event() -> None:
    assert happenings(ANSWER) == (
        Happening("3 de enero de 2026", QUOTES[0], (1,), date(2026, 1, 3)),
        Happening("marzo de 2026", QUOTES[1], (2,), date(2026, 3, 1)),
    )


def test_an_answer_to_another_question_is_no_timeline() -> None:
    others = tuple(replace(sentence, when="") for sentence in ANSWER.sentences)
    assert happenings(replace(ANSWER, sentences=others)) == ()
    assert happenings(replace(ANSWER, answered=False)) == ()


def test_events_stand_on_the_line_in_proportion_to_their_days() -> None:
    days = [date(2026, 1, 1), None, date(2026, 1, 11), date(2026, 1, 2)]
    events = tuple(Happening("", "", (), day) for day in days)
    assert places(events) == (0.0, None, 100.0, 10.0)


def test_one_day_alone_makes_no_line() -> None:
    assert places((Happening("", "", (), date(2026, 1, 1)),) * 2) == (None, None)
