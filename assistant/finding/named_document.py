"""The document that words name by its title or its file: “el contrato de trabajo”, “ruling 43/2026”, “lease.pdf”."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from index.document import Listed, Span
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


# A file's name as a question writes it: without spaces, with its suffix.
_FILE = re.compile(r"(?<!\S)[«“\"'(]?(?P<name>[^\s«»“”\"'()?!,;]+\.[a-z]\w{0,4})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a question names, where in it, the ids of the documents in the file and the first one's title."""

    span: Span
    documents: tuple[str, ...]
    title: str

    def titled(self, question: str) -> str:
        """The question with the title of what is in the file, by which it is read, for the file's name."""
        return question[: self.span.start] + self.title + question[self.span.end :]


def names_file(question: str) -> bool:
    """Whether a question has a word that looks like the name of a file."""
    return _FILE.search(question) is not None


def named_file(question: str, documents: Iterable[Listed]) -> NamedFile | None:
    """The first file of the archive that a question names by file name or path, whatever the case."""
    by_name: dict[str, list[Listed]] = {}
    for document in documents:
        for name in {document.path, PurePosixPath(document.path).name}:
            by_name.setdefault(name.casefold(), []).append(document)
    for match in _FILE.finditer(question):
        if of_file := by_name.get(match["name"].casefold()):
            ids = tuple(document.id for document in of_file)
            return NamedFile(Span(*match.span("name")), ids, of_file[0].title)
    return None


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
