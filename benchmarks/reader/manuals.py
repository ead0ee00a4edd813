"""Questions on manuals and documentation: options, commands, limits, definitions, reasons; asked in both languages."""

import random
from collections.abc import Sequence

from benchmarks.reader.vocabulary import Made, Maker, different

_OPTIONS = (
    ("cache-size", "how much memory the cache may take", "cuánta memoria puede usar la caché"),
    (
        "idle-timeout",
        "after how many seconds an idle client is cut off",
        "a los cuántos segundos se corta a un cliente",
    ),
    ("log-level", "how much is written to the log", "cuánto se escribe en el registro"),
    ("max-clients", "how many clients may connect at once", "cuántos clientes pueden conectarse a la vez"),
    ("save-every", "how often the data are written to disk", "cada cuánto se guardan los datos"),
    ("retry-delay", "how long to wait before another try", "cuánto se espera antes de volver a intentarlo"),
)
_COMMANDS = (
    ("PUSHALL", "adds the given values to the end of a queue", "the new length of the queue", "an error"),
    ("TRIMTO", "removes all but the newest entries of a log", "the number of entries removed", "0"),
    (
        "PEEKN",
        "shows the first entries of a queue without removing them",
        "an array of entries",
        "an empty array",
    ),
    ("SWAPKEY", "exchanges the values of two keys", "OK", "nil"),
    ("AGEOF", "tells how long ago a key was written", "the age in seconds", "-1"),
    ("LOCKFOR", "keeps a key from being changed for a while", "1", "0"),
)
_FEATURES = (
    ("replication", "la replicación", "it lets another server take over when the first one fails"),
    (
        "compression",
        "la compresión",
        "it makes the files a third as large at the cost of some processor time",
    ),
    (
        "snapshots",
        "las instantáneas",
        "a restart would otherwise lose all that was written since the last one",
    ),
    ("encryption", "el cifrado", "the traffic may otherwise be read by anyone on the same network"),
    ("sharding", "la fragmentación", "one machine cannot hold the whole of a large data set"),
)
_TERMS = (
    ("shard", "a part of the data that lives on one node"),
    ("tombstone", "a mark that stands for an entry which was deleted"),
    ("quorum", "the smallest number of nodes that must agree"),
    ("lease", "a right to a key that ends by itself"),
    ("watermark", "the place up to which every entry has been read"),
)


def _value(draw: random.Random) -> str:
    return draw.choice((f"{draw.randint(2, 999)}", f"{draw.randint(2, 64)}mb", f"{draw.randint(2, 90)}s"))


def _options(draw: random.Random) -> Sequence[Made]:
    """Options with what they do and their defaults; another option's default answers nothing."""
    options, values = draw.sample(_OPTIONS, 3), different(_value, 3, draw)
    text = draw.choice(
        (
            "\n".join(f"- `{o[0]}`: {o[1]}. Default: {v}." for o, v in zip(options, values, strict=True)),
            "\n".join(
                f"Option: {o[0]}; Meaning: {o[1]}; Default: {v}" for o, v in zip(options, values, strict=True)
            ),
            " ".join(
                f"{o[0]} says {o[1]}; it is {v} by default." for o, v in zip(options, values, strict=True)
            ),
        )
    )
    at, absent = draw.randrange(3), draw.choice([o for o in _OPTIONS if o not in options])
    name, meaning, spanish = options[at]
    return [
        (f"What is the default of {name}?", text, values[at]),
        (f"¿Qué valor por defecto tiene {name}?", text, values[at]),
        (f"What does {name} do?", text, meaning),
        (f"Which option says {meaning}?", text, name),
        (f"¿Con qué opción se indica {spanish}?", text, name),
        (f"What is the default of {absent[0]}?", text, ""),
        (f"¿Qué hace {absent[0]}?", text, ""),
        (f"In which version was {name} added?", text, ""),
    ]


