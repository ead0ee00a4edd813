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
