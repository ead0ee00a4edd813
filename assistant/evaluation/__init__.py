"""Measures an archive's answers against known ones: data → run → figures → comparison."""
