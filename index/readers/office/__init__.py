"""Formats of office programs: texts, presentations, sheets and tables."""
