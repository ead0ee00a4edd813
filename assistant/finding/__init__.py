"""From a question to evidence: where to look, retrieval, sentences, and how sure it is."""
