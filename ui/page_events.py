"""What may come with each event of the page, field by field; the page's scripts send nothing else."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from ui.documents import MAX_FILES
from ui.shelf import View

LONGEST_WORDS = 500  # characters of what is searched for
Path = Annotated[str, Field(max_length=4096)]  # of a document, within the documents folder
Id = Annotated[str, Field(max_length=64)]  # of a conversation, or a file in the bin


class Told(BaseModel):
    """What comes with an event."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Selection(Told):
    """Which tab was opened."""

    value: Annotated[str, Field(max_length=100)]
    index: NonNegativeInt


class Turning(Told):
    """What of the documents is to be shown."""

    view: View


class Watching(Told):
    """Whether the documents folder is to be followed."""

    on: bool


class Settling(Told):
    """That a run of indexing has come to its end."""

    ended: Literal[True]


class Removal(Told):
    """The file to be removed."""

    document: Path


class Restoring(Told):
    """The number of the file in the bin that is to come back."""

    number: Id


class Arrival(Told):
    """The numbers of the uploads that are to be taken in."""

    uploads: Annotated[list[NonNegativeInt], Field(min_length=1, max_length=MAX_FILES)]


class Renaming(Told):
    """A conversation and its new title."""

    id: Id
    title: Annotated[str, Field(max_length=200)]


class Pinning(Told):
    """A conversation, and whether it is to stand before all others."""

    id: Id
    pinned: bool


class Forgetting(Told):
    """The conversation to be deleted."""

    id: Id


# By the event's name; what is not here comes with nothing, and an event that is not here does not come at all.
EVENTS: dict[str, Any] = {
    **dict.fromkeys(("load", "then", "success", "click", "submit", "stop")),
    "change": Annotated[str, Field(max_length=LONGEST_WORDS)] | None,
    "select": Selection,
    "turn": Turning,
    "watch": Watching,
    "settled": Settling,
    "remove": Removal,
    "restore": Restoring,
    "arrive": Arrival,
    "rename": Renaming,
    "pin": Pinning,
    "forget": Forgetting,
}
