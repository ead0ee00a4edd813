"""`GET /v1/files`: the archive's documents as files."""

from datetime import UTC, datetime, time
from typing import Annotated

from fastapi import APIRouter, Query, Response

from index.document import Document, Listed
from ui.api.archive import Archive
from ui.api.errors import RESPONSES, ApiRoute, RequestFailed
from ui.api.messages import File, Files

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)


@router.get("/files")
def files(
    archive: Archive, limit: Annotated[int, Query(ge=1, le=10_000)] = 10_000, after: str | None = None
) -> Files:
    """List the documents, newest first."""
    listed = archive.catalogue()
    begin = 0 if after is None else _place(listed, after) + 1
    page = listed[begin : begin + limit]
    sizes = archive.sizes([document.id for document in page])
    return Files(
        # What was removed since it was listed has no size.
        data=[_file(document, sizes[document.id].bytes) for document in page if document.id in sizes],
        has_more=begin + limit < len(listed),
        first_id=page[0].id if page else None,
        last_id=page[-1].id if page else None,
    )


@router.get(
    "/files/{id:path}/content",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def content(archive: Archive, id: str) -> Response:
    """Give a document's stored text."""
    return Response(archive.document(id).text, media_type="text/plain; charset=utf-8")


@router.get("/files/{id:path}")
def file(archive: Archive, id: str) -> File:
    """Tell about a document."""
    document = archive.document(id)
    return _file(document, len(document.text.encode()))


def _place(listed: tuple[Listed, ...], id: str) -> int:
    for place, document in enumerate(listed):
        if document.id == id:
            return place
    raise RequestFailed(400, "There is no document of that id to go on from.", param="after")


def _file(document: Document | Listed, size: int) -> File:
    day = document.date
    created = 0 if day is None else int(datetime.combine(day, time(), UTC).timestamp())
    return File(id=document.id, bytes=size, created_at=created, filename=document.path)
