"""What can go wrong while answering; see `index.errors` for the root of the tree.

HemerotecaError
├── SettingsError          a setting is unknown, out of bounds or contradicts another
├── UnknownDocument        no document of that id in the index
├── EvaluationError        the questions, or another run's outcomes, cannot be used
├── QuestionRefused        a question that is empty or too long
└── EngineFailed           the language model gave no answer; `transient` says whether a retry may help
"""

from index.errors import HemerotecaError

__all__ = [
    "EngineFailed",
    "EvaluationError",
    "HemerotecaError",
    "QuestionRefused",
    "SettingsError",
    "UnknownDocument",
]


class SettingsError(HemerotecaError):
    """A setting is unknown, out of bounds or contradicts another."""


class UnknownDocument(HemerotecaError):
    """No document of that id or path is in the index."""


class EvaluationError(HemerotecaError):
    """The questions, or the outcomes of another run, cannot be used for an evaluation."""


class QuestionRefused(HemerotecaError):
    """A question that cannot be asked: empty, or too long."""


class EngineFailed(HemerotecaError):
    """The language model did not answer. Never shows the key."""

    def __init__(self, message: str, *, transient: bool) -> None:
        super().__init__(message)
        self.transient = transient
