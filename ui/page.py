"""The page of one language as Gradio Blocks: masthead, the conversation, the documents, earlier conversations."""

from typing import Any

import gradio as gr
import gradio.blocks
from gradio.state_holder import SessionState

from ui.access.throttle import Limits
from ui.access.visitor import visitor_of
from ui.chat import ChatPanel
from ui.conversations import Conversations
from ui.conversations_panel import ConversationsPanel
from ui.desk import Desk
from ui.documents_panel import DocumentsPanel
from ui.inbox import Inbox

_ON_SETTLED = "element.addEventListener('hemeroteca-settled', () => trigger('settled', {ended: true}));"
_HANDLERS = 8  # of one kind at a time, other than answers
_PAGES = 50
_GLANCE = 0.04  # seconds between two looks into an empty queue: what a question waits for at most
_EVENTS = 40  # at a time, beside those who wait for an answer

_SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Liberation Mono", "monospace"]

# Colours are the variables that static/page.css sets for light and dark.
_VALUES = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--muted)",
    "background_fill_primary": "var(--sheet)",
    "background_fill_secondary": "var(--paper)",
    "border_color_primary": "var(--rule)",
    "border_color_accent": "var(--accent)",
    "color_accent_soft": "var(--tint)",
    "block_background_fill": "transparent",
    "block_border_color": "var(--rule)",
    "block_label_text_color": "var(--muted)",
    "block_title_text_color": "var(--muted)",
    "block_info_text_color": "var(--muted)",
    "input_background_fill": "var(--sheet)",
    "input_border_color": "var(--rule-strong)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--muted)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-deep)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_background_fill": "var(--sheet)",
    "button_secondary_background_fill_hover": "var(--tint)",
    "button_secondary_text_color": "var(--ink)",
    "link_text_color": "var(--accent)",
}


def build_page(
    desk: Desk, conversations: Conversations, limits: Limits, inbox: Inbox, suffixes: tuple[str, ...]
) -> gr.Blocks:
    """The Blocks for `desk`'s language, ready to be mounted. `suffixes`: the file types that can be added."""
    texts = desk.pen.texts
    keep_no_values()
    make_routes_once()
    page: gr.Blocks = gr.Blocks(title=texts("name"), analytics_enabled=False)
    with page:
        masthead = gr.HTML(elem_id="masthead", apply_default_css=False, js_on_load=_ON_SETTLED)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(texts("tab_ask"), id="ask", elem_id="ask-tab"):
                chat = ChatPanel(desk, conversations, limits)
            with gr.Tab(texts("tab_documents"), id="documents", elem_id="documents-tab") as shelf:
                documents = DocumentsPanel(desk, inbox, suffixes)
            with gr.Tab(texts("tab_conversations"), id="conversations", elem_id="conversations-tab") as kept:
                listed = ConversationsPanel(desk, conversations, "conversations")
        with gr.Column(elem_id="side"):
            beside = ConversationsPanel(desk, conversations, "beside", own=True)
        opening, answering = chat.connect(page)
        changes = listed.connect(chat.conversation, kept.select)
        beside.connect(chat.conversation, *(event.then for event in (opening, answering, *changes)))
        for change in documents.connect(page, shelf, [masthead, chat.welcome]):
            chat.portray_after(change)

        def greet(request: gr.Request) -> tuple[str, str, str]:
            return desk.masthead(visitor_of(request)), desk.filters(), desk.notice()

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        page.load(greet, outputs=[masthead, chat.filters, chat.notice], **quiet)

        def greet_again(conversation: str, request: gr.Request) -> tuple[str, str]:
            visitor = visitor_of(request)
            is_new = not conversations.of(visitor.user).turns(conversation)
            return desk.masthead(visitor), desk.welcome() if is_new else ""

        settled = masthead.settled(greet_again, chat.conversation, [masthead, chat.welcome], **quiet)
        chat.portray_after(settled)
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


def archive_theme() -> gr.themes.Base:
    """A Gradio theme that loads no font and no colour from anywhere else."""
    values: dict[str, Any] = {**_VALUES, **{f"{name}_dark": value for name, value in _VALUES.items()}}
    return gr.themes.Base(font=_SANS, font_mono=_MONO, radius_size=gr.themes.sizes.radius_sm).set(**values)


def keep_no_values() -> None:
    """Keep none of a page's values for Gradio's deep links, which this page does not offer.

    Gradio files them by the component's number and gives an updated component a new one, so that every
    conversation would be kept once for each of its questions.
    """
    SessionState._update_value_in_config = _keep_nothing  # type: ignore[assignment, method-assign]


def make_routes_once() -> None:
    """Leave the routes of a page to `mount_gradio_app`.

    Gradio makes all of them three times while a page is described, which takes most of a start, and uses none of these.
    """
    setattr(gradio.blocks, "App", _NoRoutes)  # noqa: B010 (mypy takes it for no part of that module)


class _NoRoutes:
    @staticmethod
    def create_app(page: gr.Blocks, **_: Any) -> None:
        """No application: the page gets its own when it is mounted."""


def _keep_nothing(state: SessionState, key: int, value: Any) -> None:
    pass
