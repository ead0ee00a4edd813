"""The invented names that made questions draw on, and the numbers, sums and codes that they draw."""

import random
from collections.abc import Callable, Sequence

Made = tuple[str, str, str]
"""A question, a text, and the words of it that answer; empty words: the text does not answer."""
Maker = Callable[[random.Random], Sequence[Made]]


PEOPLE = (
    "Marta Quintero|Julián Osorio|Inés Valcárcel|Tomás Berrio|Adela Montiel|Hugo Saravia|Noelia Ferrán|Ramiro Candia|"
    "Lucía Prats|Esteban Goñi|Carla Iriarte|Óscar Medrano|Paula Lanza|Víctor Araneda|Helen Marsh|Peter Lowell|"
    "Grace Whitman|Oliver Stone-Reid|Naomi Clarke|Daniel Hargrove|Beatriz Toral|Simón Arce|Elsa Duarte|Pau Riera"
).split("|")
PLACES = (
    "Almenara|Río Claro|Valdehoyos|San Telmo|Puerto Viejo|La Serena|Monteagudo|Castrillo|Ribadelago|Villanubla|"
    "Santa Inés|Tres Cruces|El Arenal|Peñaflor|Oakridge|Millbrook|Fairhaven|Westbury"
).split("|")
FIRMS = (
    "Talleres Ondarra|Grupo Mistral|Cerámicas Lledó|Transportes Urbina|Aguas del Norte|Viveros Salcedo|Norvik|"
    "Harlow & Sons|Brightwater Ltd|Imprenta Robles|Suministros Peralta|Clínica Esperanza"
).split("|")
NOUNS_ES = (
    "viviendas|alumnos|casos|accidentes|árboles|contratos|vacunas|camas|puestos|denuncias|kilómetros|becas"
).split("|")
NOUNS_EN = "homes|pupils|cases|accidents|trees|contracts|beds|jobs|complaints|miles|grants|visitors".split(
    "|"
)
DAYS_ES = "lunes|martes|miércoles|jueves|viernes".split("|")
DAYS_EN = "Monday|Tuesday|Wednesday|Thursday|Friday".split("|")
MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|septiembre|octubre|noviembre".split("|")
FILLERS_ES = (
    "El documento se publicó en el tablón.|Se adjunta copia a las partes.|No hubo más intervenciones.|"
    "La sesión comenzó con puntualidad.|El resto de los puntos quedó para otra fecha.|Se dio lectura al acta anterior."
).split("|")
FILLERS_EN = (
    "The minutes were read and approved.|A copy was sent to both parties.|No further questions were raised.|"
    "The remaining items were postponed.|The session began on time."
).split("|")


def number(draw: random.Random) -> str:
    """A number of two to five digits, its thousands written in one of four ways."""
    value = draw.choice((draw.randint(2, 99), draw.randint(100, 999), draw.randint(1000, 99999)))
    return f"{value:,}".replace(",", draw.choice((".", ",", " ", ""))) if value > 999 else str(value)


def spanish_number(draw: random.Random) -> str:
    """A number as `number` writes it, or with its thousands and millions in words, as they are said."""
    few, more = draw.randint(2, 900), draw.randint(2, 900)
    said = (f"{few} mil {more}", f"mil {few}", f"{few} mil", f"{few} millones", f"un millón {few} mil")
    return draw.choice(said) if draw.random() < 0.4 else number(draw)


def date_told(draw: random.Random) -> str:
    """A day of a month in Spanish, without its year."""
    return f"{draw.randint(1, 28)} de {draw.choice(MONTHS)}"


def money(draw: random.Random) -> str:
    """A sum of money with its currency."""
    value = draw.randint(90, 98000)
    return draw.choice(
        (f"{value:,}".replace(",", ".") + f",{draw.randint(10, 99)} €", f"{value} euros", f"${value:,}")
    )


def code(draw: random.Random) -> str:
    """The number of a file, an invoice or an order."""
    letters = draw.choice(("F", "EXP", "PED", "INV", "OT", "A"))
    return draw.choice(
        (
            f"{letters}-{draw.randint(2019, 2026)}-{draw.randint(1, 320):03}",
            f"{draw.randint(1, 480)}/{draw.randint(2019, 2026)}",
        )
    )


def different(make: Callable[[random.Random], str], count: int, draw: random.Random) -> list[str]:
    """So many values, none of which stands within another."""
    made: list[str] = []
    while len(made) < count:
        value = make(draw)
        if not any(value in other or other in value for other in made):
            made.append(value)
    return made
