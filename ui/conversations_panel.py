"""The conversations panel: what was asked before, found again, renamed, deleted, taken home."""

from contextlib import suppress
from typing import Any

import gradio as gr

from assistant.errors import UnknownConversation
from ui.access.visitor import visitor_of
from ui.conversations import Conversations
from ui.desk import Desk
from ui.page_events import LONGEST_WORDS

SHOWN = 100  # rows of the list
_ON_ACTS = """
element.addEventListener('hemeroteca-rename', event => trigger('rename', event.detail));
element.addEventListener('hemeroteca-forget', event => trigger('forget', event.detail));
"""


class ConversationsPanel:
    """The panel's components and handlers. Build it within its tab, then `connect` it."""

    def __init__(self, desk: Desk, conversations: Conversations) -> None:
        self._desk = desk
        self._conversations = conversations
        texts = desk.pen.texts
        self.search = gr.Textbox(
            elem_id="search-conversations",
            label=texts("search_conversations"),
            placeholder=texts("search_conversations_placeholder"),
            max_lines=1,
            max_length=LONGEST_WORDS,
        )
        self.list = gr.HTML(elem_id="conversations", apply_default_css=False, js_on_load=_ON_ACTS)

    def connect(self, tab: gr.Tab) -> None:
        """Draw the list whenever its tab is opened, and after every change."""
        drawn: dict[str, Any] = {
            "inputs": self.search,
            "outputs": self.list,
            "api_visibility": "private",
            "show_progress": "hidden",
        }
        tab.select(self.draw, **drawn)
        self.search.change(self.draw, trigger_mode="always_last", **drawn)
        self.list.rename(self.rename, **drawn)
        deleting = self.list.forget(self.forget, **drawn)
        deleting.success(None, None, None, js="() => hemeroteca.forgotten()", api_visibility="private")

    def draw(self, search: str | None, request: gr.Request) -> str:
        """The user's conversations that hold the words of `search`, last changed first."""
        return self._drawn(search, visitor_of(request).user)

    def rename(self, search: str | None, event: gr.EventData, request: gr.Request) -> str:
        """Give the conversation the title that the reader wrote; an empty one changes nothing."""
        user = visitor_of(request).user
        title = " ".join(str(event.title).split())
        if title:
            with suppress(UnknownConversation):  # deleted in another window: the list shows it
                self._desk.assistant.conversations.rename(str(event.id), title, user)
        return self._drawn(search, user)

    def forget(self, search: str | None, event: gr.EventData, request: gr.Request) -> str:
        """Delete the conversation that the reader confirmed."""
        user = visitor_of(request).user
        with suppress(UnknownConversation):
            self._desk.assistant.conversations.delete(str(event.id), user)
        self._conversations.of(user).forget(str(event.id))
        return self._drawn(search, user)

    def _drawn(self, search: str | None, user: str) -> str:
        words = (search or "").strip()  # the box sends None until its tab has been opened
        found = self._desk.assistant.conversations.summaries(user, words)
        return self._desk.pen.draw("conversations", rows=found[:SHOWN], total=len(found), search=words)
