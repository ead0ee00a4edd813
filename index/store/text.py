"""How full text scores and orders chunks, in every engine: by BM25 as SQLite's FTS5 counts it, or by their day."""

# A word in the title says more about a document than one in its body.
TITLE_WEIGHT = 2.0
# How soon a repeated word stops telling more, and how much a long chunk is held against it.
SATURATION = 1.2
LENGTH_SHARE = 0.75
# For a word that more than half of the chunks hold, instead of a negative one.
LEAST_RARITY = 1e-6

# Documents by their day, oldest first, undated ones last, and their chunks as they stand in them.
IN_ORDER = 'ORDER BY documents.date IS NULL, documents.date, documents.id, chunks."start"'
