"""The tests that a change can reach, the nearest first, as many as take two minutes.

A test file is near a module by the imports between them (grimp's graph), by a route that it names
and that the module serves, and, farther, by the events and rounds of a service that it starts. It
is a choice for work at the desk, which says what it leaves out; `make test` has all.
"""

import argparse
import re
import subprocess
import sys
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp

from tests.support.costs import record
from tests.support.places import ROOT

_BUDGET_S = 90
"""Of processor, as the record has it; measured: 110 s by the clock on two cores, all included."""
_LEAST_FILE_S = 0.5
"""A file's cheap tests, which the record of an accepted gate leaves out."""

_SOURCES = "tests.support.sources"
"""Who imports this reads every file."""
_ASSEMBLY = re.compile(r"services(\.\w+)?\.main|services\.cli(\..+)?")
"""What puts all together: whoever starts the platform would reach every module."""
_BEHIND_THE_SCENES = re.compile(r"services\.(\w+)\.(?:handlers|workers)\b")
_FAR = 6
"""Steps from what events and rounds do to a test file of the same service."""
_ROUTE = re.compile(r"""@router\.\w+\(\s*"([^"]*)\"""")
_SEGMENT = re.compile(r"/([a-z0-9.-]+)")


@dataclass(frozen=True)
class Choice:
    """Test files, the nearest first, each with the steps to the change; and those left out."""

    chosen: Mapping[str, int]
    left_out: Mapping[str, int]
    unreached_count: int
    unknown: tuple[str, ...]
    """Changed files of which nobody here knows whom they reach."""

    def lines(self) -> Iterator[str]:
        """What it tells before the tests run."""
        for name, steps in self.chosen.items():
            yield f"{steps:>3} steps  {_file(name)}"
        yield f"left out: {self.unreached_count} files of tests that the change does not reach"
        if self.left_out:
            yield f"left out, as two minutes are over: {len(self.left_out)} files"
            yield from (f"{steps:>3} steps  {_file(name)}" for name, steps in self.left_out.items())
        for path in self.unknown:
            yield f"not known whom it reaches: {path}"


