"""Questions on papers of an office: tables, ordinances, notices, mails, chats; each asked in both languages."""

import random
from collections.abc import Sequence

from benchmarks.reader.vocabulary import (
    DAYS_ES,
    FIRMS,
    PEOPLE,
    PLACES,
    Made,
    Maker,
    date_told,
    different,
    money,
)

_WORKSHOPS = (
    ("Cerámica", "el taller de cerámica", "the pottery workshop"),
    ("Huerto urbano", "el huerto urbano", "the urban garden"),
    ("Ajedrez", "el curso de ajedrez", "the chess course"),
    ("Costura", "el taller de costura", "the sewing workshop"),
    ("Inglés inicial", "el curso de inglés", "the English course"),
    ("Fotografía", "el taller de fotografía", "the photography workshop"),
)
_FAULTS = (
    ("falta de encendido", "no ignition"),
    ("exceso de temperatura", "overheating"),
    ("sensor desconectado", "sensor unplugged"),
    ("presión baja", "low pressure"),
    ("filtro sucio", "dirty filter"),
    ("puerta abierta", "door open"),
)
_REMEDIES = (
    "rearmar el aparato",
    "llamar al servicio técnico",
    "limpiar el conducto",
    "abrir la llave de paso",
)
_OFFENCES = (
    ("dejar muebles en la calle", "leaving furniture in the street"),
    ("hacer fuego en el monte", "lighting fires in the woods"),
    ("aparcar en la plaza", "parking in the square"),
    ("regar con agua potable", "watering with drinking water"),
    ("pasear perros sin correa", "walking dogs off the lead"),
)
_OFFICES_OPEN = (
    ("la biblioteca", "the library"),
    ("el museo", "the museum"),
    ("la piscina", "the pool"),
    ("el registro", "the registry"),
    ("la farmacia", "the chemist's"),
)
_PLANS = (
    ("arreglar el tejado de la escuela", "Se cayó parte del techo en enero"),
    ("cerrar el paso al puente", "Los pilares tienen grietas"),
    ("contratar a dos conductores", "Las líneas van llenas por la mañana"),
    ("aplazar la fiesta", "Se espera temporal de viento"),
    ("subir la cuota", "La luz cuesta el doble que el año pasado"),
)
_ERRANDS = (
    ("las sillas", "the chairs", "Las sillas las trae el vecino del tercero"),
    ("el presupuesto", "the quote", "El presupuesto llega el martes por correo"),
    ("la paella", "the paella", "Yo me encargo de la paella, pero hay que pagarla antes"),
    ("la llave", "the key", "La llave está debajo de la maceta azul"),
    ("el autobús", "the coach", "El autobús sale de la plaza y no espera a nadie"),
)


def _hour(draw: random.Random) -> str:
    return f"{draw.randint(8, 21)}:{draw.choice(('00', '15', '30', '45'))}"


def _cells(names: Sequence[str], values: Sequence[str], marked: bool) -> str:
    """A row as a table prints it; a row without names between bars keeps its empty cells."""
    if marked:
        return "| " + " | ".join(values) + " |"
    return "; ".join(f"{name}: {value}" for name, value in zip(names, values, strict=True) if value)


def _timetable(draw: random.Random) -> Sequence[Made]:
    """A row whose cell is empty does not say what the rows beside it say."""
    courses, people = draw.sample(_WORKSHOPS, 3), draw.sample(PEOPLE, 3)
    days, prices = different(date_told, 2, draw), different(money, 3, draw)
    names, marked = ("Taller", "Monitora", "Precio", "Comienza"), draw.random() < 0.4
    values = [
        (course[0], who, price, day)
        for course, who, price, day in zip(courses, people, prices, (*days, ""), strict=True)
    ]
    rows = [_cells(names, row, marked) for row in values]
    head = "| " + " | ".join(names) + " |\n" if marked else ""
    text = head + "\n".join(draw.sample(rows, 3))
    (_, one, english), (_, two, second), (_, empty, third) = courses
    return [
        (f"¿Cuándo empieza {one}?", text, days[0]),
        (f"When does {second} begin?", text, days[1]),
        (f"¿Quién da {empty}?", text, people[2]),
        (f"How much is {english}?", text, prices[0]),
        (f"¿Cuánto cuesta {two}?", text, prices[1]),
        (f"¿Cuándo empieza {empty}?", text, ""),
        (f"When does {third} begin?", rows[2], ""),
        (f"¿Cuándo empieza {one}?", rows[1], ""),
    ]


