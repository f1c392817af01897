"""The page's build where it cannot be had: a line that says why, and all else works."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import ROOT

_SCRIPT = ROOT / "web" / "build.py"


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A page that nobody has built."""
    folder = tmp_path / "web"
    (folder / "src").mkdir(parents=True)
    shutil.copy(_SCRIPT, folder)
    for name in ("index.html", "vite.config.ts", "package-lock.json"):
        shutil.copy(_SCRIPT.with_name(name), folder)
    return folder


def _build(web: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Without site-packages: no Node.js of PyPI's.
    command = [sys.executable, "-S", str(web / "build.py"), *options]
    environment = {"PATH": "/nowhere", **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_without_node_it_fails_in_words(web: Path) -> None:
    done = _build(web)

    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "there is no Node.js of 22.12 or later with its npm" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("environment", [{}, {"WEB_NODE": "/nowhere/node"}])
def test_the_demonstration_goes_on_without_it(web: Path, environment: dict[str, str]) -> None:
    done = _build(web, "--or-go-on", **environment)

    assert done.returncode == 0
    assert done.stdout.endswith("All else works.\n")


def test_who_wants_no_page_is_not_kept_waiting(web: Path) -> None:
    done = _build(web, WEB="0")

    assert (done.returncode, done.stdout) == (0, "The page is not built, as WEB=0 says.\n")


def test_a_registry_that_does_not_answer_is_told_in_a_line(web: Path, tmp_path: Path) -> None:
    bin_folder, npm = tmp_path / "bin", tmp_path / "lib/node_modules/npm/bin/npm-cli.js"
    bin_folder.mkdir()
    npm.parent.mkdir(parents=True)
    npm.touch()
    node = bin_folder / "node"
    answer = 'if [ "$1" = --version ]; then echo v24.19.0; else echo no network >&2; exit 1; fi'
    node.write_text(f"#!/bin/sh\n{answer}\n")
    node.chmod(0o755)

    done = _build(web, "--or-go-on", WEB_NODE=str(node))

    assert done.returncode == 0
    assert "the npm registry did not answer (data/web-build.log has its last words)" in done.stdout
    assert (web.parent / "data" / "web-build.log").read_text() == "no network\n"
