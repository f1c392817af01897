"""Costs of the gate in processor seconds: measure a stage, compare two runs, judge by budgets.

Needs nothing but Python: the gate's first stage runs before anything is installed.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.support.costs.budgets import last_line, read_budgets
from tests.support.costs.comparing import compare
from tests.support.costs.record import ACCEPTED, RECORD, accept, read, write
from tests.support.costs.stage import run_stage


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.costs", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    stage = commands.add_parser("stage", help="run a command, and record what it costs")
    stage.add_argument("name")
    stage.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")
    comparison = commands.add_parser("compare", help="show two records beside each other")
    comparison.add_argument("before", type=Path, nargs="?", default=ACCEPTED)
    comparison.add_argument("after", type=Path, nargs="?", default=RECORD)
    commands.add_parser("judge", help="say the stages' costs, and whether they keep the budgets")
    commands.add_parser("accept", help="make the last run the one that later ones have grown from")
    arguments = parser.parse_args()
    if arguments.command == "stage":
        return run_stage(arguments.name, arguments.words, _record())
    lines = {"compare": _compare, "judge": _judge, "accept": _accept}[arguments.command](arguments)
    print(*lines, sep="\n")  # noqa: T201
    return 0


def _record() -> Path:
    return Path(os.environ.get("ELOCOOP_COSTS", RECORD))


def _compare(arguments: argparse.Namespace) -> list[str]:
    return list(compare(read(arguments.before), read(arguments.after)))


def _judge(_: argparse.Namespace) -> list[str]:
    costs, budgets = read(_record()), read_budgets()
    rows = [
        f"{name:<20}{stage.processor_s:>10,.0f}{stage.clock_s:>10,.0f}"
        f"{budgets[name].processor_s if name in budgets else 0:>10,}"
        for name, stage in costs.items()
    ]
    heading = f"{'stage':<20}{'processor':>10}{'clock':>10}{'budget':>10}"
    return [heading, *rows, last_line(costs, read(ACCEPTED), budgets)]


def _accept(_: argparse.Namespace) -> list[str]:
    write(ACCEPTED, accept(read(_record())))
    return [f"{ACCEPTED.name} has the costs of the last run."]


if __name__ == "__main__":
    sys.exit(main())
