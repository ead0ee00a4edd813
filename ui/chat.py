"""The conversation: asking, watching the answer arrive, stopping, and finding it again after a reload."""

from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from threading import BoundedSemaphore
from typing import Any

import gradio as gr
from anyio import CapacityLimiter, to_thread

from assistant.conversation import Conversation
from assistant.errors import HemerotecaError
from assistant.incoming import LONGEST_QUESTION
from index.filters import DocumentFilter
from ui.access.throttle import Limits, TooOften
from ui.access.visitor import Visitor, visitor_of
from ui.conversations import MOST_TURNS, Conversations, UserConversations
from ui.desk import Desk, read_filter
from ui.line import Busy, Place
from ui.steps import stepping
from ui.turns import AnswerFollower, Turn, TurnStage

# What was asked is remembered until its answer is finished, so a page that still has it was left meanwhile.
_REMEMBERED = (
    "() => [(new URLSearchParams(location.search).get('conversation') "
    "|| sessionStorage.getItem('conversation') || '').slice(0, 64), sessionStorage.getItem('asked') || '']"
)
_REMEMBER = "id => { sessionStorage.setItem('conversation', id); hemeroteca.keep(id); hemeroteca.forget(); return id; }"
_RESTORE = (
    "(id, kept) => { sessionStorage.setItem('conversation', id); "
    "if (document.querySelector('.turn')) hemeroteca.keep(id); "
    "hemeroteca.restore(kept); hemeroteca.resume(); return [id, kept]; }"
)
_WITH_FILTER = (
    "(question, conversation, wanted, instead) => { hemeroteca.remember(question); "
    "return [question, conversation, hemeroteca.wanted(), hemeroteca.replaced()]; }"
)
_OFFER = "offered => hemeroteca.offer(offered)"
_STOPPED = "id => { hemeroteca.forget(); return id; }"

_GOING_ON_AT_ONCE = 2  # answers that next questions are sought for at a time

_LONGEST_PASTE = 10 * LONGEST_QUESTION  # a longer question is told to be too long, not cut unseen
_LONGEST_FILTER = 50_000  # characters

Update = Any  # a component's new value, or gr.update(...)


