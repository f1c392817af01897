"""Generated files: every format is read without a rejected record, the same bytes each time."""

from datetime import date

import pytest

from services.demo.dso_files import WRITERS, Shape, written
from services.ingest.formats import parse

_NIGHTS = Shape(points=1, days=3, first_day=date(2026, 10, 24))


@pytest.mark.parametrize("name", WRITERS)
def test_a_generated_file_is_read_as_it_was_meant(name: str) -> None:
    step_min = 10 if name == "R4x XML" else 30
    shape = Shape(points=1, days=3, step_min=step_min, first_day=_NIGHTS.first_day)

    (parsed,) = parse(written(name, shape))

    assert (parsed.format, parsed.rejected) == (name, ())
    (curve,) = shape.curves()
    unit_w = 1000 if name == "R4x XML" else 1
    assert parsed.readings["power_w"].to_list() == [
        None if value is None else value * unit_w for value in curve.power_w
    ]
    assert parsed.readings["start"].to_list() == list(shape.starts)
    assert set(parsed.readings["prm"]) == {curve.prm}


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_seed_writes_the_same_bytes_and_another_does_not(name: str) -> None:
    other = Shape(points=1, days=3, first_day=_NIGHTS.first_day, seed=1)

    assert written(name, _NIGHTS) == written(name, _NIGHTS)
    assert written(name, _NIGHTS) != written(name, other)


def test_files_may_be_about_different_points() -> None:
    prms = [{c.prm for c in Shape(points=2, days=1, first=first).curves()} for first in (0, 2)]

    assert not prms[0] & prms[1]
