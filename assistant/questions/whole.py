"""Questions for what documents say as a whole: “resume el documento”, “¿de qué trata la nota de ayer?”."""

from functools import cache

from assistant.questions.subject import document_asked_about
from assistant.questions.understanding import AnswerType, understand
from index.language.terms import terms, words

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
