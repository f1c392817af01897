"""``elocoop bench --page``; how long answers take, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_the_page_answers_every_member() -> None:
    done = elocoop("bench", "--page", "--members", "20", "--within-s", "5", "--json")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    refusals = {waits["kind"]: waits["refused"] for waits in figures["answers"]}
    assert refusals == {"session renewed": {}, "month": {}, "bills": {}}
    assert set(figures["processor_ms_per_member"]) >= {"community", "allocation", "billing"}
