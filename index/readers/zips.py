"""Zip containers, opened only when they are honest and small enough: zip files, docx, odt, epub, …"""

import io
import zlib
from zipfile import BadZipFile, ZipFile

from index.errors import UnreadableDocument

MOST_MEMBERS = 10_000
MOST_UNPACKED = 512 * 1024 * 1024
# Beyond this size, content that shrinks to less than a two-hundredth is a bomb, not a document.
_SUSPICIOUS_SIZE = 64 * 1024 * 1024
_MOST_RATIO = 200


def open_zip(data: bytes) -> ZipFile:
    """The container, after a look at what it declares. Raises UnreadableDocument if that is too much."""
    try:
        container = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument("the file is damaged: it is not a zip container") from error
    members = container.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise UnreadableDocument(f"it holds {len(members):,} entries, the limit is {MOST_MEMBERS:,}")
    if unpacked > MOST_UNPACKED:
        raise UnreadableDocument(f"it would unpack to {unpacked:,} bytes, the limit is {MOST_UNPACKED:,}")
    if unpacked > _SUSPICIOUS_SIZE and unpacked > _MOST_RATIO * len(data):
        raise UnreadableDocument(
            f"it would unpack to {unpacked // len(data)} times its size, like a zip bomb"
        )
    return container


def member(container: ZipFile, name: str) -> bytes:
    """The content of one entry. Raises UnreadableDocument when it is missing, damaged, encrypted or strange."""
    try:
        return container.read(name)
    except KeyError as error:
        raise UnreadableDocument(f"the file is damaged: it has no {name}") from error
    # Before RuntimeError, which it is one of.
    except NotImplementedError as error:
        raise UnreadableDocument(f"it is packed in a way that cannot be read, at {name}: {error}") from error
    except RuntimeError as error:
        raise UnreadableDocument("protected with a password") from error
    except (BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableDocument(f"the file is damaged at {name}: {error}") from error
