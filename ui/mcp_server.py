"""The archive as an MCP server: tools that ask, search and read, and the documents as resources."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import Resource, ToolAnnotations
from pydantic import Field

from assistant.answer import Finished, Retrieved, Verified
from assistant.assistant import Assistant
from assistant.errors import HemerotecaError
from assistant.finding.search import MOST_HITS
from assistant.incoming import LONGEST_QUESTION
from index.document import Listed
from index.filters import DocumentFilter
from index.store.listing import Wish
from ui.api.models import (
    AnswerModel,
    Day,
    DocumentList,
    DocumentModel,
    DocumentsQuery,
    Limit,
    Offset,
    SearchResult,
    TimelineModel,
    Words,
)
from ui.api.rest import document_list

_MOST_RESOURCES = 1000
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "An archive of dated documents. `ask` answers with exact quotes or says that the documents do not hold the "
    "answer; `search` finds passages; `timeline` tells dated events. Offsets count in the text that "
    "`read_document` gives. Documents are listed by `list_documents`, and as pages of resources: "
    "hemeroteca://documents/0, and so on from the `next` of each page."
)

_ASK = (
    "Answer a question with exact, dated quotes, or say that the documents do not hold the answer. A question has at "
    f"most {LONGEST_QUESTION} characters and stands alone: nothing is kept between calls. Progress tells each "
    "sentence as it is proved; the result has them all, with the citations and their offsets."
)
# Of a number that any archive may count to.
_LONGEST_OFFSET = 9

From = Annotated[Day | None, Field(description="Only documents published on this day or later.")]
To = Annotated[Day | None, Field(description="Only documents published on this day or before.")]
AsOf = Annotated[Day | None, Field(description="As on this day: nothing published later counts.")]


class ArchiveServer(MCPServer[Any]):
    """An MCP server over one archive. Lists the newest documents as resources; any other can be read too."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__("hemeroteca", title="Hemeroteca", instructions=_INSTRUCTIONS, log_level="WARNING")
        self._assistant = assistant
        _add_tools(self, assistant)
        _add_documents(self, assistant)

    async def list_resources(self) -> list[Resource]:
        newest = partial(self._assistant.listing, Wish(), limit=_MOST_RESOURCES)
        return [_resource(document) for document in (await to_thread.run_sync(newest)).documents]


def document_uri(document_id: str) -> str:
    """The address of a document as a resource."""
    return f"hemeroteca://document/{quote(document_id, safe='')}"


def _resource(document: Listed) -> Resource:
    return Resource(
        uri=document_uri(document.id),
        name=document.id,
        title=document.title or document.path,
        description=None if document.date is None else document.date.isoformat(),
        mime_type="text/plain",
    )


def _add_tools(server: MCPServer[Any], assistant: Assistant) -> None:
    @server.tool(annotations=_READS, description=_ASK)
    async def ask(
        context: Context[Any, Any],
        question: Words,
        published_from: From = None,
        published_to: To = None,
        as_of: AsOf = None,
    ) -> AnswerModel:
        wanted = _wanted(published_from, published_to, as_of)
        sentences = 0
        with _told():
            async for event in assistant.astream(question, wanted=wanted):
                match event:
                    case Retrieved():
                        await context.report_progress(
                            sentences, message=f"{len(event.evidence)} sentences found"
                        )
                    case Verified():
                        sentences += 1
                        await context.report_progress(sentences, message=event.sentence.text)
                    case Finished():
                        return AnswerModel.model_validate(event.answer.to_dict())
        raise ToolError("The answer broke off before its end: ask again.")

    @server.tool(annotations=_READS)
    def search(
        words: Words,
        published_from: From = None,
        published_to: To = None,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=MOST_HITS)] = 10,
    ) -> SearchResult:
        """Find the passages nearest to some words, without an answer. At most 100 passages, 10 if not said."""
        with _told():
            hits = assistant.search(words, wanted=_wanted(published_from, published_to, as_of), limit=limit)
        return SearchResult.model_validate({"words": words, "hits": [hit.to_dict() for hit in hits]})

    @server.tool(annotations=_READS)
    def timeline(
        topic: Words, published_from: From = None, published_to: To = None, as_of: AsOf = None
    ) -> TimelineModel:
        """Tell the dated events of a topic in order, each with the quote that says so; at most 60."""
        with _told():
            told = assistant.timeline(topic, wanted=_wanted(published_from, published_to, as_of))
        return TimelineModel.model_validate(told.to_dict())

    @server.tool(annotations=_READS)
    def read_document(id: Annotated[str, Field(description="The document's id.")]) -> DocumentModel:
        """Read a document as it is stored, all of its text."""
        with _told():
            return DocumentModel.model_validate(assistant.document(id).to_dict())

    @server.tool(annotations=_READS)
    def list_documents(limit: Limit = 100, offset: Offset = 0) -> DocumentList:
        """List the documents, newest first, without their texts: at most 1000 at a time, from `offset` on."""
        with _told():
            found = document_list(assistant, DocumentsQuery(limit=limit, offset=offset))
        return DocumentList.model_validate(found)


def _add_documents(server: MCPServer[Any], assistant: Assistant) -> None:
    @server.resource("hemeroteca://document/{+id}", mime_type="text/plain")
    def document(id: str) -> str:
        """A document's stored text, in which the offsets of citations count."""
        try:
            return assistant.document(id).text
        except HemerotecaError as error:
            raise ResourceNotFoundError(str(error)) from error

    @server.resource("hemeroteca://documents/{offset}", mime_type="application/json")
    def documents(offset: str) -> dict[str, Any]:
        """A page of the documents as resources, newest first, from `offset` on; `next` is the page behind it."""
        if not offset.isdecimal() or len(offset) > _LONGEST_OFFSET:
            raise ResourceNotFoundError(
                f"A page of documents begins at a number, such as 0, and not at “{offset}”."
            )
        start = int(offset)
        listing = assistant.listing(Wish(), offset=start, limit=_MOST_RESOURCES)
        end = start + len(listing.documents)
        return {
            "resources": [
                _resource(each).model_dump(mode="json", exclude_none=True) for each in listing.documents
            ],
            "total": listing.total,
            "next": f"hemeroteca://documents/{end}" if start < end < listing.total else None,
        }


def _wanted(published_from: Day | None, published_to: Day | None, as_of: Day | None) -> DocumentFilter:
    return DocumentFilter(published_from=published_from, published_to=published_to, as_of=as_of)


@contextmanager
def _told() -> Iterator[None]:
    """A failure that a person can mend, as the tool's own answer."""
    try:
        yield
    except HemerotecaError as error:
        raise ToolError(str(error)) from error
