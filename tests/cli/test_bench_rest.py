"""``elocoop bench --rest``; how little it is, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_rest_tells_what_each_process_costs() -> None:
    done = elocoop("bench", "--rest", "--rest-s", "5", "--json")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert set(figures["processor_percent"]) == {"platform", "postgresql"}
    assert figures["transactions_per_s"] >= 0
