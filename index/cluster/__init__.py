"""Indexing on a Ray cluster: nodes read, chunk and embed; the process that asked stores."""
