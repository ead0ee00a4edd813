"""What reading a file may depend on besides the file."""

from enum import StrEnum


class Outside(StrEnum):
    """`OCR`: in which languages scanned pages can be read. `MOMENT`: how busy the machine was."""

    OCR = "ocr"
    MOMENT = "moment"
