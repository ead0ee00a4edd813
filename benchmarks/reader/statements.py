"""Plain statements in few words: what, where, when, who, how much; asked in their language and in the other one."""

import random
from collections.abc import Sequence

from benchmarks.reader.vocabulary import (
    DAYS_ES,
    FIRMS,
    MONTHS,
    NOUNS_EN,
    NOUNS_ES,
    PEOPLE,
    PLACES,
    Made,
    Maker,
    date_told,
    different,
    money,
    spanish_number,
)

_EVENTS = (
    ("El congreso", "el congreso", "the congress"),
    ("La feria del libro", "la feria del libro", "the book fair"),
    ("La cumbre", "la cumbre", "the summit"),
    ("El concierto", "el concierto", "the concert"),
    ("La asamblea de socios", "la asamblea de socios", "the members' meeting"),
    ("La boda", "la boda", "the wedding"),
    ("El juicio", "el juicio", "the trial"),
    ("El curso", "el curso", "the course"),
)
_OFFICES = (
    ("alcaldesa", "mayor"),
    ("ministro de Exteriores", "foreign minister"),
    ("presidenta", "president"),
    ("directora del hospital", "director of the hospital"),
    ("entrenador", "coach"),
    ("rector", "rector"),
    ("jefe de obra", "site manager"),
    ("tesorera", "treasurer"),
)
_WORKS = (
    ("el puente", "the bridge", "construido"),
    ("la escuela", "the school", "inaugurado"),
    ("la encimera", "the worktop", "instalado"),
    ("la caldera", "the boiler", "cambiado"),
    ("el archivo", "the archive", "trasladado"),
)


def _events(draw: random.Random) -> Sequence[Made]:
    """Where and when something takes place; the day before it is announced stands beside."""
    (opening, thing, english), place, (day, told) = (
        draw.choice(_EVENTS),
        draw.choice(PLACES),
        (date_told(draw), date_told(draw)),
    )
    text = draw.choice(
        (
            f"{opening} se celebrará en {place} el {day}.",
            f"{opening} tendrá lugar el {day} en {place}.",
            f"{opening} será en {place}, el {day}. Se anunció el {told}.",
            f"Según se supo el {told}, {thing} será el {day} en {place}.",
            f"{place} acogerá {thing} el {day}.",
        )
    )
    absent = draw.choice([other for other in _EVENTS if other[1] != thing])
    return [
        (f"¿Dónde se celebrará {thing}?", text, place),
        (f"¿Dónde es {thing}?", text, place),
        (f"¿Cuándo será {thing}?", text, f"el {day}"),
        (f"Where will {english} take place?", text, place),
        (f"When is {english}?", text, f"el {day}"),
        (f"¿Cuánto cuesta la entrada de {thing}?", text, ""),
        (f"¿Dónde será {absent[1]}?", text, ""),
    ]


def _offices(draw: random.Random) -> Sequence[Made]:
    """Who holds an office, told in passing; another place's holder stands in another text."""
    (office, english), (place, other), (who, second) = (
        draw.choice(_OFFICES),
        draw.sample(PLACES, 2),
        draw.sample(PEOPLE, 2),
    )
    text = draw.choice(
        (
            f"{who}, {office} de {place}, recibió a los vecinos con {second}.",
            f"La reunión con {second} la abrió {who}, {office} de {place}.",
            f"«No habrá recortes», dijo {who}, {office} de {place}, a {second}.",
            f"{office[0].upper()}{office[1:]} de {place}: {who}",
        )
    )
    return [
        (f"¿Quién es {office} de {place}?", text, who),
        (f"¿Cómo se llama {office} de {place}?", text, who),
        (f"Who is the {english} of {place}?", text, who),
        (f"¿Qué cargo tiene {who}?", text, f"{office} de {place}"),
        (f"Who is the {english} of {other}?", text, ""),
        (f"¿Quién es {office} de {other}?", text, ""),
    ]


def _prices(draw: random.Random) -> Sequence[Made]:
    """What something cost and who did it, in a sentence or in a row of named cells."""
    (thing, english, done), firm, (price, other) = (
        draw.choice(_WORKS),
        draw.choice(FIRMS),
        different(money, 2, draw),
    )
    text = draw.choice(
        (
            f"Por {thing} se pagaron {price} a {firm}.",
            f"Concepto: {thing.split()[1]}; Proveedor: {firm}; Importe: {price}",
            f"{firm} ha {done} {thing} por {price}; el transporte son {other} aparte.",
            f"| {thing.split()[1].capitalize()} | {firm} | {price} |",
        )
    )
    return [
        (f"¿Cuánto costó {thing}?", text, price),
        (f"¿Quién se encargó de {thing}?", text, firm),
        (f"How much did {english} cost?", text, price),
        (f"Who did the work on {english}?", text, firm),
        (f"¿Cuándo se terminó {thing}?", text, ""),
    ]


