import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.questions.followups import about_the_answer, standalone_question
from assistant.questions.history import CitedSpan, Exchange, leans_on_history
from index.document import Span

WHEN = "¿Cuándo será la próxima reunión del Grupo de Seguridad?"
FELL = "¿Cuánto bajaron los robos en Puebla?"


def test_a_verb_alone_takes_over_the_topic_of_the_last_question() -> None:
    whole = "¿Dónde será la próxima reunión del Grupo de Seguridad?"
    assert standalone_question("¿Y dónde será?", [Exchange(WHEN)]).text == whole
    assert (
        standalone_question("¿Qué firmó?", [Exchange("¿Quién es Ana Ruiz?")]).text == "¿Qué firmó Ana Ruiz?"
    )


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("¿Y dónde?", WHEN, "¿Dónde será la próxima reunión del Grupo de Seguridad?"),
        ("And when?", "Where will the Council meet?", "When will the Council meet?"),
        ("¿Desde cuándo?", "¿Cuánto sube el gas en 2026?", "¿Desde cuándo sube el gas en 2026?"),
    ],
)
def test_a_bare_word_of_asking_asks_the_last_question_anew(question: str, before: str, whole: str) -> None:
    assert (
        standalone_question(question, [Exchange(before)], "en" if question == "And when?" else "es").text
        == whole
    )


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("¿Y en Jalisco?", FELL, "¿Cuánto bajaron los robos en Jalisco?"),
        ("¿Y en 2018?", "¿Cuál fue la tasa en Puebla en 2024?", "¿Cuál fue la tasa en Puebla en 2018?"),
        ("¿Y el de Italia?", "¿Cuánto creció el turismo de Canadá?", "¿Cuánto creció el turismo de Italia?"),
        (
            "¿Y el Fovissste?",
            "¿Cuántas casas hará el Infonavit?",
            "¿Cuántas casas hará el Fovissste?",
        ),
        ("¿Y la más cara?", "¿Dónde está la tienda más barata?", "¿Dónde está la tienda más cara?"),
        (
            "¿Y las personas ciegas?",
            "¿Cuánto cobran de pensión los adultos mayores?",
            "¿Cuánto cobran de pensión las personas ciegas?",
        ),
        ("¿Y consultas?", "¿Cuántas cirugías hizo el IMSS?", "¿Cuántas consultas hizo el IMSS?"),
        ("And about Cuba?", "What did Rubio say about Iran?", "What did Rubio say about Cuba?"),
        ("And in Texas?", "How much did crime fall in Ohio?", "How much did crime fall in Texas?"),
    ],
)
def test_a_part_takes_the_place_of_its_like(question: str, before: str, whole: str) -> None:
    assert standalone_question(question, [Exchange(before)]).text == whole


@pytest.mark.parametrize(
    ("question", "before", "language", "whole"),
    [
        (
            "¿Quién la convocó?",
            "¿Dónde será la Cumbre del Clima?",
            "es",
            "Sobre la Cumbre del Clima, ¿quién la convocó?",
        ),
        (
            "¿Y cuánto costó?",
            "¿Qué hospital abrió el ISSSTE?",
            "es",
            "Sobre qué hospital abrió el ISSSTE, ¿cuánto costó?",
        ),
        (
            "¿Y eso por qué?",
            "¿Renunció Ana Ruiz?",
            "es",
            "Sobre si renunció Ana Ruiz, ¿y eso por qué?",
        ),
        (
            "How long did it last?",
            "What did Rubio and Vance sign?",
            "en",
            "About what Rubio and Vance did sign, how long did it last?",
        ),
    ],
)
def test_what_says_more_is_asked_about_the_last_topic(
    question: str, before: str, language: str, whole: str
) -> None:
    assert standalone_question(question, [Exchange(before)], language).text == whole


def test_a_name_that_was_the_answer_is_carried_over() -> None:
    history = [
        Exchange("¿Quién dirige el banco?", "Ana Ruiz. [1] Según el documento: «La dirige Ana Ruiz.» [1]")
    ]
    assert "Ana Ruiz" in standalone_question("¿Dónde la nombraron?", history).text


def test_a_refusal_carries_nothing_over() -> None:
    history = [Exchange("¿Quién dirige el banco?", "No lo encuentro en los documentos.")]
    assert "documentos" not in standalone_question("¿Dónde la nombraron?", history).text


def test_a_third_question_keeps_the_topic_and_drops_the_second() -> None:
    first = "¿Qué hospital abrió el ISSSTE?"
    second = standalone_question("¿Cuánto costó?", [Exchange(first)])
    history = [Exchange(first), Exchange(second.text, topic=second.topic)]
    third = standalone_question("¿Y a quiénes atenderá?", history).text
    assert third == "Sobre qué hospital abrió el ISSSTE, ¿a quiénes atenderá?"


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién es el canciller de México?",
        "Who is Marco Rubio?",
        "¿Qué pasó en Guadalajara?",
        "¿A cuánto está la gasolina en promedio?",
        "¿Y cuánto aumentó el salario mínimo en 2026?",
        "¿Dónde está la canasta básica más barata?",
        "¿Cuándo cerrará Toyota su planta?",
        "¿Qué es la inflación?",
        "¿Cómo va la inflación?",
        "Marco Rubio",
        "fentanilo",
        "cronología del caso Ayotzinapa",
        "How many people live in Mexico City?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert not leans_on_history(question)
    assert standalone_question(question, [Exchange(WHEN)]).text == question


def test_the_first_question_has_nothing_to_lean_on() -> None:
    assert standalone_question("¿Y dónde?", []).text == "¿Y dónde?"


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(("es", "en", "pt", "fr", "de")),
)
def test_no_words_are_too_strange_to_follow_up(
    question: str, before: str, answer: str, language: str
) -> None:
    assert (
        question.strip(" ¿?¡!.…") == ""
        or standalone_question(question, [Exchange(before, answer)], language).text
    )


def test_two_hundred_turns_are_as_good_as_two(assistant: Assistant) -> None:
    history = [
        Exchange(f"¿Quién es el ministro número {number}?", "No lo encuentro en los documentos.")
        for number in range(199)
    ]
    history.append(Exchange("¿Cuándo será la Reunión Ministerial de Seguridad?", "Febrero de 2026. [1]"))
    *_, finished = assistant.stream("¿Y dónde será?", history=history)
    assert finished.answer.standalone == "¿Dónde será la Reunión Ministerial de Seguridad?"  # type: ignore[union-attr]
    assert "Washington" in finished.answer.text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("focus", "question"),
    [
        ("la constructora Hermanos Osorio", "Sobre Hermanos Osorio, ¿dónde está su sede?"),
        ("Hermanos Osorio y Aguas Prado", ""),
        ("1,2 millones de euros", ""),
        ("", ""),
    ],
)
def test_a_follow_up_may_be_about_the_name_that_the_last_answer_gives(focus: str, question: str) -> None:
    quote = CitedSpan(1, "obras", Span(0, 60), f"Las obras: {focus}.", focus)
    history = [Exchange("Sobre el precio de las obras, ¿quién las hará?", "…", ("obras",), (quote,))]
    assert about_the_answer("¿Dónde está su sede?", history, "es") == question


def test_a_question_that_stands_alone_is_not_about_the_last_answer() -> None:
    quote = CitedSpan(1, "obras", Span(0, 60), "Las hará Osorio.", "Osorio")
    history = [Exchange("¿Quién hará las obras?", "Osorio. [1]", ("obras",), (quote,))]
    assert about_the_answer("¿Cuándo se inauguró la biblioteca de Lomas?", history, "es") == ""
