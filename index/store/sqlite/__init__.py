"""The truth in a SQLite file."""
