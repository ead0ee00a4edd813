"""Finding and resolving dates in Spanish news."""

from datetime import date, timedelta

import pytest

from index.dates import DateExpression, Grain, Interval, find_dates

PUBLISHED = date(2026, 1, 16)  # a Friday


def only(text: str, reference: date | None = PUBLISHED, language: str = "es") -> DateExpression:
    found = find_dates(text, reference, language)
    assert len(found) == 1, found
    return found[0]


def iso(text: str, reference: date | None = PUBLISHED, language: str = "es") -> str:
    interval = only(text, reference, language).interval
    return "/".join(day.isoformat() if day else ".." for day in (interval.start, interval.end))


def day(text: str, reference: date | None = PUBLISHED, language: str = "es") -> str:
    start, end = iso(text, reference, language).split("/")
    assert start == end
    return start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("que será realizada el 23 de enero", "2026-01-23"),
        ("se realizó el 23 de diciembre", "2025-12-23"),
        ("se realizó el 20 de marzo", "2025-03-20"),
        ("El 20 de marzo se realizó el acto", "2025-03-20"),
        ("El 20 de enero se realizará el acto", "2026-01-20"),
        ("la obra se inaugurará el 5 de noviembre", "2026-11-05"),
    ],
)
def test_the_tense_beside_a_date_chooses_its_year(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "other"),
    [
        ("las autoridades pusieron el 30 de enero como plazo", "2026-01-30", "2025-01-30"),
        ("teníamos previsto lanzar la programación el 10 de enero", "2026-01-10", "2027-01-10"),
        ("se aplazó una reunión que iba a realizarse el 5 de enero", "2026-01-05", "2027-01-05"),
    ],
)
def test_a_day_of_these_weeks_is_of_this_year_though_the_verb_beside_says_otherwise(
    text: str, expected: str, other: str
) -> None:
    (found,) = find_dates(text, PUBLISHED, "es")
    assert [str(reading.start) for reading in found.readings] == [expected, other]
    assert not found.sure


def test_a_day_of_these_weeks_is_surely_of_this_year_if_the_verb_is_far() -> None:
    (found,) = find_dates("anunció que el plazo para las inscripciones es el 30 de enero", PUBLISHED, "es")
    assert [str(reading.start) for reading in found.readings] == ["2026-01-30"]
    assert found.sure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anunció que el martes viajará", "2026-01-20"),
        ("dijo el martes", "2026-01-13"),
        ("este viernes se reunió con el canciller", "2026-01-16"),
        ("anunciaron que este martes comenzará a ensayarse", "2026-01-20"),
        ("informó Efe. Este domingo abre", "2026-01-18"),
        ("El lunes el senador y líder del partido", "2026-01-12"),
        ("se presentarán a trabajar el lunes", "2026-01-19"),
        ("el aislamiento decretado el jueves", "2026-01-15"),
        ("convocó para el martes a las 9", "2026-01-20"),
        ("difundida este jueves, la encuesta registrará un alza", "2026-01-15"),
        ("el pasado lunes", "2026-01-12"),
        ("el próximo martes", "2026-01-20"),
        ("el miércoles de la semana que viene", "2026-01-21"),
        ("nos vemos el jueves", "2026-01-22"),
        ("el jueves tenemos reunión", "2026-01-22"),
        ("dijo que el jueves hay reunión", "2026-01-22"),
        ("os paso el acta del jueves, que está firmada", "2026-01-15"),
        ("el jueves pasado", "2026-01-08"),
        ("este pasado jueves", "2026-01-15"),
        ("el sábado que viene", "2026-01-24"),
    ],
)
def test_a_weekday_is_the_one_that_the_verb_asks_for(text: str, expected: str) -> None:
    assert day(text) == expected


