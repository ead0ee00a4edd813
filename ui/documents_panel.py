"""The documents panel: what is in the archive, adding to it, taking from it, indexing it again."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import gradio as gr

from assistant.errors import HemerotecaError
from index.document import Listed
from index.store.listing import Wish
from index.sync.indexer import Progress, Step, SyncReport
from ui.access.visitor import Visitor, audit, visitor_of
from ui.addresses import reader_address
from ui.desk import Desk, language_name
from ui.documents import MAX_FILE, Bin
from ui.inbox import Inbox
from ui.page_events import LONGEST_WORDS
from ui.readers import reader_of
from ui.shelf import PAGE, View, bars, read_view
from ui.uploads import Upload, UploadStage, after_report, after_step, steps_of, why_refused

_ON_ACTS = """
element.addEventListener('hemeroteca-remove', event => trigger('remove', {document: event.detail}));
element.addEventListener('hemeroteca-restore', event => trigger('restore', {number: event.detail}));
element.addEventListener('hemeroteca-view', event => trigger('turn', {view: event.detail}));
element.addEventListener('hemeroteca-watch', event => trigger('watch', {on: event.detail}));
"""
_ON_ARRIVAL = (
    "element.addEventListener('hemeroteca-arrive', event => trigger('arrive', {uploads: event.detail}));"
)
_INTRODUCED = 3  # documents of those that were added last
_ALIKE = 50  # documents among which the one of a file is sought
_LINES, _QUESTIONS = 2, 3  # of a document that was added
_NEARLY = 20  # how often at most, of all its steps, a run redraws how far it has come

_log = logging.getLogger(__name__)

Shown = Any
"""What components show from now on, or Gradio's sign that they stay as they are."""


@dataclass(slots=True)
class Glance:
    """What one page looks for in the list. Its looks are counted, since an earlier one may end after a later."""

    words: str = ""
    view: View = field(default_factory=View)
    looks: int = 0

    def begin(self) -> int:
        """The number of a look that begins."""
        self.looks += 1
        return self.looks

    def is_last(self, number: int) -> bool:
        """Whether no other look has begun since."""
        return number == self.looks


