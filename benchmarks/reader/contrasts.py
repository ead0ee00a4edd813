"""Questions made by script where only close reading tells which words answer.

Two figures in one sentence, records that differ in their code, who did what to whom, a clause that is denied, the one
who signs beside the one who is written about, turns of a chat, rows, lists and steps. Names and numbers are drawn anew
for each, so that nothing can be learned but how they hang together. Invented; none is of an evaluation set.
"""

import random
import re
from collections.abc import Sequence

from benchmarks.reader.examples import Group, Window
from benchmarks.reader.manuals import MANUALS
from benchmarks.reader.papers import PAPERS
from benchmarks.reader.statements import STATEMENTS
from benchmarks.reader.verdicts import VERDICTS
from benchmarks.reader.vocabulary import (
    DAYS_EN,
    DAYS_ES,
    FILLERS_EN,
    FILLERS_ES,
    FIRMS,
    MONTHS,
    NOUNS_EN,
    NOUNS_ES,
    PEOPLE,
    PLACES,
    Made,
    Maker,
    code,
    different,
    money,
    number,
    spanish_number,
)
from index.document import Span


def contrasts(count: int, draw: random.Random) -> list[Group]:
    """`count` times the questions on two texts, and one that is answered with yes or no.

    Texts that answer others stand beside the right one, as wrong windows or in the same one.
    """
    made: list[Group] = []
    for _ in range(count):
        one, other = ([*maker(draw)] for maker in draw.sample(_MAKERS, 2))
        for own, foreign in ((one, other), (other, one)):
            beside = [*dict.fromkeys(text for _, text, _ in foreign)]
            for question, text, answer in own:
                wrong = [of for of in dict.fromkeys(text for _, text, _ in own) if of != text]
                made.append(_group(question, text, answer, beside, [*wrong, *beside][:2], draw))
        question, text, verdict = draw.choice(VERDICTS)(draw)
        window = Window("", text, (), bool(verdict), verdict)
        made.append(Group(question, (window, *(Window("", of) for of in beside[:1])), "contrasts"))
    return made


def _group(
    question: str, text: str, answer: str, beside: Sequence[str], wrong: Sequence[str], draw: random.Random
) -> Group:
    """A question with the window of its text, among fillers or among texts that do not answer it."""
    start, padded = _among(text, beside, draw)
    whole = re.compile(rf"(?<![\w.,]){re.escape(answer)}(?!\w)").search(padded, start) if answer else None
    spans = (Span(*whole.span()),) if whole else ()
    context = draw.choice(("", "", "Acta", "Informe", "Minutes", "Contrato", "Notas"))
    windows = (
        Window(context, padded, spans, bool(spans)),
        *(Window(context, other) for other in wrong if other not in padded),
    )
    return Group(question, windows, "contrasts")


def _among(text: str, beside: Sequence[str], draw: random.Random) -> tuple[int, str]:
    """Where a text stands in the longer one that it is put into, and that one."""
    filler = draw.choice(FILLERS_ES + FILLERS_EN + ["", "", ""])
    chance = draw.random()
    before = [filler] if chance < 0.3 else [draw.choice(beside)] if chance > 0.7 else []
    after = [draw.choice(beside)] if 0.6 < chance < 0.9 else [filler]
    parts = [part for part in (*before, text, *after) if part]
    start = sum(len(part) + 1 for part in before if part)
    return start, draw.choice((" ", "\n")).join(parts)


def _two_figures(draw: random.Random) -> Sequence[Made]:
    (a, b), noun, (n, m) = draw.sample(PLACES, 2), draw.choice(NOUNS_ES), different(spanish_number, 2, draw)
    text = draw.choice(
        (
            f"En {a} se contaron {n} {noun} y en {b}, {m}.",
            f"{a} sumó {n} {noun}, mientras que {b} se quedó en {m}.",
            f"Frente a {n} {noun} de {a}, {b} registró {m}.",
            f"Hay {n} {noun} en {a} y {m} en {b}.",
        )
    )
    absent = draw.choice([place for place in PLACES if place not in (a, b)])
    return [
        (f"¿Cuántos {noun} hubo en {a}?", text, n),
        (f"¿Cuántas {noun} se registraron en {b}?", text, m),
        (f"¿Cuántos {noun} hubo en {absent}?", text, ""),
    ]