class Sources:
    """The modules of services, libs and tests, who imports whom, and who names which route."""

    def __init__(self) -> None:
        cache = str(ROOT / ".import_linter_cache")
        self._graph = grimp.build_graph("services", "libs", "tests", cache_dir=cache)

    @cached_property
    def test_files(self) -> list[str]:
        """All files of tests, by their modules' names."""
        return sorted(name for name in self._graph.modules if name.split(".")[-1][:5] == "test_")

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What the modules of tests say."""
        modules = (name for name in self._graph.modules if name.startswith("tests."))
        return {name: path.read_text() for name in modules if (path := ROOT / _file(name)).exists()}

    def modules_of(self, path: str) -> Collection[str]:
        """The modules of a changed file; of data and conftest.py, those that they are for."""
        file = Path(path)
        if file.name == "conftest.py":
            folder = ".".join(file.parent.parts)
            return [name for name in self.test_files if name.startswith(f"{folder}.")]
        if file.suffix == ".py":
            name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
            return [name, _SOURCES] if name in self._graph.modules else []
        package = ".".join(file.parent.parts)
        siblings = self._graph.find_children(package) if package in self._graph.modules else ()
        words = path if file.name == "README.md" else file.name
        return siblings or [name for name, text in self.texts.items() if words in text]

    def steps(self, changed: Iterable[str]) -> Mapping[str, int]:
        """How far each module is from the changed ones, of those that they reach."""
        steps = dict.fromkeys(changed, 0)
        waiting = deque(steps)
        while waiting:
            module = waiting.popleft()
            for next_module, distance in self._neighbours(module):
                if next_module not in steps or steps[module] + distance < steps[next_module]:
                    steps[next_module] = steps[module] + distance
                    waiting.append(next_module)
        return steps

    def _neighbours(self, module: str) -> Iterator[tuple[str, int]]:
        if _ASSEMBLY.fullmatch(module) or self._is_package_of_routes(module):
            return
        for importer in self._graph.find_modules_that_directly_import(module):
            yield importer, 1
        if match := _BEHIND_THE_SCENES.match(module):
            folder = f"tests.{match[1]}."
            yield from ((name, _FAR) for name in self.test_files if name.startswith(folder))
        yield from ((name, 1) for name in self._naming_routes_of(module))

    def _is_package_of_routes(self, module: str) -> bool:
        is_api = re.match(r"services\.\w+\.api\b", module) is not None
        return is_api and bool(self._graph.find_children(module))

    def _naming_routes_of(self, module: str) -> Iterator[str]:
        match = re.match(r"services\.(\w+)\.api\.", module)
        if not match:
            return
        routes = [_words(route) for route in _ROUTE.findall((ROOT / _file(module)).read_text())]
        for name, text in self.texts.items():
            if match[1] in text and any(_is_said(route, text) for route in routes):
                yield name


def choose(sources: Sources, changed: Collection[str], costs_s: Mapping[str, float]) -> Choice:
    """The choice for changed files.

    changed: paths below the root.
    costs_s: processor seconds of files of tests, by path.
    """
    modules = {path: sources.modules_of(path) for path in changed}
    steps = sources.steps({name for names in modules.values() for name in names})
    services = {path.split("/")[1] for path in changed if path.startswith("services/")}
    reached = sorted(
        (steps[name], name.split(".")[1] not in services, name)
        for name in sources.test_files
        if name in steps
    )
    chosen: dict[str, int] = {}
    left_out: dict[str, int] = {}
    spent_s = 0.0
    for distance, _of_another_service, name in reached:
        spent_s += costs_s.get(_file(name), 0) + _LEAST_FILE_S
        (chosen if spent_s <= _BUDGET_S or not chosen else left_out)[name] = distance
    unknown = tuple(sorted(path for path, names in modules.items() if not names))
    return Choice(chosen, left_out, len(sources.test_files) - len(reached), unknown)


def read_costs() -> Mapping[str, float]:
    """Processor seconds by file of tests, of the accepted gate."""
    stages = record.read(record.ACCEPTED).values()
    tests = (test for stage in stages for test in stage.tests.items())
    return record.add_up((name.partition("::")[0], cost_s) for name, cost_s in tests)


def _words(route: str) -> list[re.Pattern[str]]:
    """What a test says that builds this address, of one piece or of several."""
    names = [name for name in _SEGMENT.findall(route) if name != "operations"] or ["operations"]
    return [re.compile(rf"""[/"'}}]{re.escape(name)}(?![\w-])""") for name in names]


def _is_said(route: Iterable[re.Pattern[str]], text: str) -> bool:
    return all(word.search(text) for word in route)


def _file(module: str) -> str:
    path = module.replace(".", "/")
    return f"{path}.py" if (ROOT / f"{path}.py").exists() else f"{path}/__init__.py"


def _changed_since(revision: str) -> set[str]:
    tracked = _git("diff", "--name-only", revision)
    new = _git("ls-files", "--others", "--exclude-standard")
    return {*tracked.splitlines(), *new.splitlines()}


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, text=True, capture_output=True).stdout


def main() -> int:
    """Run pytest on the choice; return its status."""
    parser = argparse.ArgumentParser(description=__doc__)
    since = "this commit; by default, what is not committed yet, or else the last commit"
    parser.add_argument("--since", metavar="REVISION", help=since)
    options, of_pytest = parser.parse_known_args()
    changed = _changed_since(options.since or "HEAD") or _changed_since("HEAD~1")
    choice = choose(Sources(), changed, read_costs())
    print(*choice.lines(), sep="\n", flush=True)  # noqa: T201
    files = [_file(name) for name in choice.chosen]
    command = [sys.executable, "-m", "pytest", *of_pytest, *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode if files else 0


if __name__ == "__main__":
    sys.exit(main())
