"""``elocoop bench --community`` on a few; how fast it is, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_community_pages_every_list() -> None:
    options = ("--operations", "3", "--points", "4", "--requests", "2", "--json")
    done = elocoop("bench", "--community", *options)

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["members"], figures["operations"]) == (12, 3)
    rows = {figure["path"]: figure["rows"] for figure in figures["lists"]}
    assert rows["members of an operation"] == 4
    assert rows["messages to a member"] == 2
    assert rows["figures of requests"] == 6
    assert rows["an operation with its perimeter"] == rows["enrolments of an operation"] == 4
    assert rows["notifications of a member"] == 100
    assert all(figure["median_ms"] > 0 for figure in figures["lists"])
