"""Answers without a model: the quotes, the words in them that answer, and the sentences around them."""
