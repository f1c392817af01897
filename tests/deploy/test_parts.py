"""An audit that reached nobody does not look like one that found nothing; finding L16."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import ROOT

_TELL = "import json, sys, parts; sys.exit(parts.tell_secrets(json.load(sys.stdin)))"
_AUDIT = "import sys, parts; sys.exit(parts.audit_services())"


@pytest.mark.parametrize(
    ("status", "says", "expected"),
    [(0, "no known vulnerabilities", 0), (1, "lxml has 1", 1), (2, "Request failed", 3)],
)
def test_an_audit_says_plainly_that_nobody_answered(
    tmp_path: Path, status: int, says: str, expected: int
) -> None:
    """uv is somebody else's, and ends so."""
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
    uv.chmod(0o755)

    done = _run(_AUDIT, UV=str(uv))

    assert done.returncode == expected, done.stderr
    assert says in done.stdout
    assert ("NOT AUDITED" in done.stdout) == (expected == 3)


def test_what_is_known_to_be_no_secret_is_so_in_its_file_only() -> None:
    content = json.loads((ROOT / "deploy/known-no-secrets.json").read_text())
    file, [hash_] = next(iter(content.items()))
    secret = {"line_number": 7, "type": "Basic Auth Credentials", "hashed_secret": hash_}

    assert all((ROOT / name).is_file() for name in content)
    assert _run(_TELL, json.dumps({file: [secret]})).returncode == 0
    elsewhere = _run(_TELL, json.dumps({"README.md": [secret]}))
    assert elsewhere.returncode == 1
    assert "README.md:7: Basic Auth Credentials" in elsewhere.stdout


def _run(program: str, words: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    paths = {"PYTHONPATH": f"{ROOT / 'web'}:{ROOT / 'deploy'}"}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **paths, **environment},
        input=words,
        capture_output=True,
        text=True,
        check=False,
    )
