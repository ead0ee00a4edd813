"""Answers by a model: what it is shown, what it writes, and the proof of each sentence."""
