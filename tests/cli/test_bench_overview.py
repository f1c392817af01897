"""``elocoop bench --overview`` on a few; how fast it is, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_the_overview_asks_for_every_answer() -> None:
    options = ("--operations", "3", "--points", "4", "--changes", "200", "--json")
    done = elocoop("bench", "--overview", *options)

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["operations"], figures["points"]) == (3, 4)
    sizes = [answer["bytes"] for answer in figures["answers"]]
    assert len(sizes) == 10
    assert min(sizes) > 1000
