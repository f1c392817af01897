"""``elocoop bench --documents`` on a few; how fast it is, no test says."""

import json

import pytest

from tests.support.commands import elocoop


@pytest.mark.nightly
@pytest.mark.system
def test_bench_of_documents_makes_xml_and_pdf() -> None:
    done = elocoop("bench", "--documents", "--operations", "2", "--points", "3", "--json")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["documents"] == 6
    assert [stage["documents_per_s"] > 0 for stage in figures["stages"]] == [True, True]