def _commands(draw: random.Random) -> Sequence[Made]:
    """What a command does and replies, how costly it is and since when it is there."""
    (name, does, reply, missing), other = draw.sample(_COMMANDS, 2)
    since, cost = f"{draw.randint(1, 7)}.{draw.randint(0, 9)}.0", draw.choice(("O(1)", "O(N)", "O(log N)"))
    text = draw.choice(
        (
            f"{name} {does}. Available since {since}. Time complexity: {cost}. "
            f"It returns {reply}, or {missing} if the key does not exist.",
            f"{name}\n{does[0].upper()}{does[1:]}.\nSince: {since}\nComplexity: {cost}\n"
            f"Reply: {reply}; {missing} when there is no such key.",
        )
    )
    lines = does if does in text else does[0].upper() + does[1:]
    return [
        (f"What does {name} do?", text, lines),
        (f"Which command {does}?", text, name),
        (f"What does {name} return?", text, reply),
        (f"What does {name} return if the key does not exist?", text, missing),
        (f"Since which version is {name} available?", text, since),
        (f"¿Desde qué versión existe {name}?", text, since),
        (f"What is the time complexity of {name}?", text, cost),
        (f"¿Qué devuelve {other[0]}?", text, ""),
        (f"Which command {other[1]}?", text, ""),
    ]


def _switches(draw: random.Random) -> Sequence[Made]:
    """How a thing is switched on and why one would."""
    (name, spanish, why), (other, otherwise, _) = draw.sample(_FEATURES, 2)
    file = draw.choice(("server.conf", "/etc/store/main.yml", "settings.toml"))
    line = f"{name} = {draw.choice(('on', 'yes', 'true'))}"
    text = draw.choice(
        (
            f"To turn on {name}, put `{line}` into {file} and restart. Use it because {why}.",
            f"{name.capitalize()} is off at first. Add the following to {file}:\n    {line}\nThe reason: {why}.",
        )
    )
    return [
        (f"How do I enable {name}?", text, line),
        (f"¿Cómo se activa {spanish}?", text, line),
        (f"Why would I use {name}?", text, why),
        (f"¿Para qué sirve {spanish}?", text, why),
        (f"In which file is {name} set?", text, file),
        (f"How do I enable {other}?", text, ""),
        (f"¿Para qué sirve {otherwise}?", text, ""),
    ]


def _terms(draw: random.Random) -> Sequence[Made]:
    """What a word means; a text that only uses the word does not say."""
    (term, meaning), (other, _) = draw.sample(_TERMS, 2)
    text = draw.choice(
        (
            f"A {term} is {meaning}. Each {other} is listed in the log.",
            f"{term.capitalize()}: {meaning}.\nSee also: {other}.",
            f"By {term} we mean {meaning}; it has nothing to do with a {other}.",
        )
    )
    return [
        (f"What is a {term}?", text, meaning),
        (f"¿Qué es un {term}?", text, meaning),
        (f"What is a {other}?", text, ""),
        (f"¿Qué es un {other}?", text, ""),
    ]


def _limits(draw: random.Random) -> Sequence[Made]:
    """The most, the least and the usual of one thing."""
    thing, spanish = draw.choice(
        (("queue", "una cola"), ("message", "un mensaje"), ("key", "una clave"), ("batch", "un lote"))
    )
    least, usual, most = (str(n) for n in sorted(draw.sample(range(2, 900), 3)))
    text = draw.choice(
        (
            f"A {thing} holds {usual} bytes as a rule, at least {least} and never more than {most}.",
            f"Limits of a {thing}: minimum {least} bytes, maximum {most} bytes. Most are of about {usual}.",
        )
    )
    return [
        (f"What is the maximum size of a {thing}?", text, most),
        (f"¿Cuánto puede medir como máximo {spanish}?", text, most),
        (f"What is the least that a {thing} may hold?", text, least),
        (f"How many times can a {thing} be sent?", text, ""),
    ]


MANUALS: tuple[Maker, ...] = (_options, _commands, _switches, _terms, _limits)
"""Those that make questions on documentation."""
