"""`hemeroteca chat`."""

from typing import Annotated

import typer

from assistant.commands.frame import Documents, EngineOption, Index, opened, shown_progress, tell_destination


def chat(
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 7860,
) -> None:
    """Serve the chat; indexes first what is new in the documents."""
    with opened(documents, index, engine=engine) as assistant:
        with shown_progress(False) as report:
            assistant.sync(report, wait=True)
        tell_destination(assistant)
        from ui.app import serve

        serve(assistant, host, port)
