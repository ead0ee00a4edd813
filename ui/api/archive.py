"""The archive that a request is about."""

from typing import Annotated

from fastapi import Depends, Request

from assistant.assistant import Assistant


def served_archive(request: Request) -> Assistant:
    """The assistant that the application was made over."""
    archive: Assistant = request.app.state.assistant
    return archive


Archive = Annotated[Assistant, Depends(served_archive)]
