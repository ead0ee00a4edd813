"""The truth, where it is kept and how it is asked: SQLite in a file, or a PostgreSQL server, behind one interface."""
