"""Questions that a sentence answers with yes or with no, or not at all, though it speaks of the same."""

import random
from collections.abc import Callable

from benchmarks.reader.vocabulary import DAYS_ES, FIRMS, PEOPLE, PLACES, different, number

_DEEDS = (
    ("aprobó el presupuesto", "aprobar el presupuesto", "approve the budget"),
    ("vendió la nave", "vender la nave", "sell the warehouse"),
    ("renovó el contrato", "renovar el contrato", "renew the contract"),
    ("firmó el acuerdo", "firmar el acuerdo", "sign the agreement"),
    ("aceptó la oferta", "aceptar la oferta", "accept the offer"),
    ("abrió la oficina", "abrir la oficina", "open the office"),
)
_RULES = (
    ("entrar con perros", "bring dogs in", "los perros"),
    ("pagar a plazos", "pay in instalments", "los pagos a plazos"),
    ("fumar en la terraza", "smoke on the terrace", "fumar en la terraza"),
    ("aparcar dentro", "park inside", "los coches en el recinto"),
)

Verdict = tuple[str, str, str]
"""A question, a text, and "yes", "no" or "" where the text does not say."""


def _done(draw: random.Random) -> Verdict:
    (past, infinitive, english), (firm, other) = draw.choice(_DEEDS), draw.sample(FIRMS, 2)
    text, verdict = draw.choice(
        (
            (f"{firm} {past} el {draw.choice(DAYS_ES)}.", "yes"),
            (f"{firm} no {past}, pese a lo anunciado.", "no"),
            (f"{firm} se negó a {infinitive}.", "no"),
            (f"Al fin {firm} {past}, aunque tarde.", "yes"),
            (f"{firm} estudia si conviene {infinitive}.", ""),
            (f"{other} {past}; de {firm} no hubo noticias.", ""),
        )
    )
    return (
        draw.choice((f"¿{firm} {past}?", f"Did {firm} {english}?", f"¿Es cierto que {firm} {past}?")),
        text,
        verdict,
    )


def _allowed(draw: random.Random) -> Verdict:
    (doing, english, thing), (other, _, _) = draw.sample(_RULES, 2)
    place = draw.choice(PLACES)
    text, verdict = draw.choice(
        (
            (f"En {place} se permite {doing}.", "yes"),
            (f"En {place} no se puede {doing}, salvo aviso.", "no"),
            (f"Queda prohibido {doing} en {place}.", "no"),
            (
                f"En {place} se admite {thing}."
                if " " not in thing
                else f"En {place} está permitido {doing}.",
                "yes",
            ),
            (f"En {place} se permite {other}.", ""),
        )
    )
    return draw.choice((f"¿Se puede {doing} en {place}?", f"Can I {english} in {place}?")), text, verdict


def _figures(draw: random.Random) -> Verdict:
    place, (said, other) = draw.choice(PLACES), different(number, 2, draw)
    text = f"{place} tiene {said} habitantes según el último padrón."
    asked, verdict = draw.choice(((said, "yes"), (other, "no")))
    return (
        draw.choice((f"¿Tiene {place} {asked} habitantes?", f"Does {place} have {asked} inhabitants?")),
        text,
        verdict,
    )


def _present(draw: random.Random) -> Verdict:
    came, missing, absent = draw.sample(PEOPLE, 3)
    text = draw.choice(
        (
            f"Asistió {came}; {missing} excusó su ausencia.",
            f"Present: {came}. Apologies: {missing}.",
            f"A la cita acudió {came}, pero no {missing}.",
        )
    )
    asked, verdict = draw.choice(((came, "yes"), (missing, "no"), (absent, "")))
    return (
        draw.choice((f"¿Asistió {asked}?", f"Was {asked} there?", f"¿Acudió {asked} a la reunión?")),
        text,
        verdict,
    )


VERDICTS: tuple[Callable[[random.Random], Verdict], ...] = (_done, _allowed, _figures, _present)
"""Those that make questions answered with yes or no."""
