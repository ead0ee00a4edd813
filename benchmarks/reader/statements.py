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
    different,
    money,
    number,
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


def _day(draw: random.Random) -> str:
    return f"{draw.randint(1, 28)} de {draw.choice(MONTHS)}"


def _events(draw: random.Random) -> Sequence[Made]:
    """Where and when something takes place; the day before it is announced stands beside."""
    (opening, thing, english), place, (day, told) = (
        draw.choice(_EVENTS),
        draw.choice(PLACES),
        (_day(draw), _day(draw)),
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
    place, (count, less), day = draw.choice(PLACES), different(number, 2, draw), draw.choice(DAYS_ES)
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


_ENGLISH = (
    "homes|pupils|cases|accidents|trees|contracts|vaccines|beds|jobs|complaints|kilometres|grants".split("|")
)

STATEMENTS: tuple[Maker, ...] = (_events, _offices, _prices, _counts, _spells, _titles, _reported)
"""Those that make questions on plain statements."""
