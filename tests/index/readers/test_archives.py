"""Entries of zip containers that cannot be unpacked: each is told by its own reason."""

import pytest
from reader_samples import WORDS, zip_of

from index.errors import UnreadableDocument
from index.readers.archives import member, open_zip

# Where an entry of the central directory has its flags and its method; the local header has them 2 bytes before.
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"
_FLAGS, _METHOD = 8, 10


def altered(offset: int, value: int) -> bytes:
    """A zip of one entry, in both of whose headers that field has another value."""
    data = bytearray(zip_of({"a.txt": WORDS.encode()}))
    for place in (data.index(_CENTRAL) + offset, data.index(_LOCAL) + offset - 2):
        data[place : place + 2] = value.to_bytes(2, "little")
    return bytes(data)


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as told:
        member(open_zip(data), "a.txt")
    return str(told.value)


def test_a_way_of_packing_that_is_not_known_is_no_password() -> None:
    told = reason(altered(_METHOD, 97))
    assert "packed in a way" in told and "a.txt" in told
    assert "password" not in told


def test_an_encrypted_entry_is_told_as_one() -> None:
    assert reason(altered(_FLAGS, 1)) == "protected with a password"
