"""``elocoop bench --hostile``; how long answers take, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_hostile_clients_answers_all_of_them_and_somebody_honest() -> None:
    done = elocoop("bench", "--hostile", "--clients", "12", "--for-s", "5", "--json")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert set(figures["answered"]) == {"large", "slow", "many"}
    assert figures["answered"]["large"].keys() <= {"413", "503", "closed"}
    assert figures["answered"]["many"].keys() <= {"401", "422", "closed"}
    assert figures["honest"]["during"]["answers"] > 0
