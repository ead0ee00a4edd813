"""The truth in a PostgreSQL server."""
