"""``elocoop bench --billing`` on a few; how fast it is, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_billing_drafts_issues_and_prints_settled_months() -> None:
    done = elocoop("bench", "--billing", "--operations", "2", "--points", "4", "--json")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["documents"] == 6
    assert [stage["what"] for stage in figures["stages"]] == [
        "settlements published and stored",
        "invoices drafted",
        "invoices issued",
        "PDFs made and read",
    ]
    assert all(stage["documents_per_s"] > 0 for stage in figures["stages"])
    requests = {route["route"]: route["requests"] for route in figures["routes"]}
    assert requests["PUT /community/points/…"] == 8
    assert requests["PUT /billing/operations/…/prices"] == 2
