"""`hemeroteca mcp`."""

from assistant.commands.frame import (
    Documents,
    EngineOption,
    Index,
    LogFormatOption,
    ensure_indexed,
    opened,
    tell_destination,
)


def mcp(
    documents: Documents = None,
    index: Index = None,
    engine: EngineOption = None,
    log_format: LogFormatOption = None,
) -> None:
    """Serve the archive to an MCP client over standard input and output."""
    with opened(documents, index, engine=engine, log_format=log_format) as assistant:
        ensure_indexed(assistant, True)
        tell_destination(assistant)
        from assistant.logs import log_answer
        from ui.mcp_server import ArchiveServer

        with assistant.tracing_to(log_answer):
            ArchiveServer(assistant).run("stdio")
