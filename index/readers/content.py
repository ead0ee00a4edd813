"""What a file is by its first bytes, whatever its name: the suffix that such files have."""

import io
import re
import zlib
from zipfile import BadZipFile, ZipFile

_TEXT_WITHIN = 2_048
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MSG = "__substg1.0_".encode("utf-16-le")
_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(
    rb"\A(?:(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject):[^\n]{0,998}\n"
    rb"(?:[ \t][^\n]{0,998}\n)*){3}",
    re.IGNORECASE,
)
# The entry by which a container is known.
_CONTAINERS = {
    "word/document.xml": ".docx",
    "ppt/presentation.xml": ".pptx",
    "xl/workbook.xml": ".xlsx",
    "META-INF/container.xml": ".epub",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}


def suffix_of_content(data: bytes) -> str:
    """The suffix of the format that the bytes are of; empty where they do not tell, as those of plain text."""
    if data.startswith(b"PK\x03\x04"):
        return _suffix_of_zip(data)
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"\x1f\x8b"):
        return ".gz"
    if data[:_TEXT_WITHIN].lstrip().startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(_OLE):
        return ".msg" if _MSG in data else ""
    if _PAGE.match(data[:_TEXT_WITHIN]):
        return ".html"
    return ".eml" if _MAIL.match(data[: 4 * _TEXT_WITHIN]) else ""


def _suffix_of_zip(data: bytes) -> str:
    try:
        with ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
            if "mimetype" in names and container.getinfo("mimetype").file_size < 100:
                kind = container.read("mimetype").strip()
                if kind in _OPEN_DOCUMENTS:
                    return _OPEN_DOCUMENTS[kind]
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError):
        return ""
    return next((suffix for name, suffix in _CONTAINERS.items() if name in names), ".zip")
