"""The record of what runs cost: one file, by stage; of a stage with tests, by test and fixture."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "data" / "costs.json"
"""That of the last run here."""
ACCEPTED = ROOT / ".ci" / "costs.json"
"""That of a gate that was accepted, without its cheap tests: what later ones have grown from."""
_ACCEPTED_FROM_S = 0.5


@dataclass(frozen=True)
class StageCosts:
    """processor_s: user and system, of all processes, of those that are no test's too.

    tests, fixtures: processor seconds by name.
    """

    processor_s: float = 0
    clock_s: float = 0
    items: int = 0
    tests: Mapping[str, float] = field(default_factory=dict)
    fixtures: Mapping[str, float] = field(default_factory=dict)

    @property
    def folders(self) -> Mapping[str, float]:
        """Processor seconds of the tests of each, by name."""
        return add_up((folder_of(name), test_s) for name, test_s in sorted(self.tests.items()))


RunCosts = Mapping[str, StageCosts]
"""By stage, in the order in which they ran."""


def folder_of(test: str) -> str:
    return str(PurePosixPath(test.partition("::")[0]).parent)


def add_up(rows: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The sum of each name, in the order in which they come first."""
    seconds: dict[str, float] = {}
    for name, row_s in rows:
        seconds[name] = seconds.get(name, 0) + row_s
    return seconds


def read(path: Path) -> RunCosts:
    """Nothing where the file is not there."""
    if not path.exists():
        return {}
    return {name: StageCosts(**costs) for name, costs in json.loads(path.read_text()).items()}


def write(path: Path, costs: RunCosts) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    stages = {name: asdict(stage) for name, stage in costs.items()}
    path.write_text(json.dumps(stages, indent=1, ensure_ascii=False) + "\n")


def keep_tests(
    path: Path, stage: str, items: int, tests: Mapping[str, float], fixtures: Mapping[str, float]
) -> StageCosts:
    """Put these into the stage's record, in place of earlier ones."""
    costs = StageCosts(
        items=items, tests=_rounded(tests.items()), fixtures=_rounded(fixtures.items())
    )
    write(path, {**read(path), stage: costs})
    return costs


def keep_stage(path: Path, stage: str, *, processor_s: float, clock_s: float) -> None:
    """Put the seconds of all its processes into the stage's record, beside its tests."""
    costs = read(path)
    measured = replace(
        costs.get(stage, StageCosts()),
        processor_s=round(processor_s, 1),
        clock_s=round(clock_s, 1),
    )
    write(path, {**costs, stage: measured})


def accept(costs: RunCosts) -> RunCosts:
    """The costs without tests that cost less than half a second: few lines to look over."""
    return {
        name: replace(stage, tests=_dear(stage.tests), fixtures=_dear(stage.fixtures))
        for name, stage in costs.items()
    }


def _dear(seconds: Mapping[str, float]) -> Mapping[str, float]:
    return {name: cost_s for name, cost_s in seconds.items() if cost_s >= _ACCEPTED_FROM_S}


def _rounded(seconds: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    return {name: round(cost_s, 2) for name, cost_s in sorted(seconds)}