def _two_things(draw: random.Random) -> Sequence[Made]:
    place, (one, other), (n, m) = (
        draw.choice(PLACES),
        draw.sample(NOUNS_EN, 2),
        different(number, 2, draw),
    )
    text = draw.choice(
        (
            f"{place} now has {n} {one} and {m} {other}.",
            f"The report lists {n} {one} for {place}, against {m} {other}.",
            f"Last year {m} {other} and {n} {one} were recorded in {place}.",
        )
    )
    absent = draw.choice([noun for noun in NOUNS_EN if noun not in (one, other)])
    return [
        (f"How many {one} are there in {place}?", text, n),
        (f"how many {other} in {place}", text, m),
        (f"How many {absent} does {place} have?", text, ""),
    ]


def _records(draw: random.Random) -> Sequence[Made]:
    codes, firms, amounts = different(code, 3, draw), draw.sample(FIRMS, 3), different(money, 3, draw)
    if draw.random() < 0.5:
        rows = [
            f"Factura: {c}; Cliente: {f}; Importe: {a}" for c, f, a in zip(codes, firms, amounts, strict=True)
        ]
    else:
        rows = [
            f"La factura {c}, de {f}, asciende a {a}." for c, f, a in zip(codes, firms, amounts, strict=True)
        ]
    text, place = "\n".join(rows), draw.randrange(3)
    absent = different(code, 4, draw)[3]
    asked = [
        (f"¿De cuánto es la factura {codes[place]}?", text, amounts[place]),
        (f"¿Qué importe tiene la factura de {firms[place]}?", text, amounts[place]),
        (f"¿De quién es la factura {codes[place]}?", text, firms[place]),
    ]
    return [
        *asked,
        (
            f"¿De cuánto es la factura {absent}?",
            text,
            "" if absent not in codes else amounts[codes.index(absent)],
        ),
    ]


def _roles(draw: random.Random) -> Sequence[Made]:
    one, other = draw.sample(PEOPLE, 2)
    verb, passive = draw.choice(
        (
            ("denunció", "denunciado"),
            ("sustituyó", "sustituido"),
            ("contrató", "contratado"),
        )
    )
    text = draw.choice(
        (
            f"{one} {verb} a {other} en la última reunión.",
            f"{other} fue {passive} por {one}.",
            f"A {other} lo {verb} {one}.",
        )
    )
    return [
        (f"¿Quién {verb} a {other}?", text, one),
        (f"¿A quién {verb} {one}?", text, other),
        (f"¿Quién {verb} a {one}?", text, ""),
    ]


def _signers(draw: random.Random) -> Sequence[Made]:
    about, signer, receiver = draw.sample(PEOPLE, 3)
    text = draw.choice(
        (
            f"Informe sobre la conducta de {about}, dirigido a {receiver}. Fdo.: {signer}, secretaria.",
            f"Se entrega a {receiver} el certificado de {about}. Firmado: {signer}.",
            f"De: {signer}\nPara: {receiver}\nAsunto: Expediente de {about}",
        )
    )
    return [
        ("¿Quién firma el documento?" if "De:" not in text else "¿Quién envió el correo?", text, signer),
        (f"¿A quién se dirige lo de {about}?", text, receiver),
        ("¿Sobre quién trata?", text, about),
    ]


def _denied(draw: random.Random) -> Sequence[Made]:
    wrong, right = draw.sample(DAYS_ES, 2)
    thing = draw.choice(("la junta", "el pleno", "la entrega", "la visita", "el examen"))
    text = draw.choice(
        (
            f"{thing.capitalize()} no será el {wrong}, sino el {right}.",
            f"Al final {thing} pasa al {right}; el {wrong} ya no puede ser.",
            f"Se desmiente que {thing} sea el {wrong}: es el {right}.",
        )
    )
    never = f"{thing.capitalize()} no será el {wrong}."
    return [(f"¿Qué día es {thing}?", text, right), (f"¿Cuándo será {thing}?", never, "")]


def _turns(draw: random.Random) -> Sequence[Made]:
    one, other = draw.sample(PEOPLE, 2)
    day, place, hour = (
        draw.choice(DAYS_ES),
        draw.choice(PLACES),
        f"{draw.randint(8, 20)}:{draw.choice(('00', '15', '30'))}",
    )
    text = (
        f"{one}: ¿A qué hora quedamos para ir a {place}?\n{other}: A las {hour}, el {day}.\n"
        f"{one}: Perfecto, llevo yo las llaves."
    )
    return [
        (f"¿A qué hora quedaron para ir a {place}?", text, hour),
        (f"¿Qué día van a {place}?", text, f"el {day}"),
        ("¿Quién lleva las llaves?", text, one),
        (f"¿Cuánto cuesta ir a {place}?", text, ""),
    ]


