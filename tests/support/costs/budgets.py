"""Budgets of the gate's stages in processor seconds, and the last line of a gate."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.support.costs.comparing import Growth, list_growths
from tests.support.costs.record import ROOT, RunCosts

BUDGETS = ROOT / ".ci" / "budgets.toml"
_TENTH = 1.1
_NAMED = 10


@dataclass(frozen=True)
class Budget:
    """day, by, why: of the last time that it was set."""

    processor_s: int
    day: date
    by: str
    why: str


def read_budgets(path: Path = BUDGETS) -> Mapping[str, Budget]:
    """By stage, in the order of the gate."""
    return {name: Budget(**entry) for name, entry in tomllib.loads(path.read_text()).items()}


def find_stages_over(costs: RunCosts, budgets: Mapping[str, Budget]) -> Sequence[str]:
    """The stages that cost a tenth more than their budget; with "all" if their sum does."""
    over = [
        name
        for name, budget in budgets.items()
        if name in costs and costs[name].processor_s > _TENTH * budget.processor_s
    ]
    whole_s = sum(stage.processor_s for stage in costs.values())
    if whole_s > _TENTH * sum(budget.processor_s for budget in budgets.values()):
        over.append("all")
    return over


def last_line(costs: RunCosts, accepted: RunCosts, budgets: Mapping[str, Budget]) -> str:
    """What a gate says last: within its budget, or over it with the ten tests that grew most."""
    whole_s = sum(stage.processor_s for stage in costs.values())
    budget_s = sum(budget.processor_s for budget in budgets.values())
    line = f"{whole_s:,.0f} s of processor, of a budget of {budget_s:,}"
    over = find_stages_over(costs, budgets)
    if not over:
        return f"{line}."
    tests = "; ".join(map(_words, list_growths(accepted, costs)[:_NAMED])) or "no test"
    return f"{line}: OVER BUDGET BY A TENTH in {', '.join(over)}. Grown most: {tests}."


def _words(growth: Growth) -> str:
    return f"{growth.name} {growth.before_s:.1f} → {growth.after_s:.1f} s"
