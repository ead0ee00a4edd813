"""A form with one file in it, read as it arrives: nothing of it is kept before somebody has said where."""

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

_LONGEST_BOUNDARY = 70  # characters, as the standard has it


class NotAForm(Exception):
    """What was sent is no form with one file."""


class FileForm:
    """Feed it the body of a request; `name` is the file's once it has come, and `take` gives its bytes so far."""

    def __init__(self, content_type: str) -> None:
        """Raises NotAForm."""
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
            raise NotAForm
        self.name: str | None = None
        self.is_whole = False
        self._field, self._value = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._content = bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": lambda data, start, end: self._content.extend(data[start:end]),
                "on_end": self._end,
            },
        )

    def feed(self, chunk: bytes) -> None:
        """The next bytes of the body. Raises NotAForm."""
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise NotAForm from error

    def take(self) -> bytes:
        """The bytes of the file that have come since the last call."""
        content = bytes(self._content)
        self._content.clear()
        return content

    def _begin(self) -> None:
        if self.name is not None:
            raise NotAForm  # a second file
        self._headers.clear()

    def _end_header(self) -> None:
        self._headers[bytes(self._field).lower()] = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"filename" not in options:
            raise NotAForm
        self.name = options[b"filename"].decode(errors="replace")

    def _end(self) -> None:
        self.is_whole = True
