"""The benchmark of ingest measures every format, at the sizes that it has."""

import pytest
from rich.console import Console

from services.cli.bench.ingest.parsing import measure_parsing
from services.demo.dso_files import WRITERS


@pytest.mark.nightly
def test_parsing_is_measured_of_every_format() -> None:
    measured = measure_parsing(Console(quiet=True), runs=1)

    assert [measure.format for measure in measured] == list(WRITERS)
    assert all(measure.records >= 10_000 and measure.records_per_s > 0 for measure in measured)
