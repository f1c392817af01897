"""Generated files: of every format that ingest reads, the same bytes each time."""

from datetime import UTC, date

import pytest

from libs.common.ids import Direction
from services.demo.dso_files import WRITERS, Shape, written
from services.ingest.formats import FORMATS, recognise
from services.ingest.formats.acc.envelope import AccResource
from services.ingest.formats.acc.layouts import read_layouts
from tests.demo.shapes import CONSUMPTION_ONLY, only

_OCTOBER = {
    name: Shape(points=1, days=31, step_min=60, first_day=date(2026, 10, 1)) for name in WRITERS
}
_SEEDLESS = {"ACC API perimeter"}


def test_every_format_that_ingest_reads_is_written() -> None:
    recognised = [recognise(written(name, shape)) for name, shape in _OCTOBER.items()]

    assert {file_format.name for file_format in recognised if file_format} == {
        file_format.name for file_format in FORMATS
    }


def test_every_layout_of_the_monthly_csv_and_every_kind_of_answer_is_written() -> None:
    kinds = {
        resource.removeprefix("provisional_").removeprefix("definitive_")
        for resource in AccResource
    }

    assert {f"ACC CSV {layout.name}" for layout in read_layouts()} <= WRITERS.keys()
    assert all(any(name.endswith(kind) for name in WRITERS) for kind in kinds)


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_is_called_as_ingest_calls_what_it_reads(name: str) -> None:
    document = only(written(name, _OCTOBER[name]))

    assert document.format == name
    assert document.record_count > 0


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_seed_writes_the_same_bytes_and_another_does_not(name: str) -> None:
    shape = _OCTOBER[name]
    again, other = (Shape(1, 31, 60, shape.first_day, seed=seed) for seed in (shape.seed, 1))

    assert written(name, shape) == written(name, again)
    assert (written(name, shape) == written(name, other)) == (name in _SEEDLESS)


@pytest.mark.parametrize("name", sorted(CONSUMPTION_ONLY))
def test_a_flow_that_carries_consumption_only_is_not_written_of_a_plant(name: str) -> None:
    with pytest.raises(ValueError, match="what points consume"):
        written(name, Shape(points=1, days=1, direction=Direction.PRODUCTION))


@pytest.mark.parametrize("name", ["HDM CSV", "ACC CSV one-point-power"])
def test_a_file_of_one_point_is_not_written_of_several(name: str) -> None:
    with pytest.raises(ValueError, match="too many values"):
        written(name, Shape(points=2, days=1))


def test_files_may_be_about_different_points() -> None:
    prms = [{c.prm for c in Shape(points=2, days=1, first=first).curves()} for first in (0, 2)]

    assert not prms[0] & prms[1]


def test_a_file_is_published_in_the_morning_after_its_last_day() -> None:
    shape = Shape(points=1, days=2, first_day=date(2026, 10, 24))

    assert shape.published_at.isoformat() == "2026-10-26T08:30:00+01:00"
    for name in ("R50 XML", "generic CSV", "Data Connect JSON", "ACC API perimeter", "C15 XML"):
        assert only(written(name, shape)).published_at == shape.published_at.astimezone(UTC)
