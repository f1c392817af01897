"""Two runs beside each other: by stage, by folder, and the tests that grew or shrank most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.support.costs.record import RunCosts, add_up

_SHOWN = 10


@dataclass(frozen=True)
class Growth:
    """Processor seconds of one name in two runs; 0 where a run has none of it."""

    name: str
    before_s: float
    after_s: float

    @property
    def by_s(self) -> float:
        return self.after_s - self.before_s


def list_growths(before: RunCosts, after: RunCosts) -> Sequence[Growth]:
    """The tests that cost more than before, those that grew most first."""
    growths = _growths(_tests(before), _tests(after))
    return sorted((row for row in growths if row.by_s > 0), key=lambda row: -row.by_s)


def compare(before: RunCosts, after: RunCosts) -> Iterator[str]:
    """Lines of a table for a terminal."""
    yield f"{'processor seconds':<60}{'before':>10}{'after':>10}{'change':>10}"
    stages = [
        Growth(name, _stage_s(before, name), _stage_s(after, name))
        for name in dict.fromkeys((*before, *after))
    ]
    whole = Growth("all", sum(row.before_s for row in stages), sum(row.after_s for row in stages))
    yield from _lines("stages", [*stages, whole])
    folders = [
        row
        for name in dict.fromkeys((*before, *after))
        for row in _growths(_folders(before, name), _folders(after, name))
    ]
    yield from _lines("folders", folders)
    growths = sorted(_growths(_tests(before), _tests(after)), key=lambda row: row.by_s)
    yield from _lines("tests that shrank most", [row for row in growths[:_SHOWN] if row.by_s < 0])
    grown = growths[: -_SHOWN - 1 : -1]
    yield from _lines("tests that grew most", [row for row in grown if row.by_s > 0])


def _lines(title: str, rows: Iterable[Growth]) -> Iterator[str]:
    yield f"-- {title}"
    for row in rows:
        yield f"{row.name:<60}{row.before_s:>10,.1f}{row.after_s:>10,.1f}{row.by_s:>+10,.1f}"


def _growths(before: Mapping[str, float], after: Mapping[str, float]) -> list[Growth]:
    names = sorted(before.keys() | after.keys())
    return [Growth(name, before.get(name, 0), after.get(name, 0)) for name in names]


def _stage_s(costs: RunCosts, name: str) -> float:
    return costs[name].processor_s if name in costs else 0


def _folders(costs: RunCosts, stage: str) -> Mapping[str, float]:
    if stage not in costs:
        return {}
    return {f"{stage}: {name}": seconds for name, seconds in costs[stage].folders.items()}


def _tests(costs: RunCosts) -> Mapping[str, float]:
    """Of all stages: a test that two of them run costs both."""
    return add_up(row for stage in costs.values() for row in stage.tests.items())
