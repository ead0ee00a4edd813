"""`GET /v1/models`: what can be asked for by name."""

from fastapi import APIRouter

from ui.api.errors import RESPONSES, ApiRoute, RequestFailed
from ui.api.messages import Model, Models

MODEL = "hemeroteca"
EMBEDDING_MODEL = "hemeroteca-embedding"
# For clients that cannot send `input_type`: what they embed by this name are questions.
QUERY_MODEL = "hemeroteca-embedding-query"

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)


@router.get("/models")
def models() -> Models:
    """List the archive as a model, and its embedding model by its two names."""
    return Models(data=[Model(id=name) for name in (MODEL, EMBEDDING_MODEL, QUERY_MODEL)])


@router.get("/models/{id:path}")
def model(id: str) -> Model:
    """Tell whether there is a model of that name."""
    known_model(id, MODEL, EMBEDDING_MODEL, QUERY_MODEL)
    return Model(id=id)


def known_model(name: str, *known: str) -> None:
    """Raises RequestFailed for a model that is not one of those known."""
    if name not in known:
        names = " or ".join(f"“{one}”" for one in known)
        raise RequestFailed(
            404, f"There is no such model here: ask for {names}.", param="model", code="model_not_found"
        )
