"""No secret is in the tree: `make secrets` looks for more of them, and takes a minute."""

import re
import subprocess

from tests.support.places import ROOT

_TOKEN = rb"[A-Za-z0-9_-]"
# By what is quick to look for: whoever gives such secrets out gives them this form.
_FORMS = {
    b"PRIVATE KEY-----": rb"PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{64}",
    b"AGE-SECRET-KEY-1": rb"AGE-SECRET-KEY-1[A-Z0-9]{58}",
    b"AKIA": rb"\bAKIA[A-Z0-9]{16}\b",
    b"ASIA": rb"\bASIA[A-Z0-9]{16}\b",
    **{mark: rb"\b" + mark + rb"[A-Za-z0-9]{36}" for mark in (b"ghp_", b"gho_", b"ghu_", b"ghs_")},
    b"github_pat_": rb"\bgithub_pat_" + _TOKEN + rb"{60}",
    b"glpat-": rb"\bglpat-" + _TOKEN + rb"{20}",
    b"xox": rb"\bxox[abprs]-[A-Za-z0-9-]{20}",
    b"k_live_": rb"\b[rs]k_live_[A-Za-z0-9]{20}",
    b"npm_": rb"\bnpm_[A-Za-z0-9]{36}\b",
    b"pypi-AgEI": rb"\bpypi-AgEI" + _TOKEN + rb"{40}",
    b"SG.": rb"\bSG\." + _TOKEN + rb"{22}\." + _TOKEN + rb"{43}",
    b"eyJ": rb"\beyJ" + _TOKEN + rb"{15,}\.eyJ" + _TOKEN + rb"{15,}\." + _TOKEN + rb"{20}",
}


def test_no_file_of_the_tree_has_what_looks_like_a_secret() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]

    assert len(files) > 1000
    assert not [file for file in files if file.is_file() and _has_secret(file.read_bytes())]


def test_a_secret_would_be_seen() -> None:
    assert _has_secret(b"-----BEGIN " + b"PRIVATE KEY-----\n" + b"MIIE" * 20)
    assert _has_secret(b"key = " + b"AKIA" + b"ABCDEFGHIJKLMNOP")
    assert not _has_secret(b"-----BEGIN PRIVATE KEY-----\n...")


def _has_secret(content: bytes) -> bool:
    return any(mark in content and re.search(form, content) for mark, form in _FORMS.items())
