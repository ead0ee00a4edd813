"""Keeps the index in step with a folder, and gives the generation of it that answers."""
