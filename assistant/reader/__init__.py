"""The trained reader: reads a question and a passage together, and says where the answer stands and whether it does."""

from assistant.reader.reader import Candidate, PassageRead, Reader, Window, open_reader

__all__ = ["Candidate", "PassageRead", "Reader", "Window", "open_reader"]