def _counts(draw: random.Random) -> Sequence[Made]:
    """How many there were, asked in English of a Spanish text; another noun is not told of."""
    at, gone = draw.sample(range(len(NOUNS_ES)), 2)
    place, (count, less), day = draw.choice(PLACES), different(spanish_number, 2, draw), draw.choice(DAYS_ES)
    text = draw.choice(
        (
            f"{place} cerró el año con {count} {NOUNS_ES[at]}, {less} menos que el anterior.",
            f"El {day} ya eran {count} {NOUNS_ES[at]} en {place}.",
            f"Se esperaban {less}, pero en {place} hubo {count} {NOUNS_ES[at]}.",
        )
    )
    asked = dict(zip(NOUNS_ES, _ENGLISH, strict=True))
    return [
        (f"How many {asked[NOUNS_ES[at]]} were there in {place}?", text, count),
        (f"¿Cuántos {NOUNS_ES[at]} hay en {place}?", text, count),
        (f"How many {asked[NOUNS_ES[gone]]} were there in {place}?", text, ""),
        (f"How many {draw.choice(NOUNS_EN)} does the report promise?", text, ""),
    ]


def _spells(draw: random.Random) -> Sequence[Made]:
    """When something happens, told by a month, a season or a year alone; what ends is not what begins."""
    (opening, thing, english), other = draw.choice(_EVENTS), draw.choice(_EVENTS)
    month, year = draw.choice(MONTHS), str(draw.randint(1985, 2027))
    told, spell = draw.choice(
        (
            (f"{opening} empieza en {month}.", month),
            (f"{opening} empezará en {month} de {year}.", f"{month} de {year}"),
            (f"En {month} empieza {thing}, según el programa.", month),
            (f"{opening} empieza en primavera, y no antes.", "primavera"),
            (f"{opening} empezó en {year}.", year),
        )
    )
    return [
        (f"¿Cuándo empieza {thing}?", told, spell),
        (f"¿En qué mes o año empieza {thing}?", told, spell),
        (f"When does {english} begin?", told, spell),
        (f"¿Cuándo acaba {thing}?", told, ""),
        *([(f"¿Cuándo empieza {other[1]}?", told, "")] if other[1] != thing else []),
    ]


def _titles(draw: random.Random) -> Sequence[Made]:
    """Who holds an office that stands right before the name, and who does what is told of them."""
    (office, english), (who, second), place = (
        draw.choice(_OFFICES),
        draw.sample(PEOPLE, 2),
        draw.choice(PLACES),
    )
    article = "la" if office.split()[0].endswith("a") else "el"
    text = draw.choice(
        (
            f"{article.capitalize()} {office} {who} viajó a {place}.",
            f"En {place}, {article} {office} {who} saludó a {second}.",
            f"{second} acompañó a {place} a {who}, {article} {office}.",
        )
    )
    return [
        (f"¿Quién es {article} {office}?", text, who),
        (f"Who is the {english}?", text, who),
        (f"¿Adónde viajó {article} {office}?", text, place if "viajó" in text else ""),
        (f"¿Cuánto gana {article} {office}?", text, ""),
    ]


_SAID = (
    ("las playas", "the beaches", "Este invierno llegaron 40 mil turistas más a las playas"),
    ("los precios", "prices", "Los precios de los alimentos bajaron dos puntos"),
    ("el tren", "the train", "El tren llegará a la costa antes de que acabe el año"),
    ("la sequía", "the drought", "Los embalses están al doce por ciento y no bastará con lluvias"),
)


def _reported(draw: random.Random) -> Sequence[Made]:
    """What somebody says of a subject, in their turn or in reported speech; of another subject nothing."""
    (subject, english, said), (other, foreign, _) = draw.sample(_SAID, 2)
    who, office = draw.choice(PEOPLE), draw.choice(_OFFICES)[0]
    text = draw.choice(
        (
            f"{who.upper()}, {office.upper()}\n{said}.",
            f"{who}: {said}.",
            f"«{said}», dijo {who}.",
        )
    )
    return [
        (f"¿Qué dijo {who} sobre {subject}?", text, said),
        (f"What did {who} say about {english}?", text, said),
        (f"¿Qué dijo {who} sobre {other}?", text, ""),
        (f"What did {who} say about {foreign}?", text, ""),
    ]


