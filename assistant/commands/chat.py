"""`hemeroteca chat`."""

from threading import Thread
from typing import Annotated

import typer

from assistant.commands.frame import (
    Documents,
    EngineOption,
    Index,
    LogFormatOption,
    opened,
    shown_loading,
    shown_progress,
    tell_destination,
    tell_embedding_destination,
)


def chat(
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 7860,
    watch: Annotated[bool, typer.Option(help="Index whenever the documents change.")] = False,
    log_format: LogFormatOption = None,
) -> None:
    """Serve the chat; indexes first what is new in the documents."""
    with opened(documents, index, engine=engine, log_format=log_format) as assistant:
        tell_embedding_destination(assistant)
        # Embedded by another model than the settings name, the index answers as it is while it is built anew.
        rebuild = assistant.must_rebuild()
        if not rebuild:
            # A log of JSON lines holds nothing else.
            with shown_progress(assistant.settings.log_format == "json") as report:
                assistant.sync(report, wait=True)
        tell_destination(assistant)
        with shown_loading(assistant, as_json=False):
            assistant.open_engine()
        # Reading the rules takes a small machine ten seconds, in which the page can be opened.
        Thread(target=assistant.warm_up, daemon=True).start()
        from assistant.logs import log_answer
        from ui.server import serve

        with assistant.tracing_to(log_answer), assistant.following(sync=rebuild, watch=watch):
            serve(assistant, host, port)
