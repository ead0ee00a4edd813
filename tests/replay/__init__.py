"""A server that replies as a strong model would, by hand-written replies, and the archive they are about."""
