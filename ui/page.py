"""The page of one language as Gradio Blocks: masthead, the conversation, the documents, earlier conversations."""

from typing import Any

import gradio as gr

from ui.access.throttle import Limits
from ui.access.visitor import visitor_of
from ui.chat import ChatPanel
from ui.conversations import Conversations
from ui.conversations_panel import ConversationsPanel
from ui.desk import Desk
from ui.documents_panel import DocumentsPanel
from ui.inbox import Inbox
from ui.page_memory import keep_no_values

_ON_SETTLED = "element.addEventListener('hemeroteca-settled', () => trigger('settled'));"
_HANDLERS = 8  # of one kind at a time, other than answers
_PAGES = 50
_GLANCE = 0.04  # seconds between two looks into an empty queue: what a question waits for at most
_EVENTS = 40  # at a time, beside those who wait for an answer


def build_page(
    desk: Desk, conversations: Conversations, limits: Limits, inbox: Inbox, suffixes: tuple[str, ...]
) -> gr.Blocks:
    """The Blocks for `desk`'s language, ready to be mounted. `suffixes`: the file types that can be added."""
    texts = desk.pen.texts
    keep_no_values()
    page: gr.Blocks = gr.Blocks(title=texts("name"), analytics_enabled=False)
    with page:
        masthead = gr.HTML(elem_id="masthead", apply_default_css=False, js_on_load=_ON_SETTLED)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(texts("tab_ask"), id="ask", elem_id="ask-tab"):
                chat = ChatPanel(desk, conversations, limits)
            with gr.Tab(texts("tab_documents"), id="documents", elem_id="documents-tab") as shelf:
                documents = DocumentsPanel(desk, inbox, suffixes)
            with gr.Tab(texts("tab_conversations"), id="conversations", elem_id="conversations-tab") as kept:
                listed = ConversationsPanel(desk, conversations)
        chat.connect(page)
        listed.connect(kept)
        documents.connect(page, shelf, [masthead, chat.welcome])

        def greet(request: gr.Request) -> tuple[str, str, str]:
            return desk.masthead(visitor_of(request)), desk.filters(), desk.notice()

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        page.load(greet, outputs=[masthead, chat.filters, chat.notice], **quiet)

        def greet_again(conversation: str, request: gr.Request) -> tuple[str, str]:
            visitor = visitor_of(request)
            is_new = not conversations.of(visitor.user).turns(conversation)
            return desk.masthead(visitor), desk.welcome() if is_new else ""

        masthead.settled(greet_again, chat.conversation, [masthead, chat.welcome], **quiet)
    settings = desk.assistant.settings
    # Who waits for an answer stands in our own line, which tells the place; Gradio's must hold them all.
    page.max_threads = settings.answers_at_once + settings.answers_waiting + _EVENTS
    # Gradio keeps some 80 KB of every page that was ever opened, up to this many; nothing here needs them.
    page.state_session_capacity = _PAGES
    page.queue(max_size=page.max_threads, default_concurrency_limit=_HANDLERS)
    # Gradio looks a thousand times a second whether something is to be done, which takes a twentieth of a processor.
    page._queue.sleep_when_free = _GLANCE
    page._queue.progress_update_sleep_when_free = 10 * _GLANCE  # nothing of ours tells Gradio of its progress
    return page
