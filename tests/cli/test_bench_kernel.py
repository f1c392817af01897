"""``elocoop bench --kernel`` on sizes that take no time; how fast it is, no test says."""

import json
import subprocess
import sys

import numpy as np
import pytest

from services.cli.bench.kernel import cases
from services.cli.bench.kernel.year import YearCurves
from tests.support.commands import elocoop
from tests.support.places import ROOT

YEAR = YearCurves(days=2, consumer_count=3)


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_the_kernel_compares_both_keys_and_shares_a_month() -> None:
    size = ["--operations", "3", "--points", "4", "--days", "2", "--year-days", "1"]

    # Settings that no platform starts with: this bench has none.
    done = elocoop("bench", "--kernel", *size, "--runs", "5", "--json", SECRET_KEYS="unreadable")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert [case["peer_method"] for case in figures["year"]["cases"]] == ["RELATIVE", "OPTIMAL"]
    assert all(case["times_as_fast"] > 0 for case in figures["year"]["cases"])
    assert figures["year"]["steps"] == 96
    assert figures["month"]["steps"] == 96
    assert figures["month"]["operations"] == 3
    assert "A month" in done.stderr


def test_a_step_that_no_meter_has_is_refused_in_words() -> None:
    done = elocoop("bench", "--kernel", "--step", "7")

    assert done.returncode == 2
    assert "--step" in done.stderr


def test_both_sides_of_a_comparison_find_the_same_but_for_rounding() -> None:
    turns: list[None] = []

    for case in cases.cases_of(YEAR):
        timing = cases.time_case(case, YEAR, runs=2, on_turn=lambda: turns.append(None))

        assert timing.largest_difference_wmin is not None
        assert timing.largest_difference_wmin < 1 + 1e-6
    assert len(turns) == 2 * 3


@pytest.mark.nightly
@pytest.mark.system
def test_without_openenergyid_only_our_figures_are_printed() -> None:
    # In a process of its own, as all that starts processes: threads that die together hang a
    # process whose greenlets are traced for coverage.
    without = (
        "import sys; sys.modules['openenergyid'] = None; from services.cli import main; main()"
    )
    size = ["--operations", "1", "--points", "2", "--days", "1", "--year-days", "1", "--runs", "5"]

    done = subprocess.run(
        [sys.executable, "-c", without, "bench", "--kernel", *size],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "not installed" in done.stdout
    assert "times" not in done.stdout


def test_the_invented_year_is_the_same_at_every_run_and_has_nights_and_shortage() -> None:
    year, again = YearCurves(), YearCurves()

    pool = np.sum(list(year.productions.values()), axis=0)
    consumption = np.sum(list(year.consumptions.values()), axis=0)

    assert (pool == np.sum(list(again.productions.values()), axis=0)).all()
    assert 0.4 < (pool > 0).mean() < 0.6
    assert 0.3 < (pool < consumption)[pool > 0].mean() < 0.7
    assert sum(year.shares.values()) == 1
