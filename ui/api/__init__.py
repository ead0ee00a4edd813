"""How other programs ask: an OpenAI-compatible API, REST and MCP, beside the chat on one server."""