def test_a_plan_told_in_the_past_tense_still_points_to_the_nearest_month() -> None:
    text = "convinieron en convocar una reunión en Washington, en febrero, con motivo del aniversario"
    assert iso(text) == "2026-02-01/2026-02-28"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el 16/01/2026", "2026-01-16"),
        ("2026-01-16", "2026-01-16"),
        ("05-ago-2016", "2016-08-05"),
        ("el 31/12/99", "1999-12-31"),
        ("el cuatro de mayo de mil novecientos noventa", "1990-05-04"),
        ("primero de marzo de 2020", "2020-03-01"),
        ("el 1.º de julio de 2020", "2020-07-01"),
        ("viernes, 12 de septiembre de 2014", "2014-09-12"),
        ("mayo 5 del 2013", "2013-05-05"),
        ("29/2/2020", "2020-02-29"),
        ("el último viernes de noviembre de 2024", "2024-11-29"),
        ("el Jueves Santo de 2024", "2024-03-28"),
        ("el Día Internacional de la Mujer de 2024", "2024-03-08"),
    ],
)
def test_a_full_date_needs_no_reference(text: str, expected: str) -> None:
    assert expected in iso(text, None) and find_dates(text, None, "es")[0].grain is Grain.DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("enero de 2026", "2026-01-01/2026-01-31"),
        ("de 2014 a 2018", "2014-01-01/2018-12-31"),
        ("2018-2024", "2018-01-01/2024-12-31"),
        ("del 3 al 5 de marzo de 2025", "2025-03-03/2025-03-05"),
        ("en la calle Cervantes, 21, hasta el 30 de junio de 2025", "../2025-06-30"),
        ("entre mayo y julio de 2025", "2025-05-01/2025-07-31"),
        ("de noviembre a febrero de 2017", "2016-11-01/2017-02-28"),
        ("primer trimestre de 2025", "2025-01-01/2025-03-31"),
        ("la segunda quincena de marzo de 2021", "2021-03-16/2021-03-31"),
        ("la primera semana de enero de 2015", "2014-12-29/2015-01-04"),
        ("los años noventa", "1990-01-01/1999-12-31"),
        ("la década de 1920", "1920-01-01/1929-12-31"),
        ("el siglo XIX", "1800-01-01/1899-12-31"),
        ("a mediados del siglo XX", "1933-05-01/1966-08-31"),
        ("la Semana Santa de 2026", "2026-03-29/2026-04-05"),
        ("desde marzo de 2020", "2020-03-01/.."),
        ("antes de 2010", "../2009-12-31"),
        ("hasta 2010", "../2010-12-31"),
        ("después de febrero de 2018", "2018-03-01/.."),
        ("2018 en adelante", "2018-01-01/.."),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, expected: str) -> None:
    assert iso(text, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ayer", "2026-01-15/2026-01-15"),
        ("anteayer", "2026-01-14/2026-01-14"),
        ("pasado mañana", "2026-01-18/2026-01-18"),
        ("la semana pasada", "2026-01-05/2026-01-11"),
        ("el mes entrante", "2026-02-01/2026-02-28"),
        ("el año pasado", "2025-01-01/2025-12-31"),
        ("este trimestre", "2026-01-01/2026-03-31"),
        ("hace tres semanas", "2025-12-26/2025-12-26"),
        ("dentro de dos semanas", "2026-01-30/2026-01-30"),
        ("los últimos 3 meses", "2025-10-16/2026-01-16"),
        ("los próximos tres días", "2026-01-17/2026-01-19"),
        ("creció en el cuarto trimestre", "2025-10-01/2025-12-31"),
        ("crecerá en el segundo semestre", "2026-07-01/2026-12-31"),
        ("en lo que va del año", "2026-01-01/2026-01-16"),
        ("el resto del mes", "2026-01-16/2026-01-31"),
        ("diciembre del año pasado", "2025-12-01/2025-12-31"),
        ("dos días después de Navidad de 2025", "2025-12-27/2025-12-27"),
        ("la semana después de la próxima", "2026-01-26/2026-02-01"),
        ("ayer jueves 15 de enero", "2026-01-15/2026-01-15"),
        ("el 23 de enero (viernes)", "2026-01-23/2026-01-23"),
        ("del 2 al 6 de febrero", "2026-02-02/2026-02-06"),
    ],
)
def test_a_deictic_expression_counts_from_the_publication_date(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "El Mayo Zambada cayó",
        "Abril dijo que no",
        "Julio Scherer y Agosto Guerra",
        "en Santo Domingo",
        "el segundo piso",
        "24 horas y 100 días",
        "durante tres meses",
        "todos los lunes, miércoles y viernes",
        "de lunes a viernes de 9 a 21 horas",
        "cada año, 2000 personas",
        "página 1998",
        "la Ley 2004",
        "COVID-19",
        "ganó 2-1",
        "tel. 2604 1998",
        "costó 1998 pesos y 1.998 dólares",
        "1/2 litro, 24/7",
        "por la mañana",
        "Repartidor por 18 de Julio",
        "la avenida 9 de julio",
        "el código 133-03-03-2020",
        "los próximos días",
        "30 de febrero de 2020",
        "la Agenda 2030",
        "hoy en día",
        "Ese año se estrenaron tres",
        "Un viernes, alguien llamó",
        "en marzo de cada año",
        "cada 23 de enero",
        "la semana siguiente a la aparición",
        "testeo al día 7",
        "en 18 de Julio 1618",
        "https://diario.example/2020-03-30/nota",
        "un Marco Curricular, en ese marco",
        "los fines de semana no hay servicio",
        "al día siguiente",
        "tres días después",
        "antes del día 5 del mes siguiente",
        "se desiste pasados seis meses",
        "cada primer lunes de mes",
        "empleos hoy día",
        "pollo con mayo y lechuga, con mayo",
        "costó 2.025 euros, o 2025 €",
        "la ley 12/2019 y el artículo 2019",
        "versión 2.0.2024 y núcleo 2.6.16",
        "el nodo 3c3a7dc1912e responde a port=2000",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, PUBLISHED, "es") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("este año 2025", "2025-01-01/2025-12-31"),
        ("este año [2025]", "2025-01-01/2025-12-31"),
        ("el verano del 87", "1987-06-21/1987-09-23"),
        ("el curso 2024/25", "2024-01-01/2025-12-31"),
        ("el pasado mes de octubre de 2023", "2023-10-01/2023-10-31"),
        ("En 2025 superamos las metas", "2025-01-01/2025-12-31"),
        ("septiembre del '24", "2024-09-01/2024-09-30"),
        ("17 de enero de 2.025", "2025-01-17/2025-01-17"),
        ("Ordenanza de DOS MIL VEINTE", "2020-01-01/2020-12-31"),
        ("a diecisiete de enero de DOS MIL VEINTICINCO", "2025-01-17/2025-01-17"),
        ("a los quince (15) días del mes de marzo de 2024", "2024-03-15/2024-03-15"),
        ("En Tudela, a 12 de mayo de 2025, a las 19:00 horas", "2025-05-12/2025-05-12"),
    ],
)
def test_a_year_that_is_written_decides(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el 5 del corriente", "2026-01-05/2026-01-05"),
        ("12 de mayo del cte.", "2026-05-12/2026-05-12"),
        ("el 12 de mayo p.pdo.", "2025-05-12/2025-05-12"),
        ("dos días antes de finales de marzo de 2025", "2025-03-29/2025-03-29"),
        ("a partir del 3 de mayo de 2025, a las 9", "2025-05-03/.."),
        ("el próximo día 5", "2026-02-05/2026-02-05"),
        ("el pasado día 10", "2026-01-10/2026-01-10"),
        ("dentro de 5 días hábiles", "2026-01-23/2026-01-23"),
        ("hace un año y medio", "2024-07-16/2024-07-16"),
        ("la víspera de Navidad de 2025", "2025-12-24/2025-12-24"),
        ("el día después de Navidad de 2025", "2025-12-26/2025-12-26"),
        ("a principios de los noventa", "1990-01-01/1993-04-30"),
        ("el primer lunes de 2025", "2025-01-06/2025-01-06"),
        ("la segunda mitad del siglo XX", "1950-01-01/1999-12-31"),
        ("el viernes antes de Navidad de 2025", "2025-12-19/2025-12-19"),
        ("la semana que viene el viernes", "2026-01-23/2026-01-23"),
        ("hace medio año", "2025-07-16/2025-07-16"),
        ("hace menos de 3 días", "2026-01-13/2026-01-16"),
        ("2S de 2025", "2025-07-01/2025-12-31"),
        ("finales de los 80", "1986-09-01/1989-12-31"),
        ("en el ‘24", "2024-01-01/2024-12-31"),
        ("desde este viernes 16/01 hasta el próximo domingo 18/01", "2026-01-16/2026-01-18"),
        ("dos y medio años atrás", "2023-07-16/2023-07-16"),
        ("la penúltima semana de mayo de 2025", "2025-05-19/2025-05-25"),
        ("el antepenúltimo día de mayo de 2025", "2025-05-29/2025-05-29"),
        ("el penúltimo viernes de mayo de 2025", "2025-05-23/2025-05-23"),
        ("el mes antepasado", "2025-11-01/2025-11-30"),
        ("el fin de semana del 5 de mayo de 2025", "2025-05-10/2025-05-11"),
        ("el 12/3 de 2025", "2025-03-12/2025-03-12"),
        ("el 08/12,2015", "2015-12-08/2015-12-08"),
        ("dentro de los próximos 3 años", "2026-01-16/2029-01-16"),
        (">= 2019", "2019-01-01/.."),
    ],
)
def test_what_letters_and_speech_say_of_days_is_read(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entre agosto de 2019 y ahora", "2019-08-01/2026-01-16"),
        ("desde el segundo trimestre de 2023 hasta hoy", "2023-04-01/2026-01-16"),
        ("desde el 5 de mayo de 2025 hasta el 27", "2025-05-05/2025-05-27"),
        ("el ejercicio 2024/2025", "2024-01-01/2025-12-31"),
        ("entre ahora y el 21 de mayo", "2026-01-16/2026-05-21"),
        ("desde 2015 hasta la fecha", "2015-01-01/2026-01-16"),
        ("de ene a mar de 2025", "2025-01-01/2025-03-31"),
        ("28/2-1/3/2020", "2020-02-28/2020-03-01"),
        ("el curso 2024-25", "2024-01-01/2025-12-31"),
        ("esta semana de martes a jueves", "2026-01-13/2026-01-15"),
        ("de martes a jueves de esta semana", "2026-01-13/2026-01-15"),
        ("desde hoy hasta dos días después", "2026-01-16/2026-01-18"),
    ],
)
def test_a_range_takes_from_one_end_what_the_other_lacks(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el año anterior a 2015", "2014-01-01/2014-12-31"),
        ("la semana siguiente a Navidad de 2025", "2025-12-29/2026-01-04"),
        ("el domingo siguiente a Navidad de 2025", "2025-12-28/2025-12-28"),
        ("los tres días anteriores a Navidad de 2025", "2025-12-22/2025-12-24"),
        ("los 30 días siguientes al 5 de mayo de 2025", "2025-05-06/2025-06-04"),
        ("dentro de los 15 días posteriores al 5 de mayo de 2025", "2025-05-06/2025-05-20"),
        ("cinco años desde el 1 de abril de 2025", "2025-04-01/2030-03-31"),
        ("dos semanas desde mañana", "2026-01-31/2026-01-31"),
    ],
)
def test_what_is_told_of_a_date_beside_it_counts_from_that(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize("text", ["sep-23-2020", "2020/23/sep", "23/sep/2020", "2020-09-23", "23.09.2020"])
def test_a_date_in_digits_is_read_in_any_order(text: str) -> None:
    assert day(text, None) == "2020-09-23"


def test_a_weekday_that_does_not_agree_with_a_day_of_these_weeks_moves_no_year() -> None:
    assert day("el martes 7 de enero se reunieron") == "2026-01-07"


def test_without_a_reference_only_expressions_that_carry_their_year_are_found() -> None:
    text = "Ayer, el lunes y en marzo se recordó el 2 de octubre de 1968"
    assert day(text, None) == "1968-10-02"


def test_an_enumeration_gives_each_day_its_month() -> None:
    found = find_dates("el 3, 4 y 5 de marzo de 2020", None, "es")
    assert [e.interval.start for e in found] == [date(2020, 3, 3), date(2020, 3, 4), date(2020, 3, 5)]


def test_a_day_after_a_dated_event_takes_its_month() -> None:
    found = find_dates(
        "trabajó hasta el 18 de marzo y a partir del 19 pasa al seguro", date(2020, 3, 30), "es"
    )
    assert [e.interval for e in found] == [
        Interval(None, date(2020, 3, 18)),
        Interval(date(2020, 3, 19), None),
    ]


def test_a_day_behind_another_month_may_be_of_either() -> None:
    month, day = find_dates("La renta de julio se pagó el día 4 por transferencia", date(2025, 9, 18), "es")
    assert month.sure
    assert not day.sure
    assert [reading.start for reading in day.readings] == [date(2025, 9, 4), date(2025, 7, 4)]


def test_a_day_behind_its_own_month_is_sure() -> None:
    _, day = find_dates("La renta de septiembre se pagó el día 4", date(2025, 9, 18), "es")
    assert day.sure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Llegó el 5 de enero; al día siguiente partió", "2026-01-06/2026-01-06"),
        ("Llegó el 5 de enero; tres días después partió", "2026-01-08/2026-01-08"),
        ("Llegó el 5 de enero; dos días antes había escrito", "2026-01-03/2026-01-03"),
        ("Llegó el 5 de enero; el siguiente lunes partió", "2026-01-12/2026-01-12"),
        ("Llegó el 5 de mayo de 2025 y el 24 del mismo mes partió", "2025-05-24/2025-05-24"),
        ("Bajó en septiembre de 2025; un mes antes, no", "2025-08-01/2025-08-31"),
    ],
)
def test_what_counts_from_a_date_counts_from_the_one_told_before(text: str, expected: str) -> None:
    _, second = find_dates(text, PUBLISHED, "es")
    assert f"{second.interval.start}/{second.interval.end}" == expected


