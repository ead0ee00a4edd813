"""`hemeroteca mcp`."""

from assistant.commands.frame import Documents, EngineOption, Index, opened, shown_progress, tell_destination


def mcp(documents: Documents = None, index: Index = None, engine: EngineOption = None) -> None:
    """Serve the archive to an MCP client over standard input and output."""
    with opened(documents, index, engine=engine) as assistant:
        with shown_progress(True) as report:
            assistant.ensure_indexed(report)
        tell_destination(assistant)
        from ui.mcp_server import ArchiveServer

        ArchiveServer(assistant).run("stdio")
