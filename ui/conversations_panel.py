"""Earlier conversations, in a tab and beside the page: found again, pinned, renamed, deleted, taken home."""

from contextlib import suppress
from typing import Any

import gradio as gr

from assistant.errors import UnknownConversation
from assistant.people.conversations import Summary
from ui.access.visitor import Visitor, Way, visitor_of
from ui.conversations import Conversations
from ui.desk import Desk
from ui.page_events import LONGEST_WORDS

SHOWN = 100  # rows of the list
_ON_ACTS = """
element.addEventListener('hemeroteca-rename', event => trigger('rename', event.detail));
element.addEventListener('hemeroteca-pin', event => trigger('pin', event.detail));
element.addEventListener('hemeroteca-forget', event => trigger('forget', event.detail));
"""
_OWN = "(search, current) => [search, current, hemeroteca.ownConversations()]"
_LONGEST_OWN = 20_000  # characters of the ids that a browser remembers


class ConversationsPanel:
    """A list of conversations with its handlers. Build it where it is to stand, then `connect` it.

    `own` has it show those of one browser alone where no one is asked for a name: it stands before everybody's eyes.
    """

    def __init__(self, desk: Desk, conversations: Conversations, place: str, *, own: bool = False) -> None:
        self._desk = desk
        self._conversations = conversations
        self._is_own = own
        texts = desk.pen.texts
        self.search = gr.Textbox(
            elem_id=f"search-{place}",
            label=texts("search_conversations"),
            placeholder=texts("search_conversations" if own else "search_conversations_placeholder"),
            max_lines=1,
            max_length=LONGEST_WORDS,
        )
        self.list = gr.HTML(elem_id=place, apply_default_css=False, js_on_load=_ON_ACTS)
        self.ids = gr.Textbox(
            visible="hidden", elem_id=f"{place}-own", label="own conversations", max_length=_LONGEST_OWN
        )

    def connect(self, current: gr.Textbox, *occasions: Any) -> list[Any]:
        """Draw the list on each of the `occasions`, and after every change; `current` is the conversation in sight.

        Returns the events that change a conversation.
        """
        drawn: dict[str, Any] = {
            "inputs": [self.search, current, self.ids],
            "outputs": self.list,
            "api_visibility": "private",
            "show_progress": "hidden",
            "js": _OWN,
            "queue": False,
        }
        for occasion in occasions:
            occasion(self.draw, **drawn)
        self.search.change(self.draw, trigger_mode="always_last", **drawn)
        renaming = self.list.rename(self.rename, **drawn)
        pinning = self.list.pin(self.pin, **drawn)
        deleting = self.list.forget(self.forget, **drawn)
        deleting.success(None, None, None, js="() => hemeroteca.forgotten()", api_visibility="private")
        return [renaming, pinning, deleting]

    def draw(self, search: str | None, current: str, own: str, request: gr.Request) -> str:
        """The user's conversations that hold the words of `search`, the pinned ones first, then the last changed."""
        visitor = visitor_of(request)
        words = (search or "").strip()  # the box sends None until its tab has been opened
        held = self._desk.assistant.conversations.summaries(visitor.user, words)
        shown = sorted(self._visible(held, visitor, own), key=lambda row: not row.pinned)
        return self._desk.pen.draw(
            "conversations", rows=shown[:SHOWN], total=len(shown), search=words, current=current
        )

    def rename(
        self, search: str | None, current: str, own: str, event: gr.EventData, request: gr.Request
    ) -> str:
        """Give the conversation the title that the reader wrote; an empty one changes nothing."""
        title = " ".join(str(event.title).split())
        if title:
            with suppress(UnknownConversation):  # deleted in another window: the list shows it
                self._desk.assistant.conversations.rename(str(event.id), title, visitor_of(request).user)
        return self.draw(search, current, own, request)

    def pin(
        self, search: str | None, current: str, own: str, event: gr.EventData, request: gr.Request
    ) -> str:
        """Keep the conversation before all others, or no longer."""
        with suppress(UnknownConversation):
            pinned = event.pinned is True
            self._desk.assistant.conversations.pin(str(event.id), visitor_of(request).user, pinned=pinned)
        return self.draw(search, current, own, request)

    def forget(
        self, search: str | None, current: str, own: str, event: gr.EventData, request: gr.Request
    ) -> str:
        """Delete the conversation that the reader confirmed."""
        user = visitor_of(request).user
        with suppress(UnknownConversation):
            self._desk.assistant.conversations.delete(str(event.id), user)
        self._conversations.of(user).forget(str(event.id))
        return self.draw(search, current, own, request)

    def _visible(self, held: list[Summary], visitor: Visitor, own: str) -> list[Summary]:
        if not self._is_own or visitor.way is not Way.OPEN:
            return held
        ids = set(own.split())
        return [row for row in held if row.id in ids]
