"""Costs of the gate: all processes are counted, two runs are compared, budgets are kept."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.costs.budgets import Budget, find_stages_over, last_line, read_budgets
from tests.support.costs.comparing import compare, list_growths
from tests.support.costs.record import ROOT, StageCosts, accept, keep_stage, keep_tests, read

_BUSY = "import time\nwhile time.process_time() < 0.5: pass"
_ORPHAN = """
import os, subprocess, sys
busy = [sys.executable, "-c", sys.argv[1]]
starter = "import subprocess, sys; subprocess.Popen(sys.argv[1:], close_fds=False)"
reader, writer = os.pipe()
os.set_inheritable(writer, True)
subprocess.run([sys.executable, "-c", starter, *busy], close_fds=False, check=True)
os.close(writer)
os.read(reader, 1)  # its end: it has ended
"""
"""The busy process outlives its parent, as a server does that starts for itself."""

_BEFORE = {
    "embedded": StageCosts(
        100, 50, 3, {"a/test_a.py::x": 10, "a/test_a.py::y": 1, "b/test_b.py::z": 2}
    ),
    "journeys": StageCosts(40, 60),
}
_AFTER = {
    "embedded": replace(
        _BEFORE["embedded"],
        processor_s=130,
        tests={
            "a/test_a.py::x": 8,
            "a/test_a.py::y": 31,
            "b/test_b.py::w": 3,
        },
    ),
    "journeys": StageCosts(40, 60),
}
_BUDGETS = {
    "embedded": Budget(110, date(2026, 12, 6), "a founder", "measured"),
    "journeys": Budget(60, date(2026, 12, 6), "a founder", "measured"),
}


@pytest.mark.parametrize(
    "arguments",
    [["-c", _BUSY], ["-c", _ORPHAN, _BUSY]],
    ids=["its child", "an orphan of its child"],
)
def test_a_stage_counts_the_seconds_of_all_that_it_started(
    arguments: list[str], tmp_path: Path
) -> None:
    record = tmp_path / "costs.json"
    runner = (
        "import sys; from pathlib import Path; from tests.support.costs.stage import run_stage;"
        "sys.exit(run_stage('busy', [sys.executable, *sys.argv[2:]], Path(sys.argv[1])))"
    )

    subprocess.run([sys.executable, "-c", runner, str(record), *arguments], cwd=ROOT, check=True)

    assert read(record)["busy"].processor_s >= 0.5


def test_a_stage_ends_with_the_status_of_its_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.support.costs", "stage", "failing", "false"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}

    done = subprocess.run(command, cwd=tmp_path, env=environment, check=False)

    assert done.returncode == 1


def test_a_stage_keeps_the_tests_that_its_command_recorded(tmp_path: Path) -> None:
    record = tmp_path / "costs.json"

    keep_tests(
        record, "embedded", 2, {"a/test_a.py::x": 1.234, "a/test_a.py::y": 1}, {"a::coop": 0.5}
    )
    keep_stage(record, "embedded", processor_s=12.34, clock_s=6)

    kept = read(record)["embedded"]
    assert (kept.processor_s, kept.items, kept.folders) == (12.3, 2, {"a": 2.23})
    assert kept.fixtures == {"a::coop": 0.5}


def test_the_tests_that_grew_most_come_first_and_new_ones_have_grown_from_nothing() -> None:
    growths = list_growths(_BEFORE, _AFTER)

    assert [(growth.name, growth.by_s) for growth in growths] == [
        ("a/test_a.py::y", 30),
        ("b/test_b.py::w", 3),
    ]


def test_a_comparison_names_stages_folders_and_tests() -> None:
    lines = [line.split() for line in compare(_BEFORE, _AFTER)]

    assert ["all", "140.0", "170.0", "+30.0"] in lines
    assert ["embedded:", "a", "11.0", "39.0", "+28.0"] in lines
    assert ["b/test_b.py::z", "2.0", "0.0", "-2.0"] in lines


def test_a_gate_within_its_budgets_says_its_cost_and_no_more() -> None:
    assert find_stages_over(_BEFORE, _BUDGETS) == []
    assert last_line(_BEFORE, _BEFORE, _BUDGETS) == "140 s of processor, of a budget of 170."


def test_a_gate_over_a_budget_by_a_tenth_says_which_tests_grew_most() -> None:
    line = last_line(_AFTER, _BEFORE, _BUDGETS)

    assert find_stages_over(_AFTER, _BUDGETS) == ["embedded"]
    assert "OVER BUDGET BY A TENTH in embedded" in line
    assert line.endswith("a/test_a.py::y 1.0 → 31.0 s; b/test_b.py::w 0.0 → 3.0 s.")


def test_many_stages_that_are_each_nearly_over_are_over_together() -> None:
    costs = {"embedded": StageCosts(120), "journeys": StageCosts(66), "more": StageCosts(30)}

    assert find_stages_over(costs, _BUDGETS) == ["all"]


def test_what_is_accepted_leaves_out_cheap_tests() -> None:
    tests = accept({"embedded": StageCosts(tests={"dear": 0.5, "cheap": 0.49})})["embedded"].tests

    assert tests == {"dear": 0.5}


def test_each_stage_of_the_gate_has_a_budget_and_their_sum_is_an_hour_of_one_core() -> None:
    """CONTRIBUTING.md: who needs more says so in .ci/budgets.toml, with the day and the reason."""
    stages = re.findall(r"^stage (\S+)", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    budgets = read_budgets()

    assert stages == list(budgets)
    assert sum(budget.processor_s for budget in budgets.values()) <= 3600
    assert all(budget.by and budget.why for budget in budgets.values())
