"""What is installed with Hemeroteca may be: none of it would put the whole under its own licence."""

from importlib.metadata import Distribution
from pathlib import Path

import pytest

from docs.licences import is_strict, licence, main, needed


def test_nothing_that_the_core_needs_is_under_a_strict_licence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(needed()) > 100
    assert not [line for line in told if "not told" in line or "strict" in line]


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("License-Expression: AGPL-3.0-only", True),
        ("Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("License: GNU Affero General Public License", True),
        ("License-Expression: MPL-2.0 OR GPL-3.0-only", False),
        ("License-Expression: LGPL-3.0-only", False),
        ("Classifier: License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("License-Expression: MIT", False),
    ],
)
def test_a_strict_licence_is_told_from_others_however_it_is_stated(
    tmp_path: Path, metadata: str, expected: bool
) -> None:
    folder = tmp_path / "made_up-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: made-up\nVersion: 1\n{metadata}\n", "utf-8"
    )
    package = Distribution.at(folder)
    assert is_strict(package) is expected, licence(package)