def _faults(draw: random.Random) -> Sequence[Made]:
    """What a code means, and which code means it."""
    faults, codes = (
        draw.sample(_FAULTS, 3),
        draw.sample([f"E{n}" for n in range(1, 40)] + ["01", "04", "17"], 4),
    )
    remedies = draw.sample(_REMEDIES, 3)
    joined = list(zip(codes[:3], faults, remedies, strict=True))
    text = draw.choice(
        (
            "\n".join(f"Código: {c}; Significado: {f[0]}; Qué hacer: {r}" for c, f, r in joined),
            " ".join(f"El código {c} indica {f[0]}." for c, f, _ in joined),
            "\n".join(f"- {c}: {f[0]}. Conviene {r}." for c, f, r in joined),
        )
    )
    at = draw.randrange(3)
    return [
        (f"¿Qué significa el código {codes[at]}?", text, faults[at][0]),
        (f"What does error {codes[at]} mean?", text, faults[at][0]),
        (f"¿Qué código sale con {faults[at][0]}?", text, codes[at]),
        (f"Which code stands for {faults[at][1]}?", text, codes[at]),
        (f"What should I do about error {codes[at]}?", text, remedies[at] if remedies[at] in text else ""),
        (f"¿Qué significa el código {codes[3]}?", text, ""),
        (f"What does error {codes[3]} mean?", text, ""),
    ]


def _shifts(draw: random.Random) -> Sequence[Made]:
    """A row that two cells choose together."""
    floors, shifts = ("Primera", "Segunda"), ("Mañana", "Tarde")
    people, numbers = draw.sample(PEOPLE, 4), draw.sample(range(4100, 4199), 4)
    keys = [(floor, shift) for floor in floors for shift in shifts]
    text = "\n".join(
        f"Planta: {floor}; Turno: {shift}; Responsable: {who}; Teléfono: {phone}"
        for (floor, shift), who, phone in zip(keys, people, numbers, strict=True)
    )
    at = draw.randrange(4)
    floor, shift = (name.lower() for name in keys[at])
    english = f"the {'first' if floor == 'primera' else 'second'} floor"
    hours = "morning" if shift == "mañana" else "afternoon"
    return [
        (f"¿Quién es responsable del turno de {shift} de la {floor} planta?", text, people[at]),
        (f"Who is in charge of the {hours} shift on {english}?", text, people[at]),
        (f"¿Qué teléfono tiene el turno de {shift} de la planta {floor}?", text, str(numbers[at])),
        (f"¿Quién es responsable del turno de noche de la {floor} planta?", text, ""),
        (f"¿Qué teléfono tiene {people[at - 1]}?", text, str(numbers[at - 1])),
    ]


def _fines(draw: random.Random) -> Sequence[Made]:
    """Articles of an ordinance, each with its own offence and fine."""
    offences, sums = draw.sample(_OFFENCES, 3), different(money, 3, draw)
    first = draw.randint(3, 60)
    lines = [
        draw.choice(
            (
                f"Artículo {first + at}. Se prohíbe {offence[0]}. La multa será de {fine}.",
                f"Artículo {first + at}. Quien sea sorprendido al {offence[0]} pagará {fine}.",
            )
        )
        for at, (offence, fine) in enumerate(zip(offences, sums, strict=True))
    ]
    text, at = "\n".join(lines), draw.randrange(2)
    return [
        (f"¿Qué multa hay por {offences[at][0]}?", text, sums[at]),
        (f"What is the fine for {offences[at][1]}?", text, sums[at]),
        (f"¿Qué artículo prohíbe {offences[at][0]}?", text, f"Artículo {first + at}"),
        (f"¿Qué multa hay por {offences[2][0]}?", "\n".join(lines[:2]), ""),
        (f"What is the fine for {offences[2][1]}?", "\n".join(lines[:2]), ""),
    ]


def _contacts(draw: random.Random) -> Sequence[Made]:
    """An address of one kind is not one of another, and one of an office not another's."""
    (office, english), (other, foreign) = draw.sample(_OFFICES_OPEN, 2)
    phone = f"9{draw.randint(10, 99)} {draw.randint(10, 99)} {draw.randint(10, 99)} {draw.randint(10, 99)}"
    street = f"calle {draw.choice(PLACES)}, {draw.randint(1, 90)}"
    mail = f"{draw.choice(('info', 'avisos', 'citas'))}@{draw.choice(('norte', 'puerto', 'plaza'))}.org"
    name = office.split()[1].capitalize()
    told = draw.sample(
        (
            ("phone", f"Teléfono de {office}: {phone}."),
            ("street", f"{name}: {street}."),
            ("mail", f"Para escribir a {office}: {mail}."),
        ),
        2,
    )
    kinds, text = {kind for kind, _ in told}, " ".join(line for _, line in told)
    return [
        (f"¿Cuál es el teléfono de {office}?", text, phone if "phone" in kinds else ""),
        (f"What is the phone number of {english}?", text, phone if "phone" in kinds else ""),
        (f"¿En qué calle está {office}?", text, street if "street" in kinds else ""),
        (f"What is the e-mail address of {english}?", text, mail if "mail" in kinds else ""),
        (f"¿Cuál es el teléfono de {other}?", text, ""),
        (f"Where is {foreign}?", text, ""),
    ]


