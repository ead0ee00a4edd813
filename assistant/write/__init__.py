"""Answers by a model: what it is shown, how it is asked, and its reply as it comes."""
