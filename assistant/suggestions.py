"""Questions to begin with, made by rule from the documents themselves. Pure: no model, no index."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from assistant.extraction.moments import say_day
from index.document import Document

_SAMPLE = 6000  # characters of a document that are looked at
_DOCUMENTS = 12  # documents that questions are made from
_LONGEST = 60  # characters of a name worth asking about
_NAME = re.compile(
    r"\b[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü]+"
    r"(?: (?:(?:de las|de los|de la|del|de|y|of the|of|and|for) )?[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü]+)+\b"
)
_LEADING = re.compile(
    r"^(?:El|La|Los|Las|Lo|Un|Una|En|De|Del|Al|A|Por|Para|Con|Según|Y|Este|Esta|Su|"
    r"The|An|In|On|At|By|For|And|This) "
)
_ARTICLE = re.compile(r"\b(el|la|los|las|del|al|una?|un[oa]s|the)(?: \w+)? $", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:canciller|secretari[oa]|president[ea]|ministr[oa]|gobernadora?|alcalde(?:sa)?|directora?|diputad[oa]|"
    r"senadora?|secretary|president|minister|governor|mayor|director|senator)(?: de \w+| of \w+)? $",
    re.IGNORECASE,
)
# What has been told of is “la reunión”, also where it was first told of as “una reunión”.
_WHOLE_ARTICLES = {"del": "el", "al": "el", "un": "el", "una": "la", "unos": "los", "unas": "las"}
_TEMPLATES = {
    "es": (
        "¿Quién es {name}?",
        "¿Qué dice el documento del {date} sobre {name}?",
        "¿Qué se dice sobre {name}?",
    ),
    "en": (
        "Who is {name}?",
        "What does the document of {date} say about {name}?",
        "What is said about {name}?",
    ),
}


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    article: str
    person: bool


def suggest(documents: Sequence[Document], language: str, count: int = 4, named: str = "") -> tuple[str, ...]:
    """Up to `count` different questions about `documents`, the first ones about the first documents.

    `language` is "es" or "en"; any other asks in English. Each question names somebody or something that
    the document names; a document that names nothing gives none, and what `named` holds is left out.
    """
    language = language if language in _TEMPLATES else "en"
    columns = [list(_questions(document, language, named)) for document in documents[:_DOCUMENTS]]
    rows = zip_longest(*columns)
    questions = dict.fromkeys(question for row in rows for question in row if question)
    return tuple(islice(questions, count))


def main_names(text: str, count: int) -> tuple[str, ...]:
    """Up to `count` names of several words that a text holds, most often and most fully named first."""
    return tuple(name.text for name in _names(text[:_SAMPLE])[:count])


def _questions(document: Document, language: str, named: str) -> Iterator[str]:
    who, dated, about = _TEMPLATES[language]
    when = document.published and say_day(document.published, language)
    names = _names(document.text[document.body :][:_SAMPLE])
    for position, name in enumerate(name for name in names if name.text not in named):
        shown = f"{name.article} {name.text}" if name.article and language == "es" else name.text
        if name.person:
            yield who.format(name=name.text)
        elif when and position < 2:
            yield dated.format(name=shown, date=when)
        else:
            yield about.format(name=shown)


def _names(text: str) -> list[_Name]:
    """What the text names in several capitalised words, most often and most fully named first."""
    seen: dict[str, _Name] = {}
    often: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        name = _read(text, match)
        if " " in name.text and len(name.text) <= _LONGEST:
            often[name.text] += 1
            seen[name.text] = _together(seen.get(name.text, name), name)
    weight = {text: count * len(text.split()) for text, count in often.items()}
    return [seen[text] for text in sorted(weight, key=lambda text: -weight[text])]


def _together(one: _Name, other: _Name) -> _Name:
    """What two places tell of the same name."""
    return _Name(one.text, one.article or other.article, one.person or other.person)


def _read(text: str, match: re.Match[str]) -> _Name:
    before, name = text[max(0, match.start() - 40) : match.start()], match[0]
    if leading := _LEADING.match(name):
        before, name = before + leading[0], name[leading.end() :]
    article = _ARTICLE.search(before)
    found = article[1].lower() if article and article.end(1) == len(before) - 1 else ""
    return _Name(name, _WHOLE_ARTICLES.get(found, found), _ROLE.search(before) is not None)
