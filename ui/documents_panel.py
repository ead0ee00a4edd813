"""The documents panel: what is in the archive, adding to it, taking from it, indexing it again."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.errors import HemerotecaError
from ui.access.visitor import Visitor, visitor_of
from ui.addresses import reader_address
from ui.desk import Desk
from ui.documents import MAX_FILES, Refused, check, matching, remove_file, safe_name, store_file

if TYPE_CHECKING:
    from index.sync import Progress, SyncReport

SHOWN = 100  # rows of the list
_PROGRESS = gr.Progress()  # as a default it asks Gradio for the progress of the call
_ON_REMOVE = """
element.addEventListener('hemeroteca-remove', event => trigger('remove', {document: event.detail}));
"""


class DocumentsPanel:
    """The panel's components and handlers. Build it within Blocks, then `connect` it."""

    def __init__(self, desk: Desk, suffixes: tuple[str, ...]) -> None:
        self._desk = desk
        self._suffixes = suffixes
        texts = desk.pen.texts
        with gr.Row(elem_id="documents-tools"):
            self.search = gr.Textbox(
                elem_id="search",
                label=texts("search_documents"),
                placeholder=texts("search_placeholder"),
                max_lines=1,
                scale=3,
            )
            self.reindex = gr.Button(texts("reindex"), elem_id="reindex", scale=0, min_width=170)
        self.files = gr.File(
            elem_id="add",
            label=texts("drop_here", types=" ".join(suffixes)),
            file_count="multiple",
            file_types=list(suffixes),
            height=130,
        )
        self.report = gr.HTML(elem_id="report", apply_default_css=False, js_on_load=None)
        self.list = gr.HTML(elem_id="documents", apply_default_css=False, js_on_load=_ON_REMOVE)

    def connect(self, page: gr.Blocks, following: list[gr.HTML]) -> None:
        """Wire the components; `following` (masthead, welcome) are drawn again when the archive changes."""
        changed = [self.report, self.list, *following]
        private: dict[str, Any] = {"api_visibility": "private"}
        page.load(self.draw, self.search, self.list, show_progress="hidden", **private)
        self.search.change(
            self.draw, self.search, self.list, trigger_mode="always_last", show_progress="hidden", **private
        )
        writing: dict[str, Any] = {**private, "concurrency_id": "write", "concurrency_limit": 1}
        self.files.upload(self.add, [self.files, self.search], [self.files, *changed], **writing)
        self.reindex.click(self.index_again, self.search, changed, **writing)
        self.list.remove(self.remove, self.search, changed, **writing)

    def draw(self, search: str | None) -> str:
        """The list of documents that match `search`, newest first."""
        search = (search or "").strip()  # the box sends None until its tab has been opened
        documents = self._desk.assistant.catalogue()
        found = matching(documents, search)
        per_file = Counter(document.path for document in documents)
        rows = [
            {
                "document": document,
                "address": reader_address(document.id, self._desk.pen.texts.language),
                "shared": per_file[document.path],
            }
            for document in found[:SHOWN]
        ]
        return self._desk.pen.draw("documents", rows=rows, total=len(found), search=search)

    def add(
        self,
        files: list[str] | None,
        search: str | None,
        request: gr.Request,
        progress: gr.Progress = _PROGRESS,
    ) -> tuple[Any, ...]:
        """Take uploaded files into the documents folder and index them."""
        refused = self._take_in([Path(file) for file in files or ()], progress)
        return None, *self._synced(visitor_of(request), search, progress, refused)

    def index_again(
        self, search: str | None, request: gr.Request, progress: gr.Progress = _PROGRESS
    ) -> tuple[Any, ...]:
        """Index what is new or changed."""
        return self._synced(visitor_of(request), search, progress)

    def remove(
        self,
        search: str | None,
        event: gr.EventData,
        request: gr.Request,
        progress: gr.Progress = _PROGRESS,
    ) -> tuple[Any, ...]:
        """Delete the file the reader confirmed, and index."""
        gone = remove_file(self._desk.assistant.settings.documents, str(event.document))
        problem = "" if gone else self._desk.pen.texts("not_removed")
        return self._synced(visitor_of(request), search, progress, problem=problem)

    def _take_in(self, files: list[Path], progress: gr.Progress) -> list[Refused]:
        if len(files) > MAX_FILES:
            return [Refused("too_many_files", {"limit": MAX_FILES, "n": len(files)})]
        refused = []
        for position, file in enumerate(files):
            name = safe_name(file.name)
            progress((position, len(files)), desc=self._desk.pen.texts("saving", name=name))
            problem = check(name, file.stat().st_size, self._suffixes)
            if problem is None:
                store_file(file, name, self._desk.assistant.settings.documents)
            else:
                refused.append(problem)
            file.unlink()
        return refused

    def _synced(
        self,
        visitor: Visitor,
        search: str | None,
        progress: gr.Progress,
        refused: list[Refused] | None = None,
        problem: str = "",
    ) -> tuple[Any, ...]:
        indexing = self._desk.pen.texts("indexing")

        def tell(step: "Progress") -> None:
            progress((step.done, step.total), desc=f"{indexing}: {step.name}" if step.name else indexing)

        report: SyncReport | None = None
        try:
            report = self._desk.assistant.sync(tell)
        except HemerotecaError as error:
            problem = str(error)
        drawn = self._desk.pen.draw("report", report=report, refused=refused or [], problem=problem)
        return drawn, self.draw(search), self._desk.masthead(visitor), self._desk.welcome()
