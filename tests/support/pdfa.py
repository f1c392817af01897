"""veraPDF, the reference for PDF/A, where Java is there and Maven Central can be reached."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.places import ROOT

_POM = Path(__file__).parent / "verapdf" / "pom.xml"
_DATA = ROOT / "data" / "verapdf"
_LIBS = _DATA / "libs"
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
_FETCH_TIMEOUT_S = 300


@pytest.fixture(scope="session")
def verapdf() -> "VeraPdf":
    """The test is skipped, with the reason, where veraPDF is not to be had."""
    if not shutil.which("java"):
        pytest.skip("needs veraPDF: there is no java")
    if not _LIBS.exists():
        _fetch()
    return VeraPdf()


class VeraPdf:
    def broken(self, pdfs: Iterable[Path]) -> list[str]:
        """What veraPDF says of those that are no PDF/A-3b; nothing if all are."""
        paths = list(map(str, pdfs))
        command = ["java", "-cp", f"{_LIBS}/*", _MAIN]
        options = ["--flavour", "3b", "--format", "text", "-v"]
        done = subprocess.run(
            [*command, *options, *paths],
            capture_output=True,
            text=True,
            check=False,
        )
        lines = done.stdout.splitlines()
        passed = [line for line in lines if line.startswith("PASS ")]
        failed = [line for line in lines if line and not line.startswith("PASS ")]
        missing = [] if len(passed) == len(paths) or failed else [done.stderr]
        return failed + missing


def _fetch() -> None:
    """Into a folder of our own first: an interrupted download must not look complete."""
    if not shutil.which("mvn"):
        pytest.skip("needs veraPDF: there is no mvn to fetch its jars")
    partial = _DATA / f"libs.partial.{os.getpid()}"
    command = ["mvn", "--quiet", "--batch-mode", "--file", str(_POM)]
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime"]
    folders = [f"-Dmaven.repo.local={_DATA / 'm2'}", f"-DoutputDirectory={partial}"]
    done = subprocess.run(
        [*command, *goal, *folders], capture_output=True, timeout=_FETCH_TIMEOUT_S, check=False
    )
    if done.returncode:
        shutil.rmtree(partial, ignore_errors=True)
        pytest.skip("needs veraPDF: its jars could not be fetched from Maven Central")
    partial.rename(_LIBS)
