"""The ``elocoop`` command, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.platform import ROOT

COMMAND = str(Path(sys.executable).with_name("elocoop"))


def elocoop(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