class ChatPanel:
    """The conversation's components and handlers. Build it within Blocks, then `connect` it to the page."""

    def __init__(self, desk: Desk, conversations: Conversations, limits: Limits) -> None:
        self._desk = desk
        self._conversations = conversations
        self._limits = limits
        self._going_on = BoundedSemaphore(_GOING_ON_AT_ONCE)
        self._portraying = CapacityLimiter(1)
        texts = desk.pen.texts
        self.history = gr.HTML(elem_id="history", apply_default_css=False, js_on_load=None)
        self.live = gr.HTML(elem_id="live", apply_default_css=False, js_on_load=None)
        self.welcome = gr.HTML(elem_id="welcome", apply_default_css=False, js_on_load=None)
        self.archive = gr.HTML(elem_id="archive", apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="composer"):
            self.question = gr.Textbox(
                elem_id="question",
                label=texts("question_label"),
                placeholder=texts("question_placeholder"),
                container=False,
                lines=1,
                max_lines=6,
                max_length=_LONGEST_PASTE,
                submit_btn=texts("ask"),
            )
            self.filters = gr.HTML(elem_id="filters", apply_default_css=False, js_on_load=None)
            self.notice = gr.HTML(elem_id="notice", apply_default_css=False, js_on_load=None)
        self.conversation = _hidden("conversation-id", "id", 64)
        self.left = _hidden("left", "question left behind", 4 * _LONGEST_PASTE)
        self.wanted = _hidden("wanted", "filter", _LONGEST_FILTER)
        self.next = _hidden("next", "next questions", _LONGEST_FILTER)
        self.instead = _hidden("instead", "number of the turn that is asked again", 9)

    def connect(self, page: gr.Blocks) -> tuple[Any, Any]:
        """Wire the components to their handlers. Returns the events of the page's opening and of an answer's end."""
        shown = [self.conversation, self.history, self.live, self.welcome, self.wanted]
        opening = page.load(
            self.open,
            [self.conversation, self.left],
            shown,
            js=_REMEMBERED,
            api_visibility="private",
            queue=False,
        )
        opening.then(None, [self.conversation, self.wanted], None, js=_RESTORE, api_visibility="private")
        self.portray_after(opening)
        asking = self.question.submit(
            self.ask,
            [self.question, self.conversation, self.wanted, self.instead],
            [self.conversation, self.question, self.history, self.live, self.welcome],
            js=_WITH_FILTER,
            api_visibility="private",
            show_progress="hidden",
            trigger_mode="once",
            concurrency_limit=None,
        )
        settling = asking.then(
            self.settle,
            self.conversation,
            [self.question, self.live],
            js=_REMEMBER,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )
        going_on = asking.success(
            self.go_on,
            self.conversation,
            self.next,
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=None,
        )
        going_on.success(None, self.next, None, js=_OFFER, api_visibility="private")
        self.question.stop(
            self.stop,
            self.conversation,
            [self.question, self.live],
            cancels=[asking],
            js=_STOPPED,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )
        return opening, settling

    def portray_after(self, event: Any) -> None:
        """Draw the archive as a whole once `event` is done with, which it keeps waiting in nothing."""
        event.then(
            self.portray,
            outputs=self.archive,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )

    async def portray(self) -> str:
        """The archive as a whole; with a limit of its own, so that it takes no thread from other requests."""
        return await to_thread.run_sync(self._desk.archive, limiter=self._portraying)

    def open(self, remembered: str, left: str, request: gr.Request) -> tuple[Update, ...]:
        """The user's conversation under a remembered id, or a new one.

        `left`: a question that this page was left with before its answer was finished. Nobody hears that answer.
        """
        own = self._conversations.of(visitor_of(request).user)
        conversation = own.opened(remembered)
        turns = own.stop(conversation) if left else own.turns(conversation)
        kept = self._desk.kept_filter(turns[-1].wanted) if turns else ""
        welcome = "" if turns else self._desk.welcome()
        return conversation, self._draw(turns, conversation), "", welcome, kept

    async def ask(
        self, question: str, conversation: str, sent: str, instead: str, request: gr.Request
    ) -> AsyncIterator[tuple[Update, ...]]:
        """Answer a question, telling the page after each verified sentence; `sent` is the filter's JSON.

        `instead` is the number of the kept turn that it takes the place of, if it is one.
        """
        asked = question.strip()
        self._refuse_long(asked)
        wanted = self._filter(sent)
        if not asked:
            yield (gr.skip(),) * 5
            return
        visitor = visitor_of(request)
        own = self._conversations.of(visitor.user)
        answer = self._answer(own, asked, conversation, wanted, int(instead) if instead.isdecimal() else 0)
        with self._joined(visitor) as place:
            async with aclosing(stepping(answer)) as steps:
                yield await anext(steps)
                async for position in place.positions():
                    yield self._waiting(own, conversation, position)
                async for step in steps:
                    yield step

    def _answer(
        self, own: UserConversations, asked: str, conversation: str, wanted: DocumentFilter, instead: int
    ) -> Generator[tuple[Update, ...], None, None]:
        """What the page shows first, and then after each step of the answer."""
        texts = self._desk.pen.texts
        try:
            thread = own.thread(conversation)
        except HemerotecaError as error:
            raise gr.Error(str(error), print_exception=False) from error
        if len(thread.turns) >= MOST_TURNS:
            raise self._refusal("too_many_turns", limit=MOST_TURNS)
        own.stop(conversation)
        turn = own.begin(conversation, asked, wanted, instead)
        earlier = own.turns(conversation)[:-1]
        busy = gr.update(value="", submit_btn=False, stop_btn=texts("stop"))
        latest = turn
        try:
            yield gr.skip(), busy, self._draw(earlier, conversation), self._draw([turn], conversation), ""
            for latest in map(self._with_state, _progress(thread, turn, wanted, instead)):
                if not own.update(conversation, latest):
                    return
                if latest.pending:
                    yield gr.skip(), gr.skip(), gr.skip(), self._draw([latest], conversation), gr.skip()
                    continue
                kept = own.settled(conversation)
                yield kept, self._idle(), gr.skip(), self._draw([latest], kept), gr.skip()
        finally:
            # Whoever leaves the page closes this; without it the turn would be under way for ever.
            own.update(conversation, latest.stopped())

    def _with_state(self, turn: Turn) -> Turn:
        """A finished turn that says from how much it was answered, where not all is read yet."""
        if turn.pending or self._desk.assistant.runs.under_way is None:
            return turn
        return replace(turn, still_reading=self._desk.assistant.overview().documents)

    def go_on(self, conversation: str, request: gr.Request) -> Update:
        """Questions to go on with, to be put under the last answer.

        They come after it, and cost it no time; nor is it drawn anew, since its reader is already in it.
        """
        own = self._conversations.of(visitor_of(request).user)
        turns = own.turns(conversation)
        if not turns or turns[-1].stage not in (TurnStage.ANSWERED, TurnStage.MISSING):
            return gr.skip()
        if not self._going_on.acquire(blocking=False):
            return gr.skip()  # a busy server answers first
        try:
            questions = self._desk.next_questions(turns[-1], [turn.question for turn in turns])
        finally:
            self._going_on.release()
        if not questions or own.turns(conversation) != turns:
            return gr.skip()
        return self._desk.offer(turns[-1], questions)

    def _waiting(self, own: UserConversations, conversation: str, position: int) -> tuple[Update, ...]:
        turns = [replace(turn, before=position) for turn in own.turns(conversation)[-1:] if turn.pending]
        return gr.skip(), gr.skip(), gr.skip(), self._draw(turns, conversation), gr.skip()

    def _joined(self, visitor: Visitor) -> Place:
        try:
            return self._limits.join(visitor)
        except Busy:
            raise self._refusal("busy") from None
        except TooOften as error:
            raise self._refusal("too_often", seconds=error.seconds) from None

    def stop(self, conversation: str, request: gr.Request) -> tuple[Update, ...]:
        """Leave the pending turn as it stands."""
        turns = self._conversations.of(visitor_of(request).user).stop(conversation)
        return self._idle(), self._draw(turns[-1:], conversation)

    def settle(self, conversation: str, request: gr.Request) -> tuple[Update, ...]:
        """A stopped turn as it stands, over a step that was on its way to the page when it was stopped."""
        turns = self._conversations.of(visitor_of(request).user).turns(conversation)[-1:]
        if not turns or turns[0].stage is not TurnStage.STOPPED:
            return gr.skip(), gr.skip()
        return self._idle(), self._draw(turns, conversation)

    def _idle(self) -> Update:
        """The question's box when nothing is being answered."""
        return gr.update(submit_btn=self._desk.pen.texts("ask"), stop_btn=False)

    def _refuse_long(self, question: str) -> None:
        if len(question) > LONGEST_QUESTION:
            raise self._refusal("question_too_long", length=len(question), limit=LONGEST_QUESTION)

    def _filter(self, sent: str) -> DocumentFilter:
        wanted = read_filter(sent)
        if wanted is None:
            raise self._refusal("filter_impossible")
        return wanted

    def _refusal(self, text: str, **fields: object) -> gr.Error:
        """What keeps a question from being asked, for the reader."""
        return gr.Error(self._desk.pen.texts(text, **fields), print_exception=False)

    def _draw(self, turns: Sequence[Turn], conversation: str) -> str:
        return self._desk.pen.draw(
            "turns",
            turns=turns,
            conversation=conversation,
            held=self._desk.assistant.overview,
            filter_words=self._desk.filter_words,
        )


def _hidden(name: str, label: str, longest: int) -> gr.Textbox:
    return gr.Textbox(visible="hidden", elem_id=name, label=label, max_length=longest)


def _progress(thread: Conversation, turn: Turn, wanted: DocumentFilter, instead: int) -> Iterator[Turn]:
    """The turn after each event of its answer."""
    progress = AnswerFollower(turn)
    try:
        for event in thread.stream(turn.question, wanted=wanted, instead_of=instead):
            yield progress.after(event)
    except HemerotecaError as error:
        yield progress.turn.failed(str(error))
