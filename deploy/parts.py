"""What the product is made of, and what is known of it: `make sbom`, `make audit`, `make secrets`.

Run in the environment of development, with web/ on the path, by the Makefile.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from build import find_node

_ROOT = Path(__file__).parents[1]
_WEB = _ROOT / "web"
_DATA = _ROOT / "data"
_KNOWN = _ROOT / "deploy" / "known-no-secrets.json"
"""Hashes of what looks like a secret and is none, by file."""
_GUESSES = ("KeywordDetector", "Base64HighEntropyString", "HexHighEntropyString")
"""They find thousands of names, hashes and ids in tests, and so nothing."""
_NO_TEXTS = r"^(uv\.lock|web/package-lock\.json)$|\.(zip|png|otf|pdf|xsd|xml)$"
_FOUND = 1
_NOT_ASKED = 3
"""How an audit ends that reached nobody: it says nothing about the product."""


def main() -> int:
    return {"sbom": sbom, "audit": audit, "secrets": find_secrets}[sys.argv[1]]()


def sbom() -> int:
    """What the locks say is installed, as CycloneDX 1.5."""
    _DATA.mkdir(exist_ok=True)
    services, page = _DATA / "sbom.json", _DATA / "sbom-page.json"
    what = ["--frozen", "--no-dev", "--all-extras", "--format=cyclonedx1.5"]
    _run([_uv(), "export", *what, "--quiet", f"--output-file={services}"]).check_returncode()
    listed = _npm("sbom", "--package-lock-only", "--omit=dev", "--sbom-format=cyclonedx")
    listed.check_returncode()
    page.write_text(listed.stdout)
    for file in (services, page):
        components = json.loads(file.read_text())["components"]
        print(f"{file.relative_to(_ROOT)}: {len(components)} components")
    return 0


def audit() -> int:
    """Known advisories on what the locks say is installed, tools of development included."""
    return max([audit_services(), audit_page()])


def audit_services() -> int:
    done = _run([_uv(), "audit", "--frozen", "--preview-features=audit-command"])
    print(f"Python (uv audit, osv.dev): {done.stdout}{done.stderr}".strip())
    if done.returncode in (0, _FOUND):
        return done.returncode
    return _say_that_nobody_was_asked("Python")


def audit_page() -> int:
    done = _npm("audit", "--package-lock-only", "--json")
    try:
        report = json.loads(done.stdout)
    except ValueError:
        report = {}
    if "vulnerabilities" not in report:
        print(f"The page (npm audit): {done.stderr}".strip())
        return _say_that_nobody_was_asked("the page")
    for name, one in report["vulnerabilities"].items():
        print(f"The page (npm audit): {name}, {one['severity']}, {one['range']}")
    print(f"The page (npm audit): {len(report['vulnerabilities'])} packages with advisories")
    return done.returncode


def find_secrets() -> int:
    """What looks like one in the files of the tree, and is not known to be none."""
    quiet = [f"--disable-plugin={name}" for name in _GUESSES]
    scan = [sys.executable, "-m", "detect_secrets", "scan", *quiet, f"--exclude-files={_NO_TEXTS}"]
    scanned = _run(scan)
    scanned.check_returncode()
    return tell_secrets(json.loads(scanned.stdout)["results"])


def tell_secrets(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> int:
    """found: by file, as detect-secrets tells them; never the secret itself."""
    known: Mapping[str, Sequence[str]] = json.loads(_KNOWN.read_text())
    unknown = [
        f"{file}:{one['line_number']}: {one['type']} ({one['hashed_secret']})"
        for file, secrets in found.items()
        for one in secrets
        if one["hashed_secret"] not in known.get(file, ())
    ]
    print(
        "\n".join(unknown) or "nothing that looks like a secret, but for what is known to be none"
    )
    return _FOUND if unknown else 0


def _say_that_nobody_was_asked(what: str) -> int:
    print(f"NOT AUDITED: nobody answered about {what}. Nothing is known, good or bad.")
    return _NOT_ASKED


def _uv() -> str:
    return os.environ["UV"]  # `uv run` tells its own path


def _npm(*arguments: str) -> subprocess.CompletedProcess[str]:
    return _run([*find_node(), *arguments], folder=_WEB)


def _run(command: Sequence[str], folder: Path = _ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
