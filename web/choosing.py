"""The journeys of a gate: the main ones, those that a change reaches, and a fifth of the others.

A unit is a file of journeys, or a row of the table of all pages. It reaches what its file imports,
and the pages that it opened in the last whole run (`tests/journeys/reached.json`), with all that
these import. Of a changed file of an API, what names one of its routes is reached.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

WEB = Path(__file__).resolve().parent
ROOT = WEB.parent
JOURNEYS = WEB / "tests" / "journeys"
REACHED = JOURNEYS / "reached.json"
"""The scripts that each unit's browsers have loaded."""

MAIN = {"public": "entry", "member": "month", "organiser": "close", "staff": "staff"}
"""In every gate: an address to a wish to join; a month to a half-hour; a close; requests."""
SHARE = 5
_TABLE = "pages"
_IMPORT = re.compile(
    r"""(?:^import|^export)\s+(?!type\b)[^;'"]*?['"](\.[^'"]+)['"]""", re.MULTILINE
)
_LAZY = re.compile(r"""\bimport\(\s*['"](\.[^'"]+)['"]""")
_ROUTE = re.compile(r"""@router\.\w+\(\s*"([^"]*)\"""")
_ROW = re.compile(r"""^  \[\s*'([^']+)',""", re.MULTILINE)
_TEXTS = (".ts", ".tsx", ".css", ".md")
_NO_JOURNEY = tuple(
    f"web/{name}" for name in ("tests/", "README.md", "check.py", "choosing.py", "journeys.py")
)
"""Beside the journeys' own modules; a whole run is by hand after a change of these scripts."""


@dataclass(frozen=True)
class Choice:
    """Why each chosen unit is chosen, and which ones are not."""

    reasons: Mapping[str, str]
    left_out: tuple[str, ...]

    @property
    def files(self) -> list[str]:
        """Return the files with something chosen, in order."""
        return sorted({f"tests/journeys/{unit.partition('/')[0]}.test.ts" for unit in self.reasons})


def units() -> list[str]:
    """Return all units: names of files, and `pages/` with the name of each row."""
    files = sorted(path.name.removesuffix(".test.ts") for path in JOURNEYS.glob("*.test.ts"))
    rows = _ROW.findall((JOURNEYS / f"{_TABLE}.test.ts").read_text())
    return [file for file in files if file != _TABLE] + [f"{_TABLE}/{row}" for row in rows]


def choose(day: date, changed: AbstractSet[str]) -> Choice:
    """Return the choice of a day, where those files of the repository have changed."""
    reached: dict[str, list[str]] = json.loads(REACHED.read_text())
    sources = Sources.read()
    stale = sources.changed_by(changed)
    reasons = {
        unit: reason
        for unit in units()
        if (reason := _reason(unit, day, sources.reached_by(unit, reached.get(unit)) & stale))
    }
    return Choice(reasons, tuple(unit for unit in units() if unit not in reasons))


def _reason(unit: str, day: date, stale: AbstractSet[str]) -> str | None:
    if unit in MAIN.values():
        return "main"
    if stale:
        return f"changed: {min(stale)}"
    return "of the day" if is_of_day(unit, day) else None


def is_of_day(unit: str, day: date) -> bool:
    """Return whether it is of this day's fifth: of one day in five that follow one another."""
    digest = int.from_bytes(sha256(unit.encode()).digest()[:8], "big")
    return (digest + day.toordinal()) % SHARE == 0


class Sources:
    """The page's modules and its journeys, and what each imports; by paths of the repository."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._imports = {path: self._imported(path, _IMPORT) for path in texts}
        self._lazy: dict[str, set[str]] = {}
        for path in texts:
            for page in self._imported(path, _LAZY):
                self._lazy.setdefault(Path(page).stem, set()).add(page)

    @classmethod
    def read(cls) -> "Sources":
        folders = (WEB / "src", JOURNEYS, ROOT / "docs" / "guide")
        files = [
            path for folder in folders for path in folder.rglob("*.*") if path.suffix in _TEXTS
        ]
        return cls({str(path.relative_to(ROOT)): path.read_text() for path in files})

    def reached_by(self, unit: str, scripts: Iterable[str] | None) -> set[str]:
        """Return all modules that a unit reaches; without scripts, nobody knows: all there are."""
        if scripts is None:
            return {*self._texts, "*"}
        pages = {page for script in scripts for page in self._lazy.get(script, ())}
        roots = {f"web/tests/journeys/{unit.partition('/')[0]}.test.ts", "web/src/main.tsx", *pages}
        return {*self._closure(roots), "*"}

    def changed_by(self, changed: AbstractSet[str]) -> set[str]:
        """Return the modules that have changed, or name a route that has; `*` is what is for all.

        changed: paths below the repository's root.
        """
        stale: set[str] = set()
        for path in changed:
            if path in self._texts:
                stale.add(path)
            elif path.startswith("web/") and not path.startswith(_NO_JOURNEY):
                stale.add("*")
            stale |= self._naming(_routes_in(path))
        return stale

    def _naming(self, routes: AbstractSet[str]) -> set[str]:
        return {
            path
            for path, text in self._texts.items()
            if any(f"'{route}'" in text for route in routes)
        }

    def _closure(self, roots: AbstractSet[str]) -> set[str]:
        seen: set[str] = set()
        waiting = list(roots)
        while waiting:
            path = waiting.pop()
            if path not in seen:
                seen.add(path)
                waiting.extend(self._imports.get(path, ()))
        return seen

    def _imported(self, path: str, pattern: re.Pattern[str]) -> set[str]:
        folder = (ROOT / path).parent
        texts = [name.partition("?")[0] for name in pattern.findall(self._texts[path])]
        names = [str((folder / text).resolve().relative_to(ROOT)) for text in texts]
        candidates = [f"{name}{end}" for name in names for end in ("", ".ts", ".tsx")]
        return {candidate for candidate in candidates if candidate in self._texts}


def _routes_in(path: str) -> set[str]:
    """Return the addresses of a changed file of a service's API."""
    match = re.match(r"services/(\w+)/api/.*\.py$", path)
    if not match or not (ROOT / path).exists():
        return set()
    return {f"/{match[1]}{route}" for route in _ROUTE.findall((ROOT / path).read_text())}


def changed_files() -> set[str]:
    """Return what has changed since the last submission, what is not committed included.

    That is the branch's upstream; where there is none, or it is what is checked out, the last
    commit of a day before that of the checked-out one.
    """
    head = _git("rev-parse", "HEAD")
    upstream = _git("rev-parse", "--verify", "--quiet", "@{upstream}", may_fail=True)
    if not upstream or upstream == head:
        day = _git("show", "-s", "--format=%cs", "HEAD")
        upstream = _git("rev-list", "-1", f"--before={day}T00:00:00Z", "HEAD") or head
    tracked = _git("diff", "--name-only", upstream)
    new = _git("ls-files", "--others", "--exclude-standard")
    return {*tracked.splitlines(), *new.splitlines()}


def _git(*arguments: str, may_fail: bool = False) -> str:
    process = subprocess.run(
        ["git", *arguments], cwd=ROOT, check=not may_fail, text=True, capture_output=True
    )
    return process.stdout.strip()
