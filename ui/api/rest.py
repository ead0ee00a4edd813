"""REST: ask, search, read and list documents, timelines and the state of the index."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.answer import document_reference, finished
from assistant.assistant import Assistant
from assistant.questions.history import Exchange
from index.document import Listed, TextSize
from ui.api.errors import RESPONSES, ApiRoute, Archive
from ui.api.models import (
    AnswerModel,
    AskRequest,
    DocumentList,
    DocumentModel,
    DocumentsQuery,
    SearchQuery,
    SearchResult,
    TimelineModel,
    TimelineQuery,
)

router = APIRouter(prefix="/api", route_class=ApiRoute, tags=["archive"], responses=RESPONSES)


@router.post("/ask", response_model=AnswerModel)
def ask(archive: Archive, asked: AskRequest) -> dict[str, Any]:
    """Answer a question with exact, dated quotes, or say that the documents do not hold the answer."""
    history = [Exchange(turn.question, turn.answer, tuple(turn.documents)) for turn in asked.history]
    return finished(archive.stream(asked.question, wanted=asked.wanted(), history=history)).to_dict()


@router.get("/search", response_model=SearchResult)
def search(archive: Archive, asked: Annotated[SearchQuery, Query()]) -> dict[str, Any]:
    """Find the passages nearest to some words, without an answer."""
    hits = archive.search(asked.q, wanted=asked.wanted(), limit=asked.limit)
    return {"words": asked.q, "hits": [hit.to_dict() for hit in hits]}


@router.get("/timeline", response_model=TimelineModel)
def timeline(archive: Archive, asked: Annotated[TimelineQuery, Query()]) -> dict[str, Any]:
    """Tell the dated events of a topic in order, each with its quote."""
    return archive.timeline(asked.topic, wanted=asked.wanted()).to_dict()


@router.get("/documents", response_model=DocumentList)
def documents(archive: Archive, page: Annotated[DocumentsQuery, Query()]) -> dict[str, Any]:
    """List the documents, newest first."""
    return document_list(archive, page)


@router.get("/documents/{id:path}", response_model=DocumentModel)
def document(archive: Archive, id: str) -> dict[str, Any]:
    """Read a document as it is stored; offsets in citations count in this text."""
    return archive.document(id).to_dict()


@router.get("/status")
def status(archive: Archive) -> dict[str, Any]:
    """Tell what is in the index, what writes the answers and where everything is kept."""
    return archive.status()


def document_list(archive: Assistant, page: DocumentsQuery) -> dict[str, Any]:
    """One page of the documents, without their texts."""
    listed = archive.catalogue()
    shown = listed[page.offset : page.offset + page.limit]
    sizes = archive.sizes([document.id for document in shown])
    # What was removed since it was listed has no size.
    entries = [_entry(document, sizes[document.id]) for document in shown if document.id in sizes]
    return {"total": len(listed), "documents": entries}


def _entry(document: Listed, size: TextSize) -> dict[str, Any]:
    return {
        **document_reference(document),
        "date_source": document.date_source,
        "language": document.language,
        "characters": size.characters,
    }
