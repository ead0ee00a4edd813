"""What can go wrong while answering; see `index.errors` for the root of the tree.

HemerotecaError
├── SettingsError          a setting is unknown, out of bounds or contradicts another
├── UnknownDocument        no document of that id in the index
├── UnknownConversation    no conversation of that id, or it is another user's
├── EvaluationError        the questions, or another run's outcomes, cannot be used
├── BackupFailed           a backup cannot be written or restored; nothing was changed
├── QuestionRefused        a question that is empty, too long or no text
└── EngineFailed           the language model gave no answer; `transient` says whether a retry may help
    ├── ContextExceeded    what it was sent is too long for it
    └── RequestRefused     the server does not take the request in this form
"""

from index.errors import HemerotecaError

__all__ = [
    "BackupFailed",
    "ContextExceeded",
    "EngineFailed",
    "EvaluationError",
    "HemerotecaError",
    "QuestionRefused",
    "RequestRefused",
    "SettingsError",
    "UnknownConversation",
    "UnknownDocument",
]


class SettingsError(HemerotecaError):
    """A setting is unknown, out of bounds or contradicts another."""


class UnknownDocument(HemerotecaError):
    """No document of that id or path is in the index."""


class UnknownConversation(HemerotecaError):
    """No conversation of that id is kept for that user."""


class EvaluationError(HemerotecaError):
    """The questions, or the outcomes of another run, cannot be used for an evaluation."""


class BackupFailed(HemerotecaError):
    """A backup cannot be written, or cannot be restored; what is kept is as it was."""


class QuestionRefused(HemerotecaError):
    """A question, or the conversation before it, that cannot be taken; `code` says why to programs."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class EngineFailed(HemerotecaError):
    """The language model did not answer. Never shows the key.

    `retry_after` is the wait in seconds that the server asked for, if it did.
    """

    def __init__(self, message: str, *, transient: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.transient = transient
        self.retry_after = retry_after


class ContextExceeded(EngineFailed):
    """The prompt does not fit the model's context."""


class RequestRefused(EngineFailed):
    """The model server takes no such request: a field or an option of it is unknown there."""
