"""The document that words name by its title or its file: “el contrato de trabajo”, “ruling 43/2026”."""

from collections.abc import Iterable
from functools import cache

from index.document import Listed
from index.language.terms import LANGUAGES, terms, words

# What a document may be. Without one of these a subject is a topic, on which many documents have something to say.
_KINDS = frozenset(
    words(
        "documento archivo texto contrato adenda anexo sentencia auto resolucion acta carta correo mail email mensaje "
        "informe memoria factura poliza escritura escrito manual convenio nota noticia articulo comunicado discurso "
        "entrevista conferencia reportaje parte tabla hoja "
        "document file text contract lease amendment addendum annex ruling judgment minutes letter message report "
        "invoice policy deed handbook note article statement speech interview conference table sheet "
        "aditivo sentenca ata relatorio fatura apolice artigo "
        "avenant jugement lettre courriel rapport facture"
    )
)


def named_document(name: str, language: str, documents: Iterable[Listed]) -> str | None:
    """The id of the only document that `name`, in `language`, is of; None if it is of none, or of several.

    All that it says stands in the title or the path; what kind of document it is need not, but
    of several it is the one that does, and that begins with it: an addendum, too, speaks of “the contract”.
    """
    subject = terms(name, language)
    telling = set(subject) - _kind_stems()
    if len(telling) == len(set(subject)):
        return None
    named = [document for document in documents if telling <= _named_by(document, language)]
    of_its_kind = [document for document in named if _named_by(document, language).issuperset(subject)]
    headed = [document for document in of_its_kind if terms(document.title, language)[:1] == subject[:1]]
    found = headed or of_its_kind or (named if telling else [])
    return found[0].id if len(found) == 1 else None


def _named_by(document: Listed, language: str) -> set[str]:
    """The stems of a document's title, path and id, as the question's language has them."""
    return set(terms(f"{document.title} {document.path} {document.id}".replace("_", " "), language))


@cache
def _kind_stems() -> frozenset[str]:
    return frozenset(stem for language in LANGUAGES for kind in _KINDS for stem in terms(kind, language))
