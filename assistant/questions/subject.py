"""What a question is about: the subject of a summary, the document whose contents it asks for, whose words."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.questions.question_parts import bare, spoken
from assistant.questions.understanding import AnswerType, understand
from index.language.lists import any_of, any_phrase, listed_words, role_of
from index.language.mentions import find_names
from index.language.terms import terms


def _asking(role: str) -> str:
    return any_phrase("subjects", role)


_SUMMARIZING = rf"^[¿¡\s]*(?:{_asking('polite')}[\s,]+)?(?:{_asking('summarizing')}"
_ASKED = re.compile(
    rf"{_SUMMARIZING}|{_asking('happened')})\s+(?:{_asking('of_subject')}\s+)?", re.IGNORECASE
)
_CONTENTS_OF = (
    re.compile(rf"{_SUMMARIZING})\s+(?P<subject>.+)", re.IGNORECASE),
    re.compile(rf"^[¿\s]*{_asking('contents')}\s+(?P<subject>.+?)[?.!\s]*$", re.IGNORECASE),
    re.compile(
        rf"^[¿\s]*{_asking('contents_between')}\s+(?P<subject>.+?)\s+{_asking('contents_behind')}[?.!\s]*$",
        re.IGNORECASE,
    ),
)
_WHICH_DOCUMENTS = re.compile(
    rf"^[¿¡\s]*{_asking('which_documents')}\s+(?:{_asking('speaking_of')}\s+)*", re.IGNORECASE
)


def asks_which_documents(question: str) -> bool:
    """Whether the documents that speak of something are asked for: “¿qué documentos hablan de Pemex?”."""
    return _WHICH_DOCUMENTS.match(question) is not None


def document_asked_about(question: str) -> str:
    """What may be the name of a document: “the lease” of “summarize the lease” and “what does the lease say?”.

    Empty for any other question; “¿qué pasó con el contrato?” asks for what other documents tell of it.
    """
    asked = next(filter(None, (pattern.match(question) for pattern in _CONTENTS_OF)), None)
    return asked["subject"].rstrip(" ?.!") if asked else ""


def subject_of(question: str) -> str:
    """The question without the words that ask for a summary or for documents; as it is where nothing is left."""
    frame = _WHICH_DOCUMENTS if asks_which_documents(question) else _ASKED
    subject = frame.sub("", question, count=1).rstrip(" ?.!")
    return subject if subject and subject != question.rstrip(" ?.!") else question


def names_nothing(question: str, language: str) -> bool:
    """Whether a question, without the days that it names, names nothing to search for: “¿qué pasó?”."""
    return not set(terms(question, language)) - _stems(language)


def asks_for_the_whole(question: str, language: str) -> bool:
    """Whether a question, without its days, wants the gist of documents and not of something in them."""
    if subject := document_asked_about(question):
        return names_nothing(subject, language)
    return understand(question, language).wants is AnswerType.SUMMARY and names_nothing(question, language)


@cache
def _stems(language: str) -> frozenset[str]:
    return frozenset(terms(" ".join(listed_words("subjects", "naming_nothing")), language))


def _saying(opening: str, verb: str) -> str:
    """A pattern for how words are asked for, in each language with the verbs of its own."""
    verbs = role_of("subjects", verb)
    return "|".join(
        rf"{any_of(before)}\s*{any_of(verbs[language])}"
        for language, before in role_of("subjects", opening).items()
    )


# “¿Qué dijo…?”, “Cita lo que dijo…”, “O que disse…”, “Qu’a dit…”
_SAYING = rf"(?:{_saying('whose_words', 'saying')})"
_OPENING = re.compile(rf"[¿¡\s]*{_SAYING}\s+", re.IGNORECASE)
# Each space belongs to one part alone, or a row of them would be divided in all ways.
_AROUND = re.compile(
    rf"{_asking('whose_words_between')}\s++(?P<speaker>.+?)(?<!\s)\s++{_asking('saying_behind')}\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"(?:^|(?<!\s)\s++){_asking('about')}\s+", re.IGNORECASE)
_OF = re.compile(rf"\s+{spoken('of')}\s+", re.IGNORECASE)
_MOST_WORDS = 8
_OFFICE = re.compile(rf"(?:{spoken('articles')}\s+)?{any_phrase('figures', 'titles')}(?!\w)", re.IGNORECASE)
_SPEAKERLESS = re.compile(
    rf"(?P<asked>{_SAYING})(?:\s+{spoken('pronouns')})?"
    rf"(?P<about>\s+(?:{_asking('about')}|{spoken('of')}|{_asking('where')})\s.+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reported:
    """Who is asked about, as the question calls them, and the topic; empty where all that they said is asked for."""

    speaker: str
    topic: str = ""


def reported(question: str) -> Reported | None:
    """Whose words a question asks for, and about what; None for any other question."""
    asked = question.strip().rstrip(" ?.!")
    around = _AROUND.match(asked)
    if around is not None:
        return _of(around["speaker"], _after(around["rest"]))
    opening = _OPENING.match(asked)
    if opening is None:
        return None
    body = asked[opening.end() :]
    about = _ABOUT.search(body) or _of_what(body)
    return _of(body, "") if about is None else _of(body[: about.start()], body[about.end() :])


def _of(speaker: str, topic: str) -> Reported | None:
    called = speaker.strip(" ,")
    is_called = called[:1].isalnum() and len(called.split()) <= _MOST_WORDS
    return Reported(called, topic.strip()) if is_called else None


def _after(rest: str) -> str:
    about = _ABOUT.search(rest)
    return "" if about is None else rest[about.end() :]


def _of_what(body: str) -> re.Match[str] | None:
    """The “de” right behind a name: “dijo Ebrard de los aranceles”."""
    first = next(iter(find_names(body)), None)
    return _OF.match(body, first.end) if first is not None else None


def said_anew(question: str, before: str, person: str) -> str | None:
    """The question `before` of another speaker, or the follow-up with `person`, whom it leaves out.

    None where nobody is known, or the follow-up asks for something else.
    """
    asked, known = bare(question), reported(before)
    if known is not None and _is_somebody(asked):
        return before.replace(known.speaker, asked, 1)
    speakerless = _SPEAKERLESS.fullmatch(asked) if person else None
    if speakerless is None:
        return None
    opening = speakerless["asked"]
    opened = "¿" if "¿" in question else ""
    return f"{opened}{opening[:1].upper()}{opening[1:]} {person}{speakerless['about'] or ''}?"


def _is_somebody(fragment: str) -> bool:
    """Whether a fragment is nothing but a name, or an office with what it is of."""
    named = next(iter(find_names(fragment)), None)
    return (named is not None and (named.start, named.end) == (0, len(fragment))) or (
        _OFFICE.match(fragment) is not None
    )
