"""Bytes → text, so that no letter is silently lost and offsets count what is kept; and characters that nobody sees."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from index.errors import UnreadableDocument
from index.reasons import SkipReason

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 64 * 1024
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b\x00") + b"\x7f"
_MOST_CONTROLS = 0.02
_SURROGATES = re.compile("[\ud800-\udfff]")
# What Western prose writes beyond ASCII; anything else in cp1252 hints at another encoding.
_WESTERN = frozenset("áéíóúüñçàèìòùâêîôûäëïöãõåæøßÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄËÏÖÃÕÅÆØ¿¡«»“”‘’–—…ºª°€·•\xa0§£©®½¼")
_LEAST_WESTERN = 0.9

# Controls, formats (zero width, bidirectional, soft hyphen, tags), halves of characters, the separators of lines.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Not assigned yet, but to be shown as nothing when they are.
_SET_ASIDE = re.compile("[\u2065\ufff0-\ufff8\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")

PARAGRAPH_BREAK = "\n\n"


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`, ready to be stored: without byte order mark, NUL or CR.

    `declared` is the encoding that the document claims; it counts only where UTF-8 and the mark do not.

    Raises UnreadableDocument when the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(
                data[len(mark) :].decode(encoding, "surrogatepass" if mark[0] == 0xEF else "replace")
            )
    wide = _wide_encoding(data)
    if wide:
        return clean(data.decode(wide, "replace"))
    if _looks_binary(data):
        raise UnreadableDocument(SkipReason("not_text"))
    return clean(_decode_bytewise(data, declared))


def clean(text: str) -> str:
    """`text` with LF line ends and without byte order mark, NUL or lone surrogates."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        text = text.replace("\x00", "")
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.removeprefix("\ufeff")


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, told by where the NULs of Western letters stand."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 4]
    if len(sample) < 4 or sample.count(0) < len(sample) * 0.3:
        return ""
    nul_share = [sample[i::4].count(0) / len(sample[i::4]) for i in range(4)]
    high = [share > 0.6 for share in nul_share]
    patterns = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    return patterns.get((high[0], high[1], high[2], high[3]), "")


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > len(sample) * _MOST_CONTROLS or sample.count(0) > len(sample) * 0.3


def _decode_bytewise(data: bytes, declared: str) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "surrogateescape")
    strays = sum(map(len, _SURROGATES.findall(mended)))
    if strays * 4 < sum(ord(letter) > 127 for letter in mended):
        return _SURROGATES.sub(lambda stray: _western_byte(stray.group()), mended)
    for attempt in (_decode_declared(data, declared), _decode_western(data)):
        if attempt is not None:
            return attempt
    return _decode_guessed(data)


def _decode_declared(data: bytes, declared: str) -> str | None:
    try:
        encoding = codecs.lookup(declared).name
        # Who declares Latin-1 means the Windows code page, as browsers take it.
        return data.decode("cp1252" if encoding in ("iso8859-1", "ascii") else encoding)
    except (LookupError, UnicodeError):
        return None


def _western_byte(stray: str) -> str:
    return stray.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _decode_western(data: bytes) -> str | None:
    """`data` as cp1252 if that reads like Western prose; detectors often miss short texts."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond_ascii = [letter for letter in text if ord(letter) > 127]
    plausible = sum(letter in _WESTERN for letter in beyond_ascii)
    return text if plausible >= len(beyond_ascii) * _LEAST_WESTERN else None


def _decode_guessed(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        raise UnreadableDocument(SkipReason("unknown_encoding"))
    return data.decode(best.encoding, "replace")


def is_invisible(character: str) -> bool:
    """Whether it shows nothing of its own. Tab and newline are invisible too; a space is not."""
    return unicodedata.category(character) in _CATEGORIES or _SET_ASIDE.match(character) is not None


def one_line(piece: str) -> str:
    """`piece` with single spaces and composed accents. Soft hyphens go: they are not in the words."""
    return unicodedata.normalize("NFC", clean(" ".join(piece.split())).replace("\u00ad", "")).strip()
