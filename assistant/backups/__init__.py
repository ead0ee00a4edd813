"""Everything that is kept, in one file, and back from it."""
