"""The script that runs a Kafka lets nobody in by mistake.

Who it lets in: tests/contracts/test_kafka_access.py.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT

_RUN = ROOT / "deploy" / "kafka" / "run.sh"
_USERS = {
    f"{name}_PASSWORD": "letters" for name in ("INGEST", "ALLOCATION", "BILLING", "COMMUNITY")
}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"KAFKA_HOST": "kafka"}, "others than this machine reach kafka: set KAFKA_ADMIN_PASSWORD"),
        ({"KAFKA_ADMIN_PASSWORD": 'a" quote'}, "KAFKA_ADMIN_PASSWORD must be letters"),
        ({"KAFKA_ADMIN_PASSWORD": "letters", "BILLING_PASSWORD": ""}, "BILLING_PASSWORD must be"),
        ({"KAFKA_ADMIN_PASSWORD": "letters", "INGEST_PASSWORD": "a,b]"}, "INGEST_PASSWORD must be"),
        (
            {"KAFKA_ADMIN_PASSWORD": "letters", "KAFKA_CERTIFICATE_FILE": "node.pem"},
            "KAFKA_CA_FILE",
        ),
    ],
)
def test_what_would_let_anybody_in_is_refused_before_anything_runs(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    environment = {**os.environ, "KAFKA_CA_FILE": "", **_USERS, **settings}
    environment |= {"KAFKA_DIR": str(tmp_path / "node"), "KAFKA_LIBS": str(tmp_path / "none")}

    _check_refused(environment, words, tmp_path)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"KAFKA_ADMIN_PASSWORD": ""}, "KAFKA_ADMIN_PASSWORD must be letters"),
        ({"KAFKA_ADMIN_PASSWORD": None}, "KAFKA_ADMIN_PASSWORD_FILE cannot be read"),
        ({"KAFKA_ADMIN_PASSWORD": "letters\n", "INGEST_PASSWORD": ""}, "INGEST_PASSWORD must be"),
        (
            {"KAFKA_ADMIN_PASSWORD": "letters", "BILLING_PASSWORD": "others"},
            "BILLING_PASSWORD and BILLING_PASSWORD_FILE are both set",
        ),
    ],
)
def test_a_file_that_has_no_password_is_refused_too(
    tmp_path: Path, files: dict[str, str | None], words: str
) -> None:
    environment = {**os.environ, **_USERS}
    environment |= {"KAFKA_DIR": str(tmp_path / "node"), "KAFKA_LIBS": str(tmp_path / "none")}
    for name, text in files.items():
        if text is not None:
            (tmp_path / name).write_text(text)
        environment[f"{name}_FILE"] = str(tmp_path / name)
        if name == "INGEST_PASSWORD":
            environment[name] = ""

    _check_refused(environment, words, tmp_path)


def _check_refused(environment: dict[str, str], words: str, folder: Path) -> None:
    done = subprocess.run([_RUN], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 64
    assert words in done.stderr
    assert not (folder / "node").exists()
