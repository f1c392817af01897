"""The units of the embedded platform, by systemd's own check, and the commands that they start."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT

_UNITS = sorted((ROOT / "deploy/systemd").iterdir())
_ANALYZE = shutil.which("systemd-analyze", path=f"{os.environ['PATH']}:/usr/bin")


@pytest.mark.skipif(_ANALYZE is None, reason="needs systemd-analyze, a part of systemd")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Of what they start only the program of the platform is not where they say."""
    for unit in _UNITS:
        text = unit.read_text().replace("/opt/elocoop/.venv/bin/elocoop", "/bin/true")
        (tmp_path / unit.name).write_text(text)

    units = [str(tmp_path / unit.name) for unit in _UNITS]
    done = subprocess.run(
        [str(_ANALYZE), "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )

    assert [line for line in done.stderr.splitlines() if "elocoop" in line] == []


@pytest.mark.parametrize("unit", _UNITS, ids=lambda unit: unit.name)
def test_each_unit_has_its_place_in_the_guide(unit: Path) -> None:
    guide = (ROOT / "docs/run/operations-guide.md").read_text()

    assert "deploy/systemd" in guide
    assert unit.name in guide or unit.name == "elocoop-backup.service"


def test_the_units_start_commands_that_exist() -> None:
    text = "".join(unit.read_text() for unit in _UNITS)
    commands = set(re.findall(r"^ExecStart=.*bin/elocoop ([a-z-]+)", text, flags=re.MULTILINE))

    assert commands == {"serve", "backup"}
