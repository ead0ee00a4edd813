"""The conversation: asking, watching the answer arrive, stopping, and finding it again after a reload."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.conversation import Conversation
from assistant.engine import LONGEST_QUESTION
from assistant.errors import HemerotecaError
from index.filters import DocumentFilter
from ui.access.visitor import visitor_of
from ui.conversations import Conversations
from ui.desk import Desk
from ui.filters import read_filter
from ui.turns import Progress, Turn

_REMEMBERED = (
    "() => new URLSearchParams(location.search).get('conversation') "
    "|| sessionStorage.getItem('conversation') || ''"
)
_REMEMBER = "id => { sessionStorage.setItem('conversation', id); return id; }"
_WITH_FILTER = "(question, conversation) => [question, conversation, hemeroteca.wanted()]"

Update = Any  # a component's new value, or gr.update(...)


class ChatPanel:
    """The conversation's components and handlers. Build it within Blocks, then `connect` it to the page."""

    def __init__(self, desk: Desk, conversations: Conversations) -> None:
        self._desk = desk
        self._conversations = conversations
        texts = desk.pen.texts
        self.history = gr.HTML(elem_id="history", apply_default_css=False, js_on_load=None)
        self.live = gr.HTML(elem_id="live", apply_default_css=False, js_on_load=None)
        self.welcome = gr.HTML(elem_id="welcome", apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="composer"):
            self.question = gr.Textbox(
                elem_id="question",
                label=texts("question_label"),
                placeholder=texts("question_placeholder"),
                container=False,
                lines=1,
                max_lines=6,
                submit_btn=texts("ask"),
            )
            self.filters = gr.HTML(elem_id="filters", apply_default_css=False, js_on_load=None)
            self.notice = gr.HTML(elem_id="notice", apply_default_css=False, js_on_load=None)
        self.conversation = gr.Textbox(visible="hidden", elem_id="conversation-id", label="id")
        self.wanted = gr.Textbox(visible="hidden", elem_id="wanted", label="filter")

    def connect(self, page: gr.Blocks) -> None:
        """Wire the components to their handlers."""
        shown = [self.conversation, self.history, self.live, self.welcome]
        opening = page.load(
            self.open, self.conversation, shown, js=_REMEMBERED, api_visibility="private", queue=False
        )
        opening.then(None, self.conversation, None, js=_REMEMBER, api_visibility="private")
        asking = self.question.submit(
            self.ask,
            [self.question, self.conversation, self.wanted],
            [self.conversation, self.question, self.history, self.live, self.welcome],
            js=_WITH_FILTER,
            api_visibility="private",
            show_progress="hidden",
            trigger_mode="once",
            concurrency_id="ask",
        )
        asking.then(None, self.conversation, None, js=_REMEMBER, api_visibility="private")
        self.question.stop(
            self.stop,
            self.conversation,
            [self.question, self.live],
            cancels=[asking],
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )

    def open(self, remembered: str, request: gr.Request) -> tuple[Update, ...]:
        """The user's conversation under a remembered id, or a new one."""
        own = self._conversations.of(visitor_of(request).user)
        conversation = own.opened(remembered)
        turns = own.turns(conversation)
        return conversation, self._draw(turns, conversation), "", "" if turns else self._desk.welcome()

    def ask(
        self, question: str, conversation: str, sent: str, request: gr.Request
    ) -> Iterator[tuple[Update, ...]]:
        """Answer a question, telling the page after each verified sentence; `sent` is the filter's JSON."""
        asked = question.strip()
        self._refuse_long(asked)
        wanted = self._filter(sent)
        if not asked:
            yield (gr.skip(),) * 5
            return
        own = self._conversations.of(visitor_of(request).user)
        earlier = own.stop(conversation)
        turn = own.begin(conversation, asked, self._desk.filter_words(wanted))
        texts = self._desk.pen.texts
        busy = gr.update(value="", submit_btn=False, stop_btn=texts("stop"))
        yield gr.skip(), busy, self._draw(earlier, conversation), self._draw([turn], conversation), ""
        for latest in _progress(own.thread(conversation), turn, wanted):
            if not own.update(conversation, latest):
                return
            if latest.pending:
                yield gr.skip(), gr.skip(), gr.skip(), self._draw([latest], conversation), gr.skip()
                continue
            idle = gr.update(submit_btn=texts("ask"), stop_btn=False)
            kept = own.settled(conversation)
            yield kept, idle, gr.skip(), self._draw([latest], kept), gr.skip()

    def stop(self, conversation: str, request: gr.Request) -> tuple[Update, ...]:
        """Leave the pending turn as it stands."""
        turns = self._conversations.of(visitor_of(request).user).stop(conversation)
        ask = self._desk.pen.texts("ask")
        return gr.update(submit_btn=ask, stop_btn=False), self._draw(turns[-1:], conversation)

    def _refuse_long(self, question: str) -> None:
        if len(question) > LONGEST_QUESTION:
            texts = self._desk.pen.texts
            told = texts("question_too_long", length=len(question), limit=LONGEST_QUESTION)
            raise gr.Error(told, print_exception=False)

    def _filter(self, sent: str) -> DocumentFilter:
        wanted = read_filter(sent)
        if wanted is None:
            raise gr.Error(self._desk.pen.texts("filter_impossible"), print_exception=False)
        return wanted

    def _draw(self, turns: Sequence[Turn], conversation: str) -> str:
        return self._desk.pen.draw(
            "turns", turns=turns, conversation=conversation, size=self._desk.archive_size
        )


def _progress(thread: Conversation, turn: Turn, wanted: DocumentFilter) -> Iterator[Turn]:
    """The turn after each event of its answer."""
    progress = Progress(turn)
    try:
        for event in thread.stream(turn.question, wanted=wanted):
            latest = progress.after(event)
            yield latest if latest.pending else replace(latest, kept=thread.turns[-1].number)
    except HemerotecaError as error:
        yield progress.turn.failed(str(error))
