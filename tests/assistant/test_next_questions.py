from datetime import date

from assistant import Assistant
from assistant.next_questions import QuotedStretch, next_questions
from index.document import DateSource, Document, Span

QUOTE = "El canciller Juan Ramón de la Fuente habló con Marco Rubio."
TEXT = f"{'Nada de interés. ' * 100}{QUOTE} Después visitó la Secretaría de Marina. {'Nada más. ' * 100}"
START = TEXT.index(QUOTE)
NOTE = Document("a", "a", "T", TEXT, "es", date(2026, 1, 16), DateSource.HEADER)
QUOTED = QuotedStretch(NOTE, Span(START, START + len(QUOTE)))


def asked_next(*asked: str, language: str = "es", can: bool = True) -> tuple[str, ...]:
    return next_questions([QUOTED], asked, language, lambda _: can)


def test_questions_are_about_what_is_named_around_the_quote() -> None:
    questions = asked_next("¿Qué pasó?")
    assert len(questions) == 3
    named = ("Juan Ramón de la Fuente", "Marco Rubio", "Secretaría de Marina")
    assert all(any(name in question for name in named) for question in questions)


def test_what_was_asked_about_is_not_suggested_again() -> None:
    questions = asked_next("¿Quién es Marco Rubio?")
    assert questions and not any("Rubio" in question for question in questions)


def test_only_questions_that_can_be_answered_are_suggested() -> None:
    assert asked_next(can=False) == ()
    only = next_questions([QUOTED], (), "es", lambda question: "Marina" in question)
    assert len(only) == 1 and "Marina" in only[0]


def test_the_archive_is_searched_a_few_times_at_most() -> None:
    tried: list[str] = []
    names = " ".join(f"Habló Alfa{chr(97 + n)} Beta{chr(97 + n)}." for n in range(26))
    long = Document("b", "b", "T", names, "es")
    quoted = QuotedStretch(long, Span(0, 10))
    assert next_questions([quoted], (), "es", lambda question: bool(tried.append(question))) == ()
    assert 0 < len(tried) <= 8


def test_without_evidence_nothing_is_suggested() -> None:
    assert next_questions([], (), "es", lambda _: True) == ()


def test_each_suggestion_on_the_shipped_document_is_answered(seed_assistant: Assistant) -> None:
    first = seed_assistant.ask("¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?")
    quoted = [QuotedStretch(cited.document, Span(cited.start, cited.end)) for cited in first.citations]
    questions = seed_assistant.next_questions(quoted, [first.question], "es")
    assert questions
    assert all(seed_assistant.ask(question).answered for question in questions)
