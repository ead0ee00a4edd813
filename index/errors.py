"""What can go wrong while indexing.

HemerotecaError            anything a person can mend; its message is one sentence that says how
├── UnreadableDocument     one file cannot be read: it is skipped with this reason, the rest goes on
├── DocumentsMissing       the documents folder does not exist or cannot be listed
├── MassRemoval            more than half of the index would go
├── IndexBusy              another process is writing the index
├── IndexDamaged           the store cannot be opened or is of a newer version
├── DiskFull               the disk has no room for the index
├── VectorsFailed          Chroma cannot be written or asked
├── ClusterFailed          the Ray cluster cannot be used
└── EmbeddingFailed        the embedding engine gave no usable vectors
"""

from collections.abc import Iterable

from index.outside import Outside


class HemerotecaError(Exception):
    """A failure that a person can mend. The message says what happened, to what, and what to do."""


class UnreadableDocument(HemerotecaError):
    """A file that cannot be read; the message is the reason shown for skipping it.

    `depends` is what else may have caused it: when that changes, the file may be readable as it is.
    """

    def __init__(self, reason: str, depends: Iterable[Outside] = ()) -> None:
        super().__init__(reason)
        self.depends = frozenset(depends)


class DocumentsMissing(HemerotecaError):
    """The documents folder is not there, or cannot be listed."""


class MassRemoval(HemerotecaError):
    """A run would remove more than half of a non-trivial index."""


class IndexBusy(HemerotecaError):
    """Another process holds the index."""


class IndexDamaged(HemerotecaError):
    """The store is broken, or was written by a newer Hemeroteca."""


class DiskFull(HemerotecaError):
    """The disk has no room for what is to be written; nothing was lost."""


class VectorsFailed(HemerotecaError):
    """The vector index cannot be written or asked; the store has all that it needs to build it again."""


class ClusterFailed(HemerotecaError):
    """The Ray cluster cannot be reached, or a node of it cannot do its work; what was stored stays."""


class EmbeddingFailed(HemerotecaError):
    """The embedding engine failed or returned vectors that cannot be used."""
