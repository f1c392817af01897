"""The ``elocoop`` command, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.places import ROOT

COMMAND = str(Path(sys.executable).with_name("elocoop"))


def without_servers() -> dict[str, str]:
    """Our environment, with the commands of this environment and no servers but embedded ones."""
    servers = {"DATABASE_URL", "EVENT_LOG_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in servers}
    return environment | {"PATH": f"{Path(COMMAND).parent}:{os.environ['PATH']}"}


def elocoop(
    *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
