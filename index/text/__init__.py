"""Text as a person reads it: blocks under headings, sentences, passages."""
