"""The documents panel: what is in the archive, adding to it, taking from it, indexing it again."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import gradio as gr

from assistant.errors import HemerotecaError
from index.sync.indexer import Progress, Step, SyncReport
from ui.access.audit import audit
from ui.access.visitor import Visitor, visitor_of
from ui.addresses import reader_address
from ui.desk import Desk
from ui.documents import MAX_FILE, remove_file
from ui.filters import language_name
from ui.inbox import Inbox
from ui.page_events import LONGEST_WORDS
from ui.readers import reader_of
from ui.shelf import PAGE, View, bars, read_view
from ui.uploads import Upload, UploadStage, after_report, after_step, steps_of, why_refused

_ON_ACTS = """
element.addEventListener('hemeroteca-remove', event => trigger('remove', {document: event.detail}));
element.addEventListener('hemeroteca-view', event => trigger('turn', {view: event.detail}));
element.addEventListener('hemeroteca-watch', event => trigger('watch', {on: event.detail}));
"""
_ON_ARRIVAL = (
    "element.addEventListener('hemeroteca-arrive', event => trigger('arrive', {uploads: event.detail}));"
)
_NEARLY = 20  # how often at most, of all its steps, a run redraws how far it has come

Shown = tuple[Any, ...]


class DocumentsPanel:
    """The panel's components and handlers. Build it within Blocks, then `connect` it."""

    def __init__(self, desk: Desk, inbox: Inbox, suffixes: tuple[str, ...]) -> None:
        self._desk = desk
        self._inbox = inbox
        texts = desk.pen.texts
        with gr.Row(elem_id="documents-tools"):
            self.search = gr.Textbox(
                elem_id="search",
                label=texts("search_documents"),
                placeholder=texts("search_placeholder"),
                max_lines=1,
                max_length=LONGEST_WORDS,
                scale=3,
            )
            self.reindex = gr.Button(texts("reindex"), elem_id="reindex", scale=0, min_width=170)
        drop = desk.pen.draw("add", suffixes=suffixes, largest=MAX_FILE)
        self.files = gr.HTML(drop, elem_id="add", apply_default_css=False, js_on_load=_ON_ARRIVAL)
        self.report = gr.HTML(elem_id="report", apply_default_css=False, js_on_load=None)
        self.list = gr.HTML(elem_id="documents", apply_default_css=False, js_on_load=_ON_ACTS)
        self.view = gr.State(View().model_dump())

    def connect(self, page: gr.Blocks, tab: gr.Tab, following: list[gr.HTML]) -> None:
        """Wire the components; `following` (masthead, welcome) are drawn again when the archive changes."""
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asked = [self.search, self.view]
        page.load(self.draw, asked, self.list, **quiet)
        opening = tab.select(self.draw, asked, self.list, **quiet)
        # What was typed while that was on its way may have been drawn before it.
        opening.then(self.draw, asked, self.list, **quiet)
        self.search.change(
            self.search_again, asked, [self.view, self.list], trigger_mode="always_last", **quiet
        )
        self.list.turn(self.turn, self.search, [self.view, self.list], **quiet)
        self.list.watch(self.watch, asked, self.list, **quiet)
        writing: dict[str, Any] = {**quiet, "concurrency_id": "write", "concurrency_limit": 1}
        changed = [self.report, self.list, *following]
        # More may arrive while those before are indexed.
        self.files.arrive(self.add, asked, changed, trigger_mode="multiple", **writing)
        self.reindex.click(self.index_again, asked, changed, **writing)
        self.list.remove(self.remove, asked, changed, **writing)

    # Looking

    def draw(self, search: str | None, shown: dict[str, Any]) -> str:
        """The panel's list as its reader last saw it."""
        view, words = read_view(shown), (search or "").strip()  # None until the tab has been opened
        assistant, texts = self._desk.assistant, self._desk.pen.texts
        overview = assistant.overview()
        found = assistant.listing(view.wish(words), view.offset, PAGE)
        skipped = overview.skipped[view.offset : view.offset + PAGE]
        return self._desk.pen.draw(
            "documents",
            view=view,
            search=words,
            overview=overview,
            bars=bars(overview),
            rows=found.documents,
            per_file=found.per_file,
            skipped=skipped,
            total=found.total if view.state == "indexed" else len(overview.skipped),
            page_size=PAGE,
            languages=[(code, language_name(code, texts)) for code in overview.languages],
            address=lambda document: reader_address(document.id, texts.language),
            watching=assistant.watching.on,
        )

    def search_again(self, search: str | None, shown: dict[str, Any]) -> Shown:
        """The first page of what matches, when the words have changed."""
        view = {**shown, "page": 1}
        return view, self.draw(search, view)

    def turn(self, search: str | None, event: gr.EventData) -> Shown:
        """The list as its reader now wants to see it."""
        view = read_view(event.view).model_dump()
        return view, self.draw(search, view)

    def watch(self, search: str | None, shown: dict[str, Any], event: gr.EventData) -> str:
        """Follow the documents folder from now on, or no longer."""
        self._desk.assistant.watching.turn(event.on is True)
        return self.draw(search, shown)

    # Changing

    def add(
        self, search: str | None, shown: dict[str, Any], event: gr.EventData, request: gr.Request
    ) -> Iterator[Shown]:
        """Take files that have arrived into the archive, telling of each how far it has come."""
        visitor = visitor_of(request)
        uploads = self._inbox.take(reader_of(request), event.uploads)
        added = [upload.name for upload in uploads if upload.stage is not UploadStage.REFUSED]
        audit.info("documents added: %s by %s", added, visitor.user or "anyone")
        yield from self._synced(visitor, search, shown, uploads)

    def index_again(self, search: str | None, shown: dict[str, Any], request: gr.Request) -> Iterator[Shown]:
        """Index what is new or changed."""
        yield from self._synced(visitor_of(request), search, shown)

    def remove(
        self, search: str | None, shown: dict[str, Any], event: gr.EventData, request: gr.Request
    ) -> Iterator[Shown]:
        """Delete the file the reader confirmed, and index."""
        gone = self._remove(str(event.document))
        problem = "" if gone else self._desk.pen.texts("not_removed")
        visitor = visitor_of(request)
        if gone:
            audit.info("document removed: %r by %s", str(event.document), visitor.user or "anyone")
        yield from self._synced(visitor, search, shown, problem=problem)

    def _remove(self, path: str) -> bool:
        settings = self._desk.assistant.settings
        return remove_file(settings.documents, path, kept=(settings.index,))

    def _synced(
        self,
        visitor: Visitor,
        search: str | None,
        shown: dict[str, Any],
        uploads: tuple[Upload, ...] = (),
        problem: str = "",
    ) -> Iterator[Shown]:
        """What the page shows while a run is under way, and after it."""
        report: SyncReport | None = None
        steps = steps_of(self._desk.assistant.sync)
        try:
            while True:
                step = next(steps)
                uploads = after_step(uploads, step)
                if _worth_telling(step):
                    yield self._told(uploads, step=step), *(gr.skip(),) * 3
        except StopIteration as end:
            report = end.value
        except HemerotecaError as error:
            problem = str(error)
        if report is not None:
            uploads = after_report(uploads, report)
            self._inbox.update(uploads)
        told = self._told(uploads, report=report, problem=problem)
        yield told, self.draw(search, shown), self._desk.masthead(visitor), self._desk.welcome()

    def _told(
        self,
        uploads: Sequence[Upload],
        step: Progress | None = None,
        report: SyncReport | None = None,
        problem: str = "",
    ) -> str:
        pen = self._desk.pen
        return pen.draw(
            "report",
            uploads=uploads,
            step=step,
            report=report,
            problem=problem,
            why=partial(why_refused, texts=pen.texts),
        )


def _worth_telling(step: Progress) -> bool:
    return step.step is Step.READ and (step.done % max(1, step.total // _NEARLY) == 0)
