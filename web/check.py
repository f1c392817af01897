"""Check the page: types against the APIs of now, style, tests, build, size: `make web-check`."""

import gzip
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from build import ROOT, WEB, NotBuilt, build, find_node, install

# The issue's own: what a first visit loads.
_MOST_SCRIPT_BYTES = 200_000
_IMPORTED = re.compile(r'\b(?:from|import)\s*"\./([\w.-]+\.js)"')


def main() -> int:
    try:
        node, npm = find_node()
        install(node, npm, everything=True)
        _make_types(node)
        for words in (
            ["@biomejs/biome/bin/biome", "ci", "--colors=off", "."],
            ["typescript/bin/tsc", "--noEmit"],
            ["vitest/vitest.mjs", "run", "--dir=tests/unit"],
        ):
            program, *options = words
            subprocess.run(
                [node, str(WEB / "node_modules" / program), *options], cwd=WEB, check=True
            )
        build()
    except NotBuilt as why:
        print(f"The page cannot be checked: {why}")
        return 1
    except subprocess.CalledProcessError as failure:
        return failure.returncode
    return _check_sizes()


def _make_types(node: str) -> None:
    elocoop = str(Path(sys.executable).with_name("elocoop"))
    with tempfile.TemporaryDirectory() as folder:
        documents = [elocoop, "openapi", "--folder", folder]
        subprocess.run(documents, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        script = str(WEB / "scripts" / "schema.mjs")
        subprocess.run([node, script, folder], cwd=WEB, check=True)


def _check_sizes() -> int:
    scripts = _find_first_scripts()
    size = sum(len(gzip.compress(script.read_bytes())) for script in scripts)
    print(f"First visit: {len(scripts)} scripts, {size:,} bytes gzipped of {_MOST_SCRIPT_BYTES:,}")
    return 0 if size <= _MOST_SCRIPT_BYTES else 1


def _find_first_scripts() -> set[Path]:
    """Those of index.html and of the page that one comes to, with all that they import."""
    assets = WEB / "dist" / "assets"
    named = re.findall(r'"/assets/([^"]+\.js)"', (WEB / "dist" / "index.html").read_text())
    (month,) = assets.glob("Month-*.js")
    waiting = [*(assets / name for name in named), month]
    scripts: set[Path] = set()
    while waiting:
        script = waiting.pop()
        if script not in scripts:
            scripts.add(script)
            waiting += [assets / name for name in _IMPORTED.findall(script.read_text())]
    return scripts


if __name__ == "__main__":
    sys.exit(main())
