"""Whether the words around a date speak of the past or of the future."""

import re
from dataclasses import dataclass, replace
from enum import Enum

from index.dates.lexicon import Kind
from index.dates.sentence import Sentence


class Tense(Enum):
    """The side of the reference on which the event of a sentence lies."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Leaning:
    """A tense and its distance in tokens from the date: the nearer the verb, the surer.

    `guessed` marks a tense that no verb tells.
    """

    tense: Tense
    distance: int
    guessed: bool = False


UNKNOWN = Leaning(Tense.UNKNOWN, 99)

_FUTURE = {
    "es": re.compile(
        r"\w*(?:[aei]r|[dbr]r)(?:á|ás|án|é)|\w+(?:[ai]|[dbr])remos|prev(?:é|én)|previst[oa]s?|programad[oa]s?|"
        r"agendad[oa]s?|pendientes?|futur[oa]s?|planean?|esperan?|vencen?|va|van|vamos|voy|vas"
    ),
    "en": re.compile(r"will|shall|upcoming|scheduled|expected|planned|due|plans?|going|['’]ll"),
    "pt": re.compile(
        r"\w*(?:[aei]r|[dtx]r)(?:á|ás|ão|ei)|\w+[aei]remos|previst[oa]s?|programad[oa]s?|marcad[oa]s?|"
        r"futur[oa]s?|vai|vão|vamos|vou"
    ),
}
_PAST = {
    "es": re.compile(
        r"\w+(?:ó|aron|ieron|jeron|aba|aban|ábamos|aste|iste)|fue|fueron|fui|era|eran|dijo|hizo|hice|tuvo|"
        r"tuve|estuvo|estuvieron|estuve|pudo|puso|vino|quiso|hubo|trajo|supo|dio|vio|ha|han|he|hemos|había|"
        r"habían|tenía|tenían|hacía|decía|podía|debía|venía|vivía|seguía|cayó|"
        r"\w{2,}(?:[^r]é|[cvlntd]í)|(?:compr|entr|mostr|cobr|logr|mir|tir|retir)é"
    ),
    "en": re.compile(
        r"\w{2,}ed|was|were|had|has|have|did|said|told|made|came|went|took|held|met|won|lost|saw|began|"
        r"gave|got|left|spoke|wrote|died|became|fell|rose|found|led|ran|cut|born"
    ),
    "pt": re.compile(
        r"\w{2,}(?:ou|aram|eram|iram|ava|avam|eu|iu)|foi|foram|era|eram|disse|fez|teve|esteve|pôde|veio|"
        r"houve|trouxe|deu|viu|há|tinha|tinham|havia|ocorrid[oa]s?|registrad[oa]s?"
    ),
}
_PARTICIPLE = re.compile(
    r"(?:ocurr|suced|difund|emit|divulg|public|anunci|present|realiz|celebr|registr|firm|aprob|deten|deteni|"
    r"asesin|inaugur|transmit|lanz|fund|disput|convoc|nac|transmiti|difundi|emiti|ocorri|nasci)[ai]?d[oa]s?"
)
_ANY_PARTICIPLE = re.compile(r"\w{3,}(?:ad|id)[oa]s?")
_INFINITIVE = {
    "es": re.compile(r"\w{2,}(?:ar|er|ir|arse|erse|irse)"),
    "pt": re.compile(r"\w{2,}(?:ar|er|ir)"),
}
_NOT_VERBS = {
    "lugar", "mujer", "poder", "primer", "tercer", "militar", "popular", "ayer", "solar", "escolar",
    "canciller", "titular", "bienestar", "nuclear", "hogar", "dólar", "taller", "ejemplar", "auxiliar", "preliminar",
    "alquiler", "altar", "pilar", "azúcar", "radar", "peculiar", "espectacular", "vehicular", "singular", "pulmonar",
    "familiar", "similar", "regular", "particular", "celular", "líder", "mayor", "atrás", "detrás",
    "mulher", "united", "qué", "porqué", "bebé", "café", "comité", "allí", "aquí", "así", "sí", "sé", "té",
    "fé", "pie", "acá",
    "need", "indeed", "hundred", "red", "bed", "según", "tras", "jamás", "además", "quizá", "eu", "seu",
    "meu", "deus", "museu", "grau", "ou",
}  # fmt: skip
_BEFORE_PARTICIPLE = {"be", "to", "being"}
_SENTENCE_ENDS = {".", "!", "¡", "¿"}
_BREAKS = {",", ";", ":", "(", ")", "—", "–", "“", "”", '"', "«", "»", "?"}
_CLAUSE_WORDS = {"que", "that", "y", "e", "and"}
_OF_NOUN = {"del", "of"}
_AIMS = {"para"}  # "convocó para el martes": ahead, whatever the verb says
_BREAK_COST = 5
_CLAUSE_COST = 4
_REACH = 22


def leaning(sentence: Sentence, start: int, end: int) -> Leaning:
    """The tense of the verb nearest to the tokens `start` to `end`."""
    before = _nearest(sentence, range(start - 1, max(-1, start - _REACH), -1))
    after = _nearest(sentence, range(end, min(len(sentence.tokens), end + _REACH)))
    if sentence.word(start - 1) in _AIMS:
        return Leaning(Tense.FUTURE, _CLAUSE_COST * 2)
    if _OF_NOUN & {sentence.word(start - 1), sentence.word(start)}:
        after = replace(after, distance=after.distance + _CLAUSE_COST)
    return before if before.distance <= after.distance else after


def _nearest(sentence: Sentence, indexes: range) -> Leaning:
    cost = 0
    for i in indexes:
        word = sentence.word(i)
        cost += 1
        if word in _SENTENCE_ENDS or word.startswith("\n"):
            return UNKNOWN
        if word in _BREAKS:
            cost += _BREAK_COST
            continue
        if word in _CLAUSE_WORDS:
            cost += _CLAUSE_COST
        tense = _tense_of(sentence, i)
        if tense is None and cost == 1 and i == indexes.start and indexes.step < 0:
            tense = _tense_of_participle(sentence, i) if _is_participle(sentence, i) else None
        if tense is not None:
            return Leaning(tense, cost)
    return UNKNOWN


def _tense_of(sentence: Sentence, i: int) -> Tense | None:
    """The tense of a word; UNKNOWN for an infinitive, None for what is no verb."""
    token = sentence.at(i)
    if len(token.word) < 2 or not token.word[0].isalpha() or Kind.HOLIDAY in token.senses:
        return None
    if token.senses and not token.senses.keys() <= {Kind.FUNCTION, Kind.AGO, Kind.EVERY}:
        return None
    word = sentence.text[token.start : token.end].lower()
    language = sentence.lexicon.language
    if word in _NOT_VERBS or sentence.word(i - 1) in _BEFORE_PARTICIPLE:
        return None
    if _FUTURE[language].fullmatch(word):
        return Tense.FUTURE
    if _PARTICIPLE.fullmatch(word):
        return _tense_of_participle(sentence, i)
    if _PAST[language].fullmatch(word):
        return Tense.PAST
    if language not in _INFINITIVE or not _INFINITIVE[language].fullmatch(word):
        return None
    return Tense.FUTURE if _is_planned(sentence, i, word) else Tense.UNKNOWN


def _is_planned(sentence: Sentence, i: int, word: str) -> bool:
    """Whether an infinitive tells what is to come: "a realizarse", "se presentarán a trabajar"."""
    if word.endswith("se") and sentence.word(i - 1) == "a":
        return True
    return any(_tense_of(sentence, at) is Tense.FUTURE for at in (i - 1, i - 2))


def _is_participle(sentence: Sentence, i: int) -> bool:
    """Whether a word is a participle rather than a noun like "el partido"."""
    noun = sentence.has(i - 1, Kind.THE, Kind.OF, Kind.NUMBER, Kind.THIS, Kind.TO, Kind.EVERY)
    return not noun and not sentence.at(i).senses and _ANY_PARTICIPLE.fullmatch(sentence.word(i)) is not None


def _tense_of_participle(sentence: Sentence, i: int) -> Tense:
    """ "Difundida este miércoles" is past, "será difundida" future, "para ser difundida" neither."""
    token = sentence.at(i - 1)
    before = sentence.text[token.start : token.end].lower()
    if _FUTURE[sentence.lexicon.language].fullmatch(before):
        return Tense.FUTURE
    return Tense.UNKNOWN if before in {"ser", "sea", "sean"} else Tense.PAST
