"""Generated curves: each instant and each power is read as it was meant."""

from datetime import date, datetime

import polars as pl
import pytest

from libs.common.ids import Direction
from services.demo.dso_files import CURVES, RESULTS, Shape, written
from services.demo.dso_files.results.acc_csv_point import file_name
from services.ingest.formats import parse
from services.ingest.formats.acc.result_names import told_by_name
from tests.demo.shapes import CONSUMPTION_ONLY, WEEKS, only, week
from tests.ingest.formats.files import zipped

pytestmark = pytest.mark.usefixtures("process_zone")

_WEEKS = pytest.mark.parametrize("first_day", WEEKS.values(), ids=WEEKS)
_STEPS = pytest.mark.parametrize("step_min", [5, 10, 15, 30, 60])


def _rows(shape: Shape, unit: int) -> list[tuple[str, datetime, int | None]]:
    """What each point has in each step, in the order of the file."""
    return [
        (curve.prm, start, None if power_w is None else power_w * unit)
        for curve in shape.curves()
        for start, power_w in zip(shape.starts, curve.power_w, strict=True)
    ]


@_WEEKS
@_STEPS
@pytest.mark.parametrize("name", CURVES)
def test_a_generated_curve_is_read_as_it_was_meant(
    name: str, step_min: int, first_day: date
) -> None:
    shape = week(name, first_day, step_min=step_min)

    readings = only(written(name, shape)).readings

    unit_w = 1000 if name == "R4x XML" else 1
    assert readings.select("prm", "start", "power_w").rows() == _rows(shape, unit_w)
    assert set(readings["step_min"]) == {step_min}
    assert set(readings["direction"]) == {"consumption"}
    assert set(readings["nature"].filter(readings["power_w"].is_not_null())) == {"measured"}


@pytest.mark.parametrize("step_min", [10, 30])
@pytest.mark.parametrize("name", sorted(CURVES.keys() - CONSUMPTION_ONLY))
def test_the_curve_of_a_plant_is_read_as_production(name: str, step_min: int) -> None:
    shape = week(name, WEEKS["October"], step_min=step_min, direction=Direction.PRODUCTION)

    readings = only(written(name, shape)).readings

    assert set(readings["direction"]) == {"production"}
    assert readings["start"].to_list() == [*shape.starts] * shape.points


@pytest.mark.parametrize("name", CURVES)
def test_some_values_of_a_curve_are_missing(name: str) -> None:
    readings = only(written(name, Shape(points=1, days=60))).readings

    assert 0 < readings["power_w"].null_count() < readings.height / 100


@_WEEKS
@_STEPS
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("name", RESULTS)
def test_generated_results_have_the_whole_curve_and_its_two_parts(
    name: str, direction: Direction, step_min: int, first_day: date
) -> None:
    shape = week(name, first_day, step_min=step_min, direction=direction)
    rest = "complement" if direction == Direction.CONSUMPTION else "surplus"

    values = _results(name, shape)

    by_quantity = {
        quantity: values.filter(quantity=quantity)
        for quantity in (direction, "self_consumed", rest)
    }
    whole, *parts = by_quantity.values()
    assert whole.select("prm", "start", "energy_wmin").rows() == _rows(shape, step_min)
    assert sum(frame.height for frame in by_quantity.values()) == values.height
    assert all(frame["start"].to_list() == whole["start"].to_list() for frame in parts)
    assert (parts[0]["energy_wmin"] + parts[1]["energy_wmin"]).equals(whole["energy_wmin"])
    assert values["energy_wmin"].drop_nulls().min() >= 0  # type: ignore[operator] # integers
    assert set(values["step_min"]) == {step_min}
    assert set(values["direction"]) == {direction}
    assert set(values["definitive"]) == {True}
    assert set(values["operation_id"]) == {shape.operation_id}


def _results(name: str, shape: Shape) -> pl.DataFrame:
    """With what the name of the file tells."""
    content = written(name, shape)
    assert only(content).record_count == shape.reading_count * 3
    (document,) = parse(zipped({file_name(shape): content}))
    values, lacking = told_by_name(document, "")
    assert lacking.is_empty()
    return values
