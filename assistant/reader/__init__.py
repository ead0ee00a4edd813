"""The trained reader: question and passage read together, and how sure it makes an answer."""