class DocumentsPanel:
    """The panel's components and handlers. Build it within Blocks, then `connect` it."""

    def __init__(self, desk: Desk, inbox: Inbox, suffixes: tuple[str, ...]) -> None:
        self._desk = desk
        self._inbox = inbox
        settings, texts = desk.assistant.settings, desk.pen.texts
        self._bin = Bin(settings.documents, settings.bin_days, kept=(settings.index,))
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
        self.introduced = gr.HTML(elem_id="introduced", apply_default_css=False, js_on_load=None)
        self.list = gr.HTML(elem_id="documents", apply_default_css=False, js_on_load=_ON_ACTS)
        self.glance = gr.State(Glance())

    def connect(self, page: gr.Blocks, tab: gr.Tab, following: list[gr.HTML]) -> list[Any]:
        """Wire the components; `following` (masthead, welcome) are drawn again when the archive changes.

        Returns the events that change it.
        """
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        # Every look is drawn, and the last one stays: what was clicked or typed meanwhile must not be lost.
        looking: dict[str, Any] = {**quiet, "trigger_mode": "multiple"}
        asked = [self.search, self.glance]
        page.load(self.look, asked, self.list, **looking)
        tab.select(self.look, asked, self.list, **looking)
        self.search.change(self.look, asked, self.list, **quiet, trigger_mode="always_last")
        self.list.turn(self.turn, asked, self.list, **looking)
        self.list.watch(self.watch, asked, self.list, **looking)
        writing: dict[str, Any] = {**quiet, "concurrency_id": "write", "concurrency_limit": 1}
        changed = [self.report, self.list, *following]
        # More may arrive while those before are indexed.
        arriving = self.files.arrive(self.add, self.glance, changed, trigger_mode="multiple", **writing)
        changing = [
            arriving,
            self.reindex.click(self.index_again, self.glance, changed, **writing),
            self.list.remove(self.remove, self.glance, changed, **writing),
            self.list.restore(self.restore, self.glance, changed, **writing),
        ]
        for change in changing:
            # Apart from it, since the next change would have to wait.
            change.then(self.introduce, outputs=self.introduced, **quiet, concurrency_limit=1)
        return changing

    # Looking

    def look(self, search: str | None, glance: Glance) -> Shown:
        """The panel's list as its reader wants to see it; nothing if they have looked again meanwhile."""
        words = (search or "").strip()  # None until the tab has been opened
        if words != glance.words:
            glance.words, glance.view = words, glance.view.model_copy(update={"page": 1})
        return self._drawn(glance)

    def turn(self, search: str | None, glance: Glance, event: gr.EventData) -> Shown:
        """The list with what its reader has now chosen to see."""
        glance.view = read_view(event.view)
        return self.look(search, glance)

    def watch(self, search: str | None, glance: Glance, event: gr.EventData) -> Shown:
        """Follow the documents folder from now on, or no longer."""
        self._desk.assistant.watching.turn(event.on is True)
        return self.look(search, glance)

    def _drawn(self, glance: Glance) -> Shown:
        number = glance.begin()
        drawn = self.draw(glance.words, glance.view)
        return drawn if glance.is_last(number) else gr.skip()

    def draw(self, words: str, view: View) -> str:
        """The list of the documents with these words."""
        assistant, texts = self._desk.assistant, self._desk.pen.texts
        overview = assistant.overview()
        found = assistant.listing(view.wish(words), view.offset, PAGE)
        skipped = overview.skipped[view.offset : view.offset + PAGE]
        binned = self._bin.files()
        totals = {"indexed": found.total, "skipped": len(overview.skipped), "bin": len(binned)}
        return self._desk.pen.draw(
            "documents",
            view=view,
            search=words,
            overview=overview,
            bars=bars(overview.months),
            rows=found.documents,
            per_file=found.per_file,
            skipped=skipped,
            is_removable=self._bin.may_take,
            binned=binned[view.offset : view.offset + PAGE],
            totals=totals,
            total=totals[view.state],
            bin_days=assistant.settings.bin_days,
            page_size=PAGE,
            languages=[(code, language_name(code, texts)) for code in overview.languages],
            address=lambda document: reader_address(document.id, texts.language),
            watching=assistant.watching.on,
        )

    # Changing

    def add(self, glance: Glance, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """Take files that have arrived into the archive, telling of each how far it has come."""
        visitor = visitor_of(request)
        uploads = self._inbox.take(reader_of(request), event.uploads)
        added = [upload.name for upload in uploads if upload.stage is not UploadStage.REFUSED]
        audit.info("documents added: %s by %s", added, visitor.user or "anyone")
        yield from self._synced(visitor, glance, uploads)

    def index_again(self, glance: Glance, request: gr.Request) -> Iterator[Shown]:
        """Index what is new or changed."""
        yield from self._synced(visitor_of(request), glance)

    def remove(self, glance: Glance, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """Put the file that the reader confirmed into the bin, and index."""
        path, visitor = str(event.document), visitor_of(request)
        problem = self._problem(partial(self._bin.put, path), "not_removed")
        if not problem:
            audit.info("document removed: %r by %s", path, visitor.user or "anyone")
        yield from self._synced(visitor, glance, problem=problem)

    def restore(self, glance: Glance, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """Bring a file back from the bin, and index."""
        number, visitor = str(event.number), visitor_of(request)
        problem = self._problem(partial(self._bin.restore, number), "not_restored")
        if not problem:
            audit.info("document brought back: %s by %s", number, visitor.user or "anyone")
        yield from self._synced(visitor, glance, problem=problem)

    def introduce(self, request: gr.Request) -> str:
        """What the last files say that this reader has added, each with questions that it answers."""
        added = [
            upload
            for upload in self._inbox.uploads(reader_of(request))
            if upload.stage is UploadStage.INDEXED
        ]
        listed = (self._document_at(upload.path) for upload in added[-_INTRODUCED:])
        return self._desk.pen.draw(
            "introduced",
            documents=[self._introduction(document) for document in listed if document is not None],
        )

    def _document_at(self, path: str) -> Listed | None:
        """The document of a file, if there is one of it alone."""
        held = self._desk.assistant.listing(Wish(path), limit=_ALIKE).documents
        own = [document for document in held if document.path == path]
        return own[0] if len(own) == 1 else None

    def _introduction(self, document: Listed) -> dict[str, object]:
        portrait = self._desk.assistant.document_portrait(document.id)
        questions = self._desk.assistant.sure_questions(document.id)
        lines = () if portrait is None else portrait.gist[:_LINES]
        text = "" if portrait is None else portrait.document.text
        return {
            "title": document.title or document.path,
            "language": document.language,
            "address": reader_address(document.id, self._desk.pen.texts.language),
            "lines": [" ".join(span.of(text).split()) for span in lines],
            "questions": questions[:_QUESTIONS],
        }

    def _problem(self, change: Callable[[], object], missing: str) -> str:
        """What kept a change of the folder from being made, for the reader; empty if it was made."""
        texts = self._desk.pen.texts
        try:
            return "" if change() else texts(missing)
        except OSError:
            _log.exception("the documents folder could not be changed")
            return texts("not_changed")

    def _synced(
        self,
        visitor: Visitor,
        glance: Glance,
        uploads: tuple[Upload, ...] = (),
        problem: str = "",
    ) -> Iterator[Shown]:
        """What the page shows while a run is under way, and after it."""
        report: SyncReport | None = None
        # One that runs already, as at the start, would not see what has just changed.
        steps = steps_of(partial(self._desk.assistant.sync, wait=True))
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
        yield told, self._drawn(glance), self._desk.masthead(visitor), self._desk.welcome()

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
