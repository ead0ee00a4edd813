"""Files built for the tests of readers."""

import io
import zipfile
from collections.abc import Mapping

WORDS = "La presidenta anunció ayer en Veracruz un acuerdo con los gobernadores del norte."


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A zip container with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return file.getvalue()


def pdf_of(*pages: str, info: str = "", kids: str = "") -> bytes:
    """A PDF with a page for each text; `info` goes to its properties, `kids` replaces its list of pages."""
    numbers = [10 + 2 * place for place in range(len(pages))]
    listed = kids or " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{listed}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< {info} >>",
    }
    for number, page in zip(numbers, pages, strict=True):
        rows = " ".join(f"({row}) Tj T*" for row in page.split("\n"))
        drawn = f"BT /F1 10 Tf 12 TL 40 800 Td {rows} ET"
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[number + 1] = f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in objects.items())
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Info 4 0 R /Size 99 >>\n%%EOF".encode("cp1252")
