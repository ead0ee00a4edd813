"""What a question wants, told from its wording in four languages."""

import pytest

from assistant.questions.understanding import AnswerType, understand


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("¿Quién es el canciller de México?", AnswerType.PERSON),
        ("¿Quién es Juan Ramón de la Fuente?", AnswerType.ROLE),
        ("quien gano las elecciones", AnswerType.PERSON),
        ("¿A quién nombraron?", AnswerType.PERSON),
        ("¿Cuándo será la próxima reunión?", AnswerType.DATE),
        ("¿En qué año nació?", AnswerType.DATE),
        ("¿Desde cuándo gobierna?", AnswerType.DATE),
        ("¿Cuánto tiempo duró la huelga?", AnswerType.DURATION),
        ("¿A qué hora empieza?", AnswerType.TIME),
        ("¿Dónde será la reunión?", AnswerType.PLACE),
        ("¿En qué departamentos hubo casos?", AnswerType.PLACE),
        ("¿Cuántos casos hubo ayer?", AnswerType.NUMBER),
        ("¿Qué porcentaje votó?", AnswerType.PERCENT),
        ("¿Cuánto dinero se invirtió?", AnswerType.MONEY),
        ("¿Cuánto es la fianza?", AnswerType.MONEY),
        ("¿De cuánto es el aval bancario?", AnswerType.MONEY),
        ("¿A cuánto asciende la deuda?", AnswerType.MONEY),
        ("¿Cuánto cobra Northgate?", AnswerType.MONEY),
        ("¿Cuánto se paga por kilómetro?", AnswerType.MONEY),
        ("¿Cuál es la renta mensual?", AnswerType.MONEY),
        ("¿Cuánto debe La Espiga?", AnswerType.NUMBER),
        ("¿A cuánto asciende el número de heridos?", AnswerType.NUMBER),
        ("¿Por qué renunció?", AnswerType.REASON),
        ("¿Para qué sirve el fondo?", AnswerType.PURPOSE),
        ("¿Qué es la OMS?", AnswerType.DEFINITION),
        ("¿Qué dijo el Departamento de Estado?", AnswerType.STATEMENT),
        ("¿Cuáles son las medidas?", AnswerType.LIST),
        ("¿Qué tráfico quieren detener?", AnswerType.THING),
        ("¿Cómo se contagia?", AnswerType.MANNER),
        ("Resume la conferencia", AnswerType.SUMMARY),
        ("¿Es cierto que viene Rubio?", AnswerType.YES_NO),
        ("Según Ripoll, ¿quién debe ir?", AnswerType.PERSON),
    ],
)
def test_spanish_questions_are_told_apart(text: str, wants: AnswerType) -> None:
    assert understand(text, "es").wants is wants


@pytest.mark.parametrize(
    ("text", "language", "wants"),
    [
        ("Who is the foreign minister?", "en", AnswerType.PERSON),
        ("Who is Marco Rubio?", "en", AnswerType.ROLE),
        ("When is the next security group meeting?", "en", AnswerType.DATE),
        ("In 2019, Mexico exported to which country?", "en", AnswerType.PLACE),
        ("How many cases were there?", "en", AnswerType.NUMBER),
        ("How much is the audit fee?", "en", AnswerType.MONEY),
        ("How much was the rent increased?", "en", AnswerType.NUMBER),
        ("Why did he resign?", "en", AnswerType.REASON),
        ("What did the department say?", "en", AnswerType.STATEMENT),
        ("Did he resign?", "en", AnswerType.YES_NO),
        ("Quem é o ministro?", "pt", AnswerType.PERSON),
        ("Quando será a reunião?", "pt", AnswerType.DATE),
        ("Qui est le ministre ?", "fr", AnswerType.PERSON),
        ("Où aura lieu la réunion ?", "fr", AnswerType.PLACE),
    ],
)
def test_questions_in_other_languages_are_told_apart(text: str, language: str, wants: AnswerType) -> None:
    assert understand(text, language).wants is wants


def test_terms_are_stems_without_the_words_that_ask() -> None:
    assert understand("¿Cuándo será la próxima reunión?", "es").terms == ("proxim", "reunion")


@pytest.mark.parametrize("text", ["¿Quiénes firmaron?", "¿En qué departamentos hubo casos?", "¿Cuáles son?"])
def test_a_question_for_several_answers_is_plural(text: str) -> None:
    assert understand(text, "es").plural


def test_a_question_for_one_answer_is_not_plural() -> None:
    assert not understand("¿Quién firmó?", "es").plural


@pytest.mark.parametrize("text", ["", "?", "¿¿??", "…", "hola"])
def test_what_is_no_question_wants_nothing_in_particular(text: str) -> None:
    assert understand(text, "es").wants in {AnswerType.OTHER, AnswerType.YES_NO}


def test_an_unknown_language_is_read_as_spanish() -> None:
    assert understand("¿Quién ganó?", "xx").language == "es"


@pytest.mark.parametrize(
    ("question", "language", "office"),
    [
        ("¿Quién es la secretaria de Turismo?", "es", True),
        ("¿Quién preside la comisión?", "es", True),
        ("Who is the minister of tourism?", "en", True),
        ("Who chairs the committee?", "en", True),
        ("¿Quién es Marta Iriarte?", "es", False),
        ("¿Quiénes son los más afectados?", "es", False),
        ("¿Quién ganó la copa?", "es", False),
        ("¿A quién beneficia la campaña?", "es", False),
    ],
)
def test_it_is_told_whether_a_question_asks_who_holds_an_office(
    question: str, language: str, office: bool
) -> None:
    assert understand(question, language).office is office


@pytest.mark.parametrize(
    ("question", "language", "also"),
    [
        ("¿Dónde y cuándo será la reunión?", "es", AnswerType.DATE),
        ("¿En qué ciudad y en qué mes será la reunión?", "es", AnswerType.DATE),
        ("¿Qué día y a qué hora empieza?", "es", AnswerType.TIME),
        ("When and where will it be?", "en", AnswerType.PLACE),
        ("Which city and which month will it be in?", "en", AnswerType.DATE),
        ("¿En qué ciudad y estado vive?", "es", None),
        ("¿Qué país y equipo ganaron?", "es", None),
    ],
)
def test_the_second_thing_that_a_question_asks_for_is_known(
    question: str, language: str, also: AnswerType | None
) -> None:
    assert understand(question, language).also is also


@pytest.mark.parametrize(
    ("text", "language"),
    [("How much is it?", "en"), ("¿Cuánto debemos?", "es"), ("¿Qué sabes de Trigal?", "es")],
)
def test_a_verb_that_ends_in_s_asks_for_one_answer(text: str, language: str) -> None:
    assert not understand(text, language).plural
