"""Whatever the day: the same is the same, a little is rounding, and the sums add up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import steps_in_day
from services.allocation.domain.dso_results import DsoCurve
from services.allocation.domain.keys import DefaultDynamic, Priority, SharingKey, Static
from services.allocation.domain.reconciliation import OwnDay, QuantitySeries
from tests.allocation.domain.reconciling import (
    ANNA,
    BRUNO,
    DAY,
    ROOF,
    counts,
    facts,
    ours,
    reconciled,
    theirs,
)

_DAYS = st.sampled_from([date(2026, 3, 29), DAY, date(2026, 10, 25)])
_KEYS: st.SearchStrategy[SharingKey | None] = st.sampled_from(
    [
        None,
        DefaultDynamic(),
        Static({ANNA.prm: Decimal("0.3"), BRUNO.prm: Decimal("0.6")}),
        Static({ANNA.prm: Decimal("0.3"), BRUNO.prm: Decimal("0.6")}, redistribute=True),
        Priority([[BRUNO.prm], [ANNA.prm]]),
    ]
)
_POWERS = st.lists(st.one_of(st.none(), st.integers(0, 9_000)), min_size=1, max_size=4)


@st.composite
def own_days(draw: st.DrawFn) -> OwnDay:
    day, step_min = draw(_DAYS), draw(st.sampled_from([15, 30, 60]))
    steps = steps_in_day(day, step_min)
    powers = {who: (draw(_POWERS) * steps)[:steps] for who in (ROOF, ANNA, BRUNO)}
    return ours(
        facts(powers, key=draw(_KEYS), day=day, step_min=step_min),
        other_keys={} if (key := draw(_KEYS)) is None else {"another key": key},
        revisions={ANNA: draw(st.integers(1, 3))},
    )


@st.composite
def disturbed(draw: st.DrawFn, own_day: OwnDay, up_to_wmin: int) -> dict[QuantitySeries, DsoCurve]:
    """What the DSO says of our day when every value is off by at most so much."""
    chance = draw(st.randoms(use_true_random=False))
    return {
        series: replace(
            curve,
            energy_wmin=[
                None if value is None else max(0, value + chance.randint(-up_to_wmin, up_to_wmin))
                for value in curve.energy_wmin
            ],
        )
        for series, curve in theirs(own_day, precision_wmin=60).items()
    }


@given(own_day=own_days())
def test_the_same_results_differ_in_nothing(own_day: OwnDay) -> None:
    reconciliation = reconciled((own_day, theirs(own_day)))
    assert counts(reconciliation) == {}
    assert reconciliation.points["difference_wmin"].abs().sum() == 0


@given(data=st.data(), own_day=own_days())
def test_what_is_within_tolerance_is_rounding_and_nothing_else(
    data: st.DataObject, own_day: OwnDay
) -> None:
    curves = data.draw(disturbed(own_day, 60))
    assert set(counts(reconciled((own_day, curves)))) <= {"rounding"}


@given(data=st.data(), own_day=own_days())
def test_every_difference_has_one_class_and_the_order_of_curves_changes_nothing(
    data: st.DataObject, own_day: OwnDay
) -> None:
    curves = data.draw(disturbed(own_day, 20_000))
    gone = data.draw(st.sets(st.sampled_from(sorted(curves)), max_size=3))
    left = {series: curve for series, curve in curves.items() if series not in gone}

    reconciliation = reconciled((own_day, left))
    again = reconciled((own_day, dict(reversed(left.items()))))

    assert reconciliation.differing.equals(again.differing)
    assert reconciliation.points.equals(again.points)
