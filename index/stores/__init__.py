"""The engines that keep the truth: SQLite in a file, or a PostgreSQL server, behind one interface."""
