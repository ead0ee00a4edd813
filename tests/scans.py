"""Scanned documents, drawn for the tests: pages that hold a picture of words and no words."""

import io

from PIL import Image, ImageDraw, ImageFont


def scan_of(*pages: str) -> bytes:
    """A PDF of A4 pages at 150 dpi; each is a picture of one text, whose line breaks are kept."""
    pictures = [_picture(page) for page in pages]
    file = io.BytesIO()
    pictures[0].save(file, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return file.getvalue()


def _picture(text: str) -> Image.Image:
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).text((100, 120), text, fill=0, font=ImageFont.load_default(36), spacing=16)
    return picture
