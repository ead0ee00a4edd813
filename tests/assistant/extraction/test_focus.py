"""Where a quote answers, and the bare answer in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extraction.candidates import is_organisation
from assistant.extraction.focus import Focus, find_focus
from assistant.questions.question_words import AnswerType
from assistant.questions.understanding import Question, understand

PUBLISHED = date(2026, 1, 16)
CALL = (
    "Luego de la llamada de los mandatarios, la ministra Ana María de los Ríos, y el Secretario de Estado "
    "Paul Green sostuvieron una conversación con el objetivo de discutir los desafíos de seguridad."
)
MEETING = (
    "La directora Vega y el director Sanz convinieron en convocar una Cumbre Ministerial del Agua en Ottawa, "
    "en marzo, con motivo del primer aniversario del tratado."
)
GROUP = (
    "Acordaron que en la próxima reunión del Grupo de Seguimiento bilateral, que será realizada el 23 de "
    "enero, es necesario actuar para detener el tráfico de maderas y de aves en la frontera compartida."
)


def focus_of(question: str, quote: str, language: str = "es") -> Focus:
    found = find_focus(understand(question, language), quote, PUBLISHED)
    assert found is not None
    return found


def lead_of(question: str, quote: str, language: str = "es") -> str | None:
    lead = focus_of(question, quote, language).lead
    return None if lead is None else lead.of(quote)


@pytest.mark.parametrize(
    ("question", "quote", "lead"),
    [
        ("¿Quién es la ministra?", CALL, "Ana María de los Ríos"),
        ("¿Quién es el secretario de Estado?", CALL, "Paul Green"),
        ("¿Dónde será la cumbre ministerial?", MEETING, "Ottawa"),
        ("¿Quién viajó a Lima?", "El ministro De la Vega viajó a Lima el lunes.", "De la Vega"),
        ("¿Cuándo será la cumbre ministerial?", MEETING, "marzo"),
        ("¿Cuándo será la próxima reunión del grupo?", GROUP, "23 de enero"),
        ("¿Qué tráfico quieren detener?", GROUP, "maderas y de aves"),
        ("¿Quién es Paul Green?", CALL, "Secretario de Estado"),
        ("¿Cuántos casos nuevos hubo?", "Hubo 12 muertes y 1.450 casos nuevos.", "1.450"),
        ("¿Cuántas muertes hubo?", "Hubo 12 fallecidos y 1.450 casos nuevos.", "12"),
        ("¿Cuántos hornos hay?", "Se compran 2 hornos por 23.800,00 €.", "2"),
        (
            "¿Cuánto hay que pagar si se desiste?",
            "Si se desiste se pagarán seis mensualidades.",
            "seis mensualidades",
        ),
        ("¿Con cuánta antelación se avisa?", "Se avisa con cuatro meses de antelación.", "cuatro meses"),
        ("¿Cuánto debe La Espiga?", "La Espiga debe 5.160,00 € a Ribelles.", "5.160,00 €"),
        ("¿A cuánto asciende la deuda?", "La deuda asciende a 1.270.000 euros.", "1.270.000 euros"),
        ("¿Cuánto aumentaron las ventas?", "Las ventas aumentaron 12 % en mayo.", "12 %"),
        ("¿Cuánto sumaba la harina?", "La harina sumaba 12 €/kg.", "12 €"),
        ("¿Cuánto mide el local?", "El local mide 164 m² útiles.", "164 m²"),
        ("¿Cuál es el total de la factura?", "El total de la factura es de 38.115,00 €.", "38.115,00 €"),
        ("¿Qué porcentaje votó?", "El jueves votó el 61,5 % del padrón, 3 millones.", "61,5 %"),
        (
            "¿Cuánto dinero costó el puente?",
            "El puente, de 30 metros, costó 5 millones de pesos.",
            "5 millones de pesos",
        ),
        (
            "¿Qué es la FAO?",
            "Lo dijo la Organización del Agua (FAO) ayer.",
            "Organización del Agua",
        ),
        ("¿Qué es el ADN?", "El ADN es una molécula larga.", "una molécula larga"),
        (
            "¿Quién es Luis Paz?",
            "Vino el rector de la universidad, Luis Paz, y habló.",
            "el rector de la universidad",
        ),
        ("¿Cuánto tiempo duró la huelga?", "La huelga de 300 obreros duró tres semanas.", "tres semanas"),
    ],
)
def test_the_lead_is_the_bare_answer(question: str, quote: str, lead: str) -> None:
    found = lead_of(question, quote)
    assert found is not None
    assert found.removeprefix("el ").casefold() == lead.removeprefix("el ").casefold()


def test_an_english_question_finds_its_date_in_a_spanish_quote() -> None:
    assert lead_of("When is the next group meeting?", GROUP, "en") == "el 23 de enero"


def test_the_focus_is_the_clause_and_not_the_sentence() -> None:
    span = focus_of("¿Cuándo será la próxima reunión del grupo?", GROUP).span
    assert span.of(GROUP) == "será realizada el 23 de enero"


def test_a_date_is_resolved_against_the_publication() -> None:
    moment = focus_of("¿Cuándo será la próxima reunión del grupo?", GROUP).moment
    assert moment is not None
    assert moment.interval.start == date(2026, 1, 23)


def test_money_is_no_count_and_a_body_no_person() -> None:
    ground = "El sismo dañó el suelo, que se paga a razón de 50 mil pesos por vivienda."
    assert lead_of("¿Cuántas viviendas dañó el sismo?", ground) is None
    assert is_organisation("Guardia Nacional") and is_organisation("Casa Blanca")


def test_what_has_happened_has_no_date_after_the_publication_and_what_is_to_come_none_before() -> None:
    talked = "Vega y Sanz hablaron y convocaron una cumbre para el 20 de febrero."
    assert lead_of("¿Cuándo hablaron Vega y Sanz?", talked) is None
    assert lead_of("¿Cuándo hablaron Vega y Sanz?", talked.replace("hablaron", "hablaron ayer")) == "ayer"
    assert lead_of("¿Cuándo será la cumbre?", "La cumbre se aplazó; debía abrir el 5 de enero.") is None


def test_what_was_planned_may_be_after_the_publication() -> None:
    put_off = "La asamblea, prevista para el 20 de enero, se aplazó."
    assert lead_of("¿Para cuándo estaba prevista la asamblea?", put_off) == "el 20 de enero"


def test_a_reason_begins_with_the_word_that_opens_it() -> None:
    span = focus_of("¿Por qué se convoca la cumbre?", MEETING).span
    assert span.of(MEETING) == "con motivo del primer aniversario del tratado"


def test_a_purpose_begins_with_the_word_that_opens_it() -> None:
    span = focus_of("¿Para qué conversaron?", CALL).span
    assert span.of(CALL) == "con el objetivo de discutir los desafíos de seguridad"


def test_what_was_said_begins_behind_the_verb_of_saying() -> None:
    quote = "El ministerio difundió un mensaje en el que señaló que el avance lento es inaceptable."
    span = focus_of("¿Qué dijo el ministerio sobre el avance lento?", quote).span
    assert span.of(quote) == "el avance lento es inaceptable"


def test_several_names_are_led_with_together() -> None:
    quote = "Dirigieron la serie Leo Pinto, Clara Quijano y Lucas Cilla, en 2016."
    assert lead_of("¿Quiénes dirigieron la serie?", quote) == "Leo Pinto, Clara Quijano y Lucas Cilla"


def test_one_of_two_who_did_it_together_is_no_answer() -> None:
    quote = "La directora Ana Vega y el director Luis Sanz convocaron la cumbre."
    assert lead_of("¿Quién convocó la cumbre?", quote) is None
    assert lead_of("¿Quiénes convocaron la cumbre?", quote) == "Ana Vega y el director Luis Sanz"


def test_where_something_is_done_is_not_who_does_it() -> None:
    assert lead_of("¿Quién presentó el tratado?", "El tratado se presentó en San Telmo el lunes.") is None


def test_what_is_somebodys_is_not_what_they_are() -> None:
    assert lead_of("¿Quién es Vega?", "Hubo reparos ante el mensaje de Vega.") is None


def test_two_equal_candidates_give_no_lead() -> None:
    assert lead_of("¿Quién ganó?", "Compitieron Ana Paz y después Eva Sol.") is None


def test_a_name_that_the_question_says_is_no_answer() -> None:
    assert lead_of("¿Quién felicitó a Ana Paz?", "Ana Paz recibió flores de su familia.") is None


def test_a_summary_has_no_focus() -> None:
    assert find_focus(understand("Resume la reunión", "es"), GROUP, PUBLISHED) is None


@given(
    st.sampled_from(list(AnswerType)),
    st.text(
        alphabet=st.sampled_from("El Ana y 23 de enero, que (por) $5 %.\n«»") | st.characters(), max_size=200
    ),
)
def test_focus_and_lead_are_spans_of_the_quote(wants: AnswerType, quote: str) -> None:
    question = Question("¿qué casos hubo?", "es", wants, ("cas", "ana"), ("Ana",), "cas", True)
    found = find_focus(question, quote, None)
    for span in (found.span, found.lead) if found else ():
        assert span is None or 0 <= span.start < span.end <= len(quote)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("¿De cuánto es el aval?", "3. El aval se renovará."),
        (
            "¿Qué cantidad tiene el aval?",
            "- 12) El aval, según el artículo 394 y la cláusula 4, se renovará.",
        ),
        ("¿Cuánto suma la factura?", "La factura n.º 2025-0347 de Hornos, procedimiento 1187/2025."),
        ("¿Cuánto vence en enero?", "De la deuda, 480.000 vencen en enero."),
        ("¿Cuánto mide la terraza?", "Se autoriza una terraza de hasta 12 mesas."),
    ],
)
def test_a_number_that_is_no_amount_does_not_lead(question: str, quote: str) -> None:
    assert lead_of(question, quote) is None


def test_the_number_of_a_paper_leads_where_a_number_is_asked_for() -> None:
    assert (
        lead_of("¿Cuál es el número de la ley de costas?", "La ley de costas es la ley 19.120.") == "19.120"
    )


ROW = "Tienda: Sagunto; Trimestre: T1 2025; Ventas: 655; Responsable: Jordi Esteve"


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué responsable vende más?",
        "¿Quién es el responsable con mayores ventas?",
        "¿Cuándo hubo más ventas?",
        "¿Cuántas ventas más hubo en Sagunto?",
    ],
)
def test_no_row_of_a_table_answers_by_itself_what_compares_several(question: str) -> None:
    assert lead_of(question, ROW) is None


def test_a_row_answers_what_is_asked_of_it_alone() -> None:
    assert lead_of("¿Cuántas ventas hubo en Sagunto?", ROW) == "655"


def test_a_sentence_that_compares_may_answer() -> None:
    assert lead_of("¿Quién vendió más?", "El que más vendió fue Jordi Esteve.") == "Jordi Esteve"


def test_a_figure_is_not_of_what_a_later_sentence_speaks_of() -> None:
    threat = "Le pedimos que pague 500 euros antes del 30 de enero. De no hacerlo, presentaremos demanda."
    assert lead_of("¿Cuándo se presentó la demanda?", threat) is None
    assert lead_of("¿Cuánto pagó por la demanda?", threat.replace("que pague", "que abone")) is None


def test_a_figure_is_not_of_what_a_paragraph_before_speaks_of() -> None:
    letter = "Si no, presentaremos la demanda.\n\nEl aval caduca el 15 de diciembre."
    assert lead_of("¿Cuándo se presentó la demanda?", letter) is None
    assert lead_of("¿Cuándo caduca el aval?", letter) == "el 15 de diciembre"
    assert lead_of("¿Cuándo será la cumbre?", "Cumbre\n\nEmpezará el 30 de enero.") == "el 30 de enero"


def test_a_figure_may_be_of_what_the_sentence_before_speaks_of() -> None:
    assert (
        lead_of("¿Cuándo será la cumbre?", "La cumbre será en Ottawa. Empezará el 30 de enero.")
        == "el 30 de enero"
    )