def _years(draw: random.Random) -> Sequence[Made]:
    first, noun = draw.randint(2015, 2023), draw.choice(NOUNS_ES)
    values = different(number, 3, draw)
    rows = [f"{first + step}: {value}" for step, value in enumerate(values)]
    text = draw.choice(
        (
            f"Número de {noun} por año\n" + "\n".join(rows),
            f"Los {noun} fueron {values[0]} en {first}, {values[1]} en {first + 1} y {values[2]} en {first + 2}.",
        )
    )
    place = draw.randrange(3)
    return [
        (f"¿Cuántos {noun} hubo en {first + place}?", text, values[place]),
        (f"¿Cuántos {noun} hubo en {first + 4}?", text, ""),
    ]


def _lists(draw: random.Random) -> Sequence[Made]:
    papers = draw.sample(
        (
            "copia del DNI",
            "certificado de empadronamiento",
            "justificante de pago",
            "dos fotografías",
            "libro de familia",
            "último recibo del agua",
        ),
        3,
    )
    thing = draw.choice(
        ("la ayuda de comedor", "el abono social", "la licencia de obra", "el puesto del mercado")
    )
    items = "\n".join(f"- {paper}" for paper in papers)
    text = f"Para pedir {thing} hay que presentar:\n{items}"
    return [(f"¿Qué documentos hacen falta para {thing}?", text, items), (f"¿Cuánto dura {thing}?", text, "")]


def _steps(draw: random.Random) -> Sequence[Made]:
    service = draw.choice(("collector", "mirror", "indexer", "billing"))
    port, file = str(draw.randint(3000, 9999)), f"/etc/{service}.conf"
    text = (
        f"To restart the {service} by hand, run:\n    sudo systemctl restart {service}\n"
        f"It listens on port {port}; the port is set in {file}."
    )
    return [
        (f"How do I restart the {service}?", text, f"sudo systemctl restart {service}"),
        (f"Which port does the {service} use?", text, port),
        (f"¿En qué archivo se cambia el puerto de {service}?", text, file),
        (f"How do I uninstall the {service}?", text, ""),
    ]


def _clauses(draw: random.Random) -> Sequence[Made]:
    months, notice = draw.sample(range(2, 60), 2)
    price, penalty = different(money, 2, draw)
    text = (
        f"SEGUNDA. Duración. El contrato dura {months} meses desde su firma.\n"
        f"TERCERA. Precio. La renta es de {price} al mes.\n"
        f"CUARTA. Penalización. Quien desista sin un preaviso de {notice} días pagará {penalty}."
    )
    return [
        ("¿Cuánto dura el contrato?", text, f"{months} meses"),
        ("¿Cuál es la renta mensual?", text, price),
        ("¿Con cuántos días hay que avisar?", text, f"{notice} días"),
        ("¿Cuánto se paga por desistir sin preaviso?", text, penalty),
        ("¿Qué fianza se entrega?", text, ""),
    ]


def _beneficiaries(draw: random.Random) -> Sequence[Made]:
    giver, taker, firm = draw.choice(PEOPLE), draw.choice(PLACES), draw.choice(FIRMS)
    amount = money(draw)
    text = draw.choice(
        (
            f"{firm} pagó {amount} a {giver} por las obras de {taker}.",
            f"Por las obras de {taker}, {giver} recibió {amount} de {firm}.",
        )
    )
    return [
        (f"¿Quién cobró por las obras de {taker}?", text, giver),
        (f"¿Quién pagó las obras de {taker}?", text, firm),
        (f"¿Cuánto costaron las obras de {taker}?", text, amount),
        (f"¿Cuándo terminaron las obras de {taker}?", text, ""),
    ]


def _moved(draw: random.Random) -> Sequence[Made]:
    old, new = draw.sample(DAYS_EN, 2)
    who, room = draw.choice(PEOPLE), draw.choice(("Room 4", "the main hall", "the annex", "the library"))
    text = f"The interview with {who} was moved from {old} to {new} and will be held in {room}."
    month, day = draw.choice(MONTHS), draw.randint(1, 28)
    published = f"{draw.randint(1, 28)} de {draw.choice(MONTHS)}"
    other = f"El plazo termina el {day} de {month}; las bases se publicaron el {published}."
    return [
        (f"What day is the interview with {who}?", text, new),
        (f"Where will {who} be interviewed?", text, room),
        (f"Who interviews {who}?", text, ""),
        ("¿Cuándo acaba el plazo?", other, f"el {day} de {month}"),
    ]


_MAKERS: tuple[Maker, ...] = (
    _two_figures,
    _two_things,
    _records,
    _roles,
    _signers,
    _denied,
    _turns,
    _years,
    _lists,
    _steps,
    _clauses,
    _beneficiaries,
    _moved,
    *STATEMENTS,
    *PAPERS,
    *MANUALS,
)