_TREATED = (
    (
        "las mascotas",
        "pets",
        "No se admiten animales de más de diez kilos",
        "No animal over ten kilos is let in",
    ),
    (
        "el pago",
        "payment",
        "Se paga por adelantado, en los cinco primeros días",
        "It is due within the first five days",
    ),
    (
        "las obras",
        "building works",
        "Toda obra se avisa con un mes",
        "Any works are announced a month before",
    ),
    (
        "la confidencialidad",
        "confidentiality",
        "Nada se contará a terceros",
        "Nothing is told to third parties",
    ),
    (
        "la limpieza",
        "cleaning",
        "Cada planta se limpia dos veces por semana",
        "Each floor is cleaned twice a week",
    ),
    (
        "los retrasos",
        "delays",
        "Cada día de retraso descuenta un uno por ciento",
        "Each day late costs one per cent",
    ),
)
_PAPERS = (
    ("el contrato", "the contract"),
    ("el informe", "the report"),
    ("el acta", "the minutes"),
    ("la guía", "the guide"),
)


def _contents(draw: random.Random) -> Sequence[Made]:
    """What a document says of a matter; of one that it does not treat it says nothing."""
    treated, (paper, english) = draw.sample(_TREATED, 3), draw.choice(_PAPERS)
    absent = draw.choice([each for each in _TREATED if each not in treated])
    said = 2 if draw.random() < 0.6 else 3
    text = draw.choice(("\n", " ")).join(f"{each[said]}." for each in treated)
    asked = draw.choice(treated)
    return [
        (f"¿Qué dice {paper} sobre {asked[0]}?", text, asked[said]),
        (f"What does {english} say about {asked[1]}?", text, asked[said]),
        (f"¿Qué establece {paper} respecto a {asked[0]}?", text, asked[said]),
        (f"What are the rules on {asked[1]}?", text, asked[said]),
        (f"¿Qué dice {paper} sobre {absent[0]}?", text, ""),
        (f"What does {english} say about {absent[1]}?", text, ""),
    ]


_MEASURED = (
    ("los homicidios", "homicides", "bajaron", "fall"),
    ("los robos", "robberies", "bajaron", "fall"),
    ("las ventas", "sales", "subieron", "rise"),
    ("las exportaciones", "exports", "subieron", "rise"),
    ("los accidentes", "accidents", "bajaron", "fall"),
    ("las matrículas", "enrolments", "subieron", "rise"),
)


def _changes(draw: random.Random) -> Sequence[Made]:
    """By how much one thing rose or fell, beside by how much another did."""
    (thing, english, moved, move), (other, foreign, _, _) = draw.sample(_MEASURED, 2)
    share, less = (f"{draw.randint(2, 90)}{draw.choice(('', ',5', '.3'))} por ciento" for _ in range(2))
    year, place = draw.randint(2018, 2025), draw.choice(PLACES)
    text = draw.choice(
        (
            f"{thing.capitalize()} {moved} un {share} en {place} entre {year} y {year + 1}.",
            f"En {place}, {thing} {moved} {share} respecto a {year}.",
            f"Es decir, {moved} un {share} {thing} en {place}, y se espera más para {year + 2}.",
        )
    )
    both = f"{text} En cambio, {other} apenas cambiaron: un {less}."
    told = draw.choice((text, both)) if share != less else text
    return [
        (f"¿Cuánto {moved} {thing} en {place}?", told, share),
        (f"¿En qué porcentaje {moved} {thing}?", told, share),
        (f"By how much did {english} {move}?", told, share),
        (f"How much did {english} {move} in {place}?", told, share),
        (f"¿Cuánto cambiaron {other}?", text, ""),
        (f"By how much did {foreign} change?", text, ""),
    ]


_ENGLISH = (
    "homes|pupils|cases|accidents|trees|contracts|vaccines|beds|jobs|complaints|kilometres|grants".split("|")
)

STATEMENTS: tuple[Maker, ...] = (
    _events,
    _offices,
    _prices,
    _counts,
    _changes,
    _spells,
    _titles,
    _reported,
    _contents,
)
"""Those that make questions on plain statements."""
