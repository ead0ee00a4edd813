from collections.abc import Iterator
from string import ascii_lowercase

import pytest

from assistant import Assistant
from assistant.suggestions import Stretch, Suggestion, suggest
from index.document import Block, BlockKind, Document, Span
from tests.news import small_archive

DOCUMENTS = (
    {
        "id": "contrato",
        "date": "2025-02-03",
        "title": "Contrato",
        "text": "El alquiler mensual es de 850.000 pesos durante el primer año. La garantía cubre los daños del techo. "
        "Firma el contrato la directora Lucía Benítez Arce.",
    },
    {
        "id": "manual",
        "date": "2025-03-03",
        "title": "Manual",
        "text": "The maximum depth is 30 metres. The sensors will be delivered on 1 July 2025.",
    },
)


def _stretch(text: str, language: str = "es", heading: str = "") -> Stretch:
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)), headings=(heading,) if heading else ())
    return Stretch(Document("a", "a.txt", "Título", text, language, blocks=(block,)), block.span)


def _suggested(text: str, language: str = "es", heading: str = "", *asked: str) -> tuple[str, ...]:
    return suggest([_stretch(text, language, heading)], language, lambda _: True, asked=asked)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("El alquiler mensual es de 850.000 pesos.", "¿De cuánto es el alquiler mensual?"),
        ("La empresa Techos Andinos pide 2.100.000 pesos.", "¿Cuánto pide Techos Andinos?"),
        ("La próxima reunión será el 8 de mayo de 2025.", "¿Cuándo será la próxima reunión?"),
        ("Ayer Noemí Quispe informó que hay filtraciones.", "¿Qué informó Noemí Quispe?"),
        ("Habló el canciller Juan Ramón de la Fuente.", "¿Quién es Juan Ramón de la Fuente?"),
        ("La garantía cubre dos años.", "¿Qué cubre la garantía?"),
    ],
)
def test_a_sentence_gives_the_question_that_it_answers(sentence: str, question: str) -> None:
    assert _suggested(sentence) == (question,)


def test_an_english_sentence_gives_an_english_question() -> None:
    text = "The monthly rent is $850. The sensors will be delivered on 1 July 2025."
    assert _suggested(text, "en") == ("What is the monthly rent?", "When will the sensors be delivered?")


def test_a_decision_is_asked_about_by_the_heading_above_it() -> None:
    text = "Se decide pedir tres presupuestos."
    assert _suggested(text, "es", "2. Techo del gimnasio") == ("¿Qué se decidió sobre «Techo del gimnasio»?",)
    assert _suggested(text) == ()


@pytest.mark.parametrize(
    "heading", ["CLÁUSULA PRIMERA", "Título", "Resumen", "<b>El techo</b>", "Techo de 2025", "Techo " * 20]
)
def test_a_heading_that_is_no_subject_is_not_asked_about(heading: str) -> None:
    text = "El consejo espera que la obra del techo empiece pronto."
    assert _suggested(text, "es", heading) == ()


def test_what_was_asked_is_not_suggested_again() -> None:
    asked = "¿de cuanto es el alquiler mensual?"
    assert _suggested("El alquiler mensual es de 850 pesos.", "es", "", asked) == ()


def test_documents_take_turns() -> None:
    people = _stretch("Ayer Ana Paz informó que hay filtraciones. Ayer Luis Rey informó que no hay.")
    asked = suggest([people, _stretch("La garantía cubre dos años.")], "es", lambda _: True, count=2)
    assert asked == ("¿Qué informó Ana Paz?", "¿Qué cubre la garantía?")


def test_what_tells_nothing_that_is_asked_for_gives_no_question() -> None:
    assert _suggested("no hay nombres aquí.") == ()
    assert suggest([], "es", lambda _: True) == ()


def test_only_questions_that_are_answered_are_suggested_and_a_few_are_tried_at_most() -> None:
    tried: list[Suggestion] = []
    many = _stretch(" ".join(f"Ayer Alfa{n} Beta{n} informó que hay filtraciones." for n in ascii_lowercase))
    assert suggest([many], "es", lambda one: bool(tried.append(one))) == ()
    assert 0 < len(tried) <= 16
    assert suggest([many], "es", lambda one: "Alfac" in one.question) == ("¿Qué informó Alfac Betac?",)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with small_archive(tmp_path_factory.mktemp("folder"), DOCUMENTS) as opened:
        yield opened


def test_the_first_questions_are_in_the_readers_language_first_and_surely_answered(
    archive: Assistant,
) -> None:
    spanish, english = archive.first_questions("es"), archive.first_questions("en")
    assert spanish[0].startswith("¿") and not english[0].startswith("¿")
    assert set(spanish) == set(english)
    answers = [archive.ask(question) for question in spanish]
    assert [answer.question for answer in answers if not answer.answered] == []


def test_the_questions_to_go_on_with_are_about_what_stands_around_the_quote(archive: Assistant) -> None:
    document = archive.document("contrato")
    asked = "¿De cuánto es el alquiler mensual?"
    questions = archive.next_questions([(document, Span(0, 20))], [asked], "es")
    assert questions and asked not in questions
    assert archive.next_questions([], [], "es") == ()


def test_each_suggestion_on_the_shipped_document_is_another_and_is_answered(
    seed_assistant: Assistant,
) -> None:
    answer = seed_assistant.ask("¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?")
    quoted = [(cited.document, Span(cited.start, cited.end)) for cited in answer.citations]
    first = [seed_assistant.first_questions(language) for language in ("es", "en")]
    offered = [*first, seed_assistant.next_questions(quoted, [answer.question], "es")]
    for questions in offered:
        assert len(set(questions)) == len(questions) == 3
        assert all(question.endswith("?") for question in questions)
    assert all(seed_assistant.ask(question).answered for question in set().union(*offered))