def _hours(draw: random.Random) -> Sequence[Made]:
    """When a place opens and closes, by day."""
    office, english = draw.choice(_OFFICES_OPEN)
    week, saturday, noon, late = (f"{hour}:{draw.choice(('00', '15', '30'))}" for hour in _hours_of(draw))
    text = draw.choice(
        (
            f"Horario de {office}: de lunes a viernes, de {week} a {late}; los sábados, de {saturday} a {noon}.",
            f"De lunes a viernes abre {office} a las {week} y cierra a las {late}. "
            f"Los sábados abre a las {saturday} y cierra a las {noon}. Los domingos no abre.",
            f"Días: lunes a viernes; Abre: {week}; Cierra: {late}\nDías: sábados; Abre: {saturday}; Cierra: {noon}",
        )
    )
    day = draw.choice(DAYS_ES)
    return [
        (f"¿A qué hora abre {office} el {day}?", text, week),
        (f"¿A qué hora cierra {office} los sábados?", text, noon),
        (f"What time does {english} close on weekdays?", text, late),
        (f"When does {english} open on Saturdays?", text, saturday),
        (f"¿Cuánto cuesta entrar a {office}?", text, ""),
        (f"¿A qué hora abre {office} en Navidad?", text, ""),
    ]


def _hours_of(draw: random.Random) -> list[int]:
    return sorted(draw.sample(range(8, 22), 4))


def _mails(draw: random.Random) -> Sequence[Made]:
    """A mail: who wrote it to whom and what it says, whichever language it is asked in."""
    one, other = draw.sample(PEOPLE, 2)
    (subject, english, said), (absent, foreign, _) = draw.sample(_ERRANDS, 2)
    day = draw.choice(DAYS_ES)
    text = (
        f"De: {one}\nPara: {other}\nAsunto: {subject[0].upper()}{subject[1:]}\n"
        f"{other.split()[0]}: {said}. Te llamo el {day}."
    )
    return [
        (f"¿Qué escribió {one} a {other}?", text, said),
        (f"What did {one} write about {english}?", text, said),
        (f"¿Quién escribió sobre {subject}?", text, one),
        (f"¿Qué día llama {one} a {other}?", text, f"el {day}"),
        (f"When will {one} call {other}?", text, f"el {day}"),
        (f"¿Qué escribió {other} a {one}?", text, ""),
        (f"What did {one} write about {foreign}?", text, ""),
        (f"¿Qué dice el correo de {one} sobre {subject}?", text, said),
        (f"¿Qué dice el correo sobre {absent}?", text, ""),
    ]


def _chats(draw: random.Random) -> Sequence[Made]:
    """Turns with their times: what somebody says of a thing, and nothing of what another says."""
    people, errands = draw.sample(PEOPLE, 3), draw.sample(_ERRANDS, 3)
    stamp = f"{draw.randint(1, 28)}/{draw.randint(1, 12)}/{draw.randint(2023, 2026)}"
    timed = draw.random() < 0.5
    text = "\n".join(
        f"{f'[{stamp}, {_hour(draw)}] ' if timed else ''}{who}: {errand[2]}."
        for who, errand in zip(people, errands, strict=True)
    )
    at = draw.randrange(3)
    subject, english, said = errands[at]
    return [
        (f"¿Qué dijo {people[at]} de {subject}?", text, said),
        (f"¿Qué dice {people[at].split()[0]}?", text, said),
        (f"What did {people[at]} say about {english}?", text, said),
        (f"¿Quién habló de {subject}?", text, people[at]),
        (f"Who talked about {english}?", text, people[at]),
        (f"¿Qué dijo {people[at]} de {errands[at - 1][0]}?", text, ""),
        (f"What did {people[at]} say about {errands[at - 1][1]}?", text, ""),
    ]


def _decisions(draw: random.Random) -> Sequence[Made]:
    """What was decided and why; what was only proposed was not decided."""
    (plan, reason), (other, _) = draw.sample(_PLANS, 2)
    body, english = draw.choice(
        (
            ("la junta", "the board"),
            ("el pleno", "the council"),
            ("la asamblea", "the assembly"),
            ("la comisión", "the committee"),
        )
    )
    lower, firm = reason[0].lower() + reason[1:], draw.choice(FIRMS)
    text = draw.choice(
        (
            f"{body.capitalize()} acordó {plan}. {reason}, según explicó el técnico. "
            f"La propuesta de {other} se retiró.",
            f"Se acuerda por unanimidad {plan}, porque {lower}. {firm} había pedido {other}.",
            f"Acuerdos de {body}:\n1. Se acordó {plan}, ya que {lower}.\n2. Se rechaza {other}.",
        )
    )
    said = lower if lower in text else reason
    return [
        (f"¿Qué acordó {body}?", text, plan),
        (f"What did {english} decide?", text, plan),
        ("¿Qué decidieron?", text, plan),
        (f"¿Por qué se decidió {plan}?", text, said),
        (f"Why did {english} decide that?", text, said),
        (f"¿Por qué quiere {firm} {other}?", text, ""),
    ]


PAPERS: tuple[Maker, ...] = (
    _timetable,
    _faults,
    _shifts,
    _fines,
    _contacts,
    _hours,
    _mails,
    _chats,
    _decisions,
)
"""Those that make questions on papers of an office."""
