"""Generated files of no curve: what they say agrees with the curves of the same shape."""

from datetime import date, datetime, time

import polars as pl
import pytest

from libs.common.calendar import PARIS, day_start
from libs.common.ids import Direction
from services.demo.dso_files import Shape, written
from services.ingest.domain.facts.indexes import totals
from tests.demo.shapes import WEEKS, only, week

pytestmark = pytest.mark.usefixtures("process_zone")

_ROUNDING_WH = 2
"""Two counters each drop the watt-hour that is begun."""

_SHAPES = pytest.mark.parametrize(
    ("first_day", "step_min"), [(day, step) for day in WEEKS.values() for step in (10, 30)]
)


def _energies_wh(shape: Shape) -> dict[tuple[str, date], float]:
    """By point and local day."""
    days = [start.date() for start in shape.local_starts]
    energies_wh = {(prm, day): 0.0 for prm in shape.prms for day in dict.fromkeys(days)}
    for curve in shape.curves():
        for day, power_w in zip(days, curve.power_w, strict=True):
            energies_wh[curve.prm, day] += (power_w or 0) * shape.step_min / 60
    return energies_wh


def _months(shape: Shape) -> dict[tuple[str, str], float]:
    """By point and month of local days, Wh."""
    energies_wh: dict[tuple[str, str], float] = {}
    for (prm, day), energy_wh in _energies_wh(shape).items():
        energies_wh[prm, f"{day:%Y-%m}"] = energies_wh.get((prm, f"{day:%Y-%m}"), 0) + energy_wh
    return energies_wh


@_SHAPES
@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("R64 JSON", Direction.CONSUMPTION),
        ("R64 JSON", Direction.PRODUCTION),
        ("R151 XML", Direction.CONSUMPTION),
        ("R171 XML", Direction.CONSUMPTION),
        ("R171 XML", Direction.PRODUCTION),
    ],
)
def test_the_indexes_of_a_day_differ_by_the_energy_of_its_curve(
    name: str, direction: Direction, first_day: date, step_min: int
) -> None:
    shape = week(name, first_day, step_min=step_min, direction=direction)

    indexes = only(written(name, shape)).indexes

    assert set(indexes["direction"]) == {direction}
    total = totals(indexes)
    assert total.height == shape.points * (shape.days + 1)
    shown = {(prm, read_at): wh for prm, _, read_at, wh in total.iter_rows()}
    for (prm, day), energy_wh in _energies_wh(shape).items():
        start, end = day_start(day), day_start(date.fromordinal(day.toordinal() + 1))
        counted_wh = shown[prm, end] - shown[prm, start]
        assert counted_wh == pytest.approx(energy_wh, abs=_ROUNDING_WH)


def test_all_flows_of_indexes_show_the_same() -> None:
    shape = week("R64 JSON", WEEKS["October"])

    r64, r151, r171 = (
        totals(only(written(name, shape)).indexes) for name in ("R64 JSON", "R151 XML", "R171 XML")
    )

    assert r64.equals(r151)
    assert r64.equals(r171)


def test_the_counters_of_classes_and_of_the_supplier_add_up_to_the_total() -> None:
    shape = week("R64 JSON", WEEKS["March"])

    both = pl.concat(only(written(name, shape)).indexes for name in ("R64 JSON", "R151 XML"))

    by_register = both.unique(["prm", "register", "read_at", "index_wh"]).pivot(
        "register", index=["prm", "read_at"], values="index_wh"
    )
    assert by_register.height == shape.points * (shape.days + 1)
    assert (by_register["IDX_EAS_D1"] + by_register["IDX_EAS_D2"]).equals(by_register["IDX_EAS_T"])
    assert by_register["IDX_EAS_F1"].equals(by_register["IDX_EAS_T"])


def test_what_is_invoiced_is_what_the_indexes_differ_by() -> None:
    """Of 40 days, in two months."""
    shape = Shape(points=2, days=40, step_min=60, first_day=date(2026, 10, 10))

    invoiced = only(written("R67 JSON", shape)).invoiced

    indexes = only(written("R64 JSON", shape)).indexes
    shown = {
        (prm, register, read_at): wh
        for prm, register, read_at, wh in indexes.select(
            "prm", "register", "read_at", "index_wh"
        ).iter_rows()
    }
    register_of = {"HP": "IDX_EAS_D1", "HC": "IDX_EAS_D2"}
    assert invoiced.height == shape.points * 2 * 2
    assert set(invoiced["from_day"]) == {date(2026, 10, 10), date(2026, 11, 1)}
    for prm, name, first, last, wh in invoiced.select(
        "prm", "tariff_class", "from_day", "to_day", "quantity_wh"
    ).iter_rows():
        after, before = (shown[prm, register_of[name], day_start(day)] for day in (last, first))
        assert wh == after - before
    for prm, month, wh in (
        invoiced.group_by("prm", month=pl.col("from_day").dt.strftime("%Y-%m"))
        .agg(pl.col("quantity_wh").sum())
        .iter_rows()
    ):
        assert wh == pytest.approx(_months(shape)[prm, month], abs=_ROUNDING_WH)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("first_day", [date(2026, 3, 1), date(2026, 10, 1)])
def test_energies_of_months_are_those_of_the_curves_to_the_watt_minute(
    first_day: date, direction: Direction
) -> None:
    shape = Shape(2, 61, 10, first_day, direction=direction)

    energies = only(written("ACC API definitive_active_energy", shape)).result_energies

    by_month = {
        (prm, quantity, month): wmin
        for prm, quantity, month, wmin in energies.group_by("prm", "quantity", "month")
        .agg(pl.col("energy_wmin").sum())
        .iter_rows()
    }
    rest = "complement" if direction == Direction.CONSUMPTION else "surplus"
    months = _months(shape)
    assert len(by_month) == len(months) * 3
    for (prm, month), energy_wh in months.items():
        whole, *parts = (
            by_month[prm, quantity, month] for quantity in (direction.value, "self_consumed", rest)
        )
        assert whole == round(energy_wh * 60)
        assert sum(parts) == whole
    assert set(energies["tariff_class"]) == {"HP", "HC"}


def test_energies_are_of_whole_months_only() -> None:
    with pytest.raises(ValueError, match="whole months"):
        written("ACC API definitive_active_energy", Shape(points=1, days=30))


@pytest.mark.parametrize("direction", Direction)
def test_all_points_take_part_as_long_as_they_have_a_curve(direction: Direction) -> None:
    shape = week("ACC API perimeter", WEEKS["October"], direction=direction)

    points = only(written("ACC API perimeter", shape)).dso_points

    assert points.drop("position").rows() == [
        (shape.operation_id, prm, direction, date(2026, 10, 21), date(2026, 10, 28))
        for prm in shape.prms
    ]


def test_contracts_begin_and_end_with_the_curves() -> None:
    shape = week("C15 XML", WEEKS["October"])

    events = only(written("C15 XML", shape)).contract_events

    begun, ended = (
        datetime.combine(day, time(), tzinfo=PARIS) for day in (shape.first_day, shape.day_after)
    )
    assert events.drop("position", "affair").rows() == [
        event
        for prm in shape.prms
        for event in (
            (prm, begun, "MES", "consumer", "in_service"),
            (prm, ended, "RES", "consumer", "terminated"),
        )
    ]
    assert events["affair"].n_unique() == events.height
