"""The look of Gradio's own controls: the archive's paper and ink, and fonts of the reader's system."""

from typing import Any

import gradio as gr

SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Liberation Mono", "monospace"]

# Colours are the variables that static/page.css sets for light and dark.
_VALUES = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--muted)",
    "background_fill_primary": "var(--sheet)",
    "background_fill_secondary": "var(--paper)",
    "border_color_primary": "var(--rule)",
    "border_color_accent": "var(--accent)",
    "color_accent_soft": "var(--tint)",
    "block_background_fill": "transparent",
    "block_border_color": "var(--rule)",
    "block_label_text_color": "var(--muted)",
    "block_title_text_color": "var(--muted)",
    "block_info_text_color": "var(--muted)",
    "input_background_fill": "var(--sheet)",
    "input_border_color": "var(--rule-strong)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--muted)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-deep)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_background_fill": "var(--sheet)",
    "button_secondary_background_fill_hover": "var(--tint)",
    "button_secondary_text_color": "var(--ink)",
    "link_text_color": "var(--accent)",
}


def archive_theme() -> gr.themes.Base:
    """A Gradio theme that loads no font and no colour from anywhere else."""
    values: dict[str, Any] = {**_VALUES, **{f"{name}_dark": value for name, value in _VALUES.items()}}
    return gr.themes.Base(font=SANS, font_mono=MONO, radius_size=gr.themes.sizes.radius_sm).set(**values)