def test_the_following_day_counts_from_the_date_before_it() -> None:
    found = find_dates("Llegó el 5 de enero; al día siguiente partió", PUBLISHED, "es")
    assert [e.interval.start for e in found] == [date(2026, 1, 5), date(2026, 1, 6)]
    assert not found[1].sure


def test_that_year_is_the_one_named_before() -> None:
    found = find_dates("En 2019 crecieron; ese año fue bueno", PUBLISHED, "es")
    assert [e.interval.start for e in found] == [date(2019, 1, 1), date(2019, 1, 1)]


def test_an_uncertain_date_shows_its_readings_the_likeliest_first() -> None:
    found = only("el 3 de agosto")
    assert not found.sure
    assert [r.start for r in found.readings] == [date(2025, 8, 3), date(2026, 8, 3)]
    assert found.interval == found.readings[0]


def test_of_two_readings_equally_near_the_earlier_comes_first() -> None:
    text = "2.186 casos entre sábado y domingo, de los cuales 632 requieren atención"
    for week in range(60):
        found = find_dates(text, date(2020, 1, 1) + timedelta(weeks=week), "es")[0]
        assert not found.sure
        starts = [reading.start for reading in found.readings]
        assert starts == sorted(starts, key=str)


def test_a_vague_part_of_a_period_is_never_sure() -> None:
    found = only("a mediados de mayo de 2025")
    assert found.interval == Interval(date(2025, 5, 10), date(2025, 5, 20))
    assert not found.sure


def test_a_date_as_json_has_iso_days_and_null_for_an_open_end() -> None:
    assert only("lo hace desde el 5 de mayo de 2025").to_dict() == {
        "text": "desde el 5 de mayo de 2025",
        "start": 8,
        "end": 34,
        "from": "2025-05-05",
        "to": None,
        "grain": "day",
        "sure": True,
        "readings": [{"from": "2025-05-05", "to": None}],
    }


def test_a_date_at_the_edge_of_the_calendar_does_not_fail() -> None:
    for reference in (date.min, date.max):
        find_dates("ayer, mañana, hace 5000 años, la semana pasada, en Navidad, el siglo I", reference, "es")
