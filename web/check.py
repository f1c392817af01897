"""Check the page: types against the APIs of now, style, tests, build, size: `make web-check`."""

import gzip
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from build import ROOT, WEB, NotBuilt, build, find_node, install

# The issues' own: what a first visit loads by its pages, of a member, an organiser, one of staff.
_MOST_SCRIPT_BYTES = {
    # What it was before organisers and staff had pages: those cost no member anything.
    ("Month",): 188_500,
    ("Area", "Home"): 260_000,
    ("StaffArea", "StaffHome"): 260_000,
}
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
    is_too_large = False
    for pages, most in _MOST_SCRIPT_BYTES.items():
        scripts = _find_first_scripts(pages)
        size = sum(len(gzip.compress(script.read_bytes())) for script in scripts)
        print(
            f"First visit, {pages[-1]}: {len(scripts)} scripts, {size:,} bytes gzipped of {most:,}"
        )
        is_too_large |= size > most
    return 1 if is_too_large else 0


def _find_first_scripts(pages: Sequence[str]) -> set[Path]:
    """Those of index.html and of the pages that one comes to, with all that they import."""
    assets = WEB / "dist" / "assets"
    named = re.findall(r'"/assets/([^"]+\.js)"', (WEB / "dist" / "index.html").read_text())
    waiting = [assets / name for name in named]
    for page in pages:
        (shown,) = assets.glob(f"{page}-*.js")
        waiting.append(shown)
    scripts: set[Path] = set()
    while waiting:
        script = waiting.pop()
        if script not in scripts:
            scripts.add(script)
            waiting += [assets / name for name in _IMPORTED.findall(script.read_text())]
    return scripts


if __name__ == "__main__":
    sys.exit(main())
