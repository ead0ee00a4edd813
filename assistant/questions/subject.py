"""What a question for many sentences is about: “¿Qué pasó con el crucero?” is about the cruise ship."""

import re
from functools import cache

from assistant.questions.understanding import AnswerType, understand
from index.language.terms import terms, words

_POLITE = r"^[¿¡\s]*(?:(?:por favor|please|puedes|podrías|can you|could you)[\s,]+)?"
_SUMMARIZE = (
    r"resum\w+|haz(?:me)?\s+un\s+resumen|un\s+resumen|cu[eé]nta(?:me)?"
    r"|de\s+qu[eé]\s+(?:va|tratan?|hablan?)|summari[sz]e|sum\s+up|(?:a|give\s+me\s+a)\s+summary"
    # “Explain how it works” asks how, and for no summary.
    r"|(?:explica(?:me)?+|explain|explique[rz]?+)(?!\s+(?:c[oó]mo|por|qu[eé]|cu|d[oó]nde|how|why|wh|comment|pourquoi)\w*)"
)
_HAPPENED = (
    r"qu[eé]\s+(?:pas[oó]|ocurri[oó]|sucedi[oó]|ha\s+pasado|pasa)\s+con"
    r"|what\s+(?:has\s+)?happen(?:ed|s)\s+(?:to|with)|what\s+is\s+going\s+on\s+with"
    r"|o\s+que\s+(?:aconteceu|houve)\s+com|que\s+s’est-il\s+passé\s+(?:avec|à)"
)
_ASKED = re.compile(
    rf"{_POLITE}(?:{_SUMMARIZE}|{_HAPPENED})"
    r"\s+(?:(?:de|sobre|acerca de|of|about|on|lo que se sabe (?:de|sobre)|what is known (?:of|about))\s+)?",
    re.IGNORECASE,
)
_CONTENTS_OF = (
    re.compile(rf"{_POLITE}(?:{_SUMMARIZE})\s+(?P<subject>.+)", re.IGNORECASE),
    re.compile(
        r"^[¿\s]*(?:qu[eé]|o\s+que|que)\s+(?:dicen?|establecen?|contienen?|cambian?|cambi[oó]|modifican?|modific[oó]|diz)"
        r"\s+(?:en\s+)?(?P<subject>.+?)[?.!\s]*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^[¿\s]*what\s+(?:does|did)\s+(?P<subject>.+?)\s+(?:say|contain|provide|change|amend)[?.!\s]*$",
        re.IGNORECASE,
    ),
)
_WHICH_DOCUMENTS = re.compile(
    r"^[¿¡\s]*(?:(?:en|in|em|dans)\s+)?(?:qu[eé]|cu[aá]les|which|what|quais|quel(?:le)?s?)\s+"
    r"(?:documento?|nota|noticia|art[ií]culo|artigo|article|texto?|archivo|arquivo|fichier|file|note|conferencia)e?s?"
    r"\s+(?:se\s+)?(?:habl|trat|mencion|toc|abord|aparec|cit|mention|talk|speak|discuss|deal|is|are|fala|parle)\w*"
    r"\s+(?:(?:del?|sobre|acerca de|al?|of|about|on|with|d[aoeu]s?)\s+)*",
    re.IGNORECASE,
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


# Words that name nothing: "¿qué pasó ayer?" asks for the day itself, "resume el documento" for all of it.
_NAME_NOTHING = frozenset(
    words(
        "paso pasaron pasar pasa pasara pasaran ocurrio ocurrieron ocurre ocurrira sucedio sucedieron sucede sucedera "
        "hubo habra hizo hara dijo previsto prevista espera esperado noticia noticias nota notas "
        "publicado publico documento documentos archivo novedades articulo articulos texto textos comunicado "
        "comunicados conferencia prensa discurso informe reportaje entrevista sesion dia resume resumen resumir "
        "resumeme haz hazme dame explica explicame trata tratan trato trataron trataba habla hablan hablo hablaron iba "
        "tema temas principal principales toco tocaron abordo abordaron discutio discutieron "
        "happened happen happens happening planned expected scheduled news published document documents article "
        "articles text conference press statement "
        "speech report interview day summary summarize summarise sum explain give topics subjects issues discussed "
        "covered raised talked "
        "aconteceu aconteceram acontece acontecera havera passou noticia noticias houve "
        "publicado resumo resuma artigo trata"
    )
)


def names_nothing(question: str, language: str) -> bool:
    """Whether a question, without the days that it names, names nothing that could be searched for."""
    return not set(terms(question, language)) - _stems(language)


def asks_for_the_whole(question: str, language: str) -> bool:
    """Whether a question, without its days, wants the gist of documents and not of something in them."""
    if subject := document_asked_about(question):
        return names_nothing(subject, language)
    return understand(question, language).wants is AnswerType.SUMMARY and names_nothing(question, language)


@cache
def _stems(language: str) -> frozenset[str]:
    return frozenset(term for word in _NAME_NOTHING for term in terms(word, language))
