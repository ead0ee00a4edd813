"""A wire story that a paper has edited a little, beside stories that tell something else in like words."""

from datetime import date, timedelta

import pytest

from assistant.answer import Evidence
from assistant.finding.reprints import is_reprint
from assistant.finding.rewording import is_reworded
from index.document import DateSource, Document, Span

DAY = date(2024, 4, 9)
BEFORE = "La terminal de granos del puerto de Caldera trabajó sin pausa durante todo el verano austral. "
AFTER = " La cosecha llegó en tren hasta los silos del muelle norte y de allí a los barcos de bandera griega."
TOLD = "El puerto de Caldera exportó 52.000 toneladas de trigo en marzo y superó su marca anterior, dijo Ana Ruiz."
EDITED = (
    "Durante marzo, el puerto de Caldera exportó 52 mil toneladas de trigo "
    "y superó su anterior récord, según Ana Ruiz."
)


def printed(
    sentence: str, paper: str = "a", day: date | None = DAY, before: str = BEFORE, after: str = AFTER
) -> Evidence:
    text = f"{before}{sentence}{after}"
    document = Document(paper, f"{paper}.txt", f"Título de {paper}", text, "es", day, DateSource.HEADER)
    return Evidence(1, document, Span(len(before), len(before) + len(sentence)), 1.0, 0.9)


def test_a_story_with_some_words_changed_is_the_same() -> None:
    assert is_reprint(printed(TOLD), printed(EDITED, "b"))
    assert is_reprint(printed(EDITED, "b"), printed(TOLD))


def test_a_story_that_lost_a_paragraph_and_goes_to_print_two_days_later_is_the_same() -> None:
    later = printed(EDITED, "b", DAY + timedelta(2), before="")
    assert is_reprint(printed(TOLD), later)


@pytest.mark.parametrize(
    ("true", "other"),
    [
        ("52 mil", "54 mil"),
        ("52 mil", "52"),
        ("toneladas", "sacos"),
        ("Caldera", "Bahía Clara"),
        ("Ana Ruiz", "Luz Paz"),
        ("marzo", "abril"),
        ("exportó", "importó"),
        ("superó", "no superó"),
        ("anterior", "mayor"),
    ],
)
def test_edited_words_do_not_hide_another_figure_thing_name_month_verb_or_a_denial(
    true: str, other: str
) -> None:
    told = TOLD.replace("anterior", "menor") if true == "anterior" else TOLD
    altered = EDITED.replace(true, other)
    assert altered != EDITED
    assert not is_reprint(printed(told), printed(altered, "b"))
    assert not is_reprint(printed(altered, "b"), printed(told))


def test_who_won_against_whom_must_be_the_same() -> None:
    told = "El equipo de Peñarol venció con claridad al de Nacional en la final del torneo de verano."
    turned = "El equipo de Nacional venció claramente al de Peñarol en la final del torneo de verano."
    same = "El equipo de Peñarol venció claramente al de Nacional en la final del torneo de verano."
    assert is_reprint(printed(told), printed(same, "b"))
    assert not is_reprint(printed(told), printed(turned, "b"))


def test_like_words_weeks_apart_or_in_another_story_are_not_the_same() -> None:
    assert not is_reworded(printed(TOLD), printed(EDITED, "b", DAY + timedelta(20)))
    elsewhere = printed(
        EDITED,
        "b",
        before="Los vecinos del barrio alto piden otra escuela desde hace cinco años, sin respuesta alguna. "
        * 4,
        after=" El intendente recibirá a los padres esta semana y ofrecerá aulas móviles para el invierno."
        * 4,
    )
    assert not is_reworded(printed(TOLD), elsewhere)


def test_daily_figures_in_the_same_words_are_different_news() -> None:
    today = "El ministerio informó que se registraron 13 500 casos nuevos y 267 fallecimientos en el país."
    tomorrow = (
        "El ministerio comunicó que se registraron 14 115 casos nuevos y 291 fallecimientos en el país."
    )
    assert not is_reprint(printed(today), printed(tomorrow, "b", DAY + timedelta(1)))


def test_papers_in_two_languages_are_not_compared() -> None:
    english = Document("c", "c.txt", "Title", TOLD, "en", DAY, DateSource.HEADER)
    assert not is_reworded(printed(TOLD), Evidence(1, english, Span(0, len(TOLD)), 1.0, 0.9))
