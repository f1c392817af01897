"""Splits that our key does not give: whose are they? Worked out by hand."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from libs.common.ids import Prm
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.days import DayStatus
from services.allocation.domain.keys import Dynamic, Priority, SharingKey
from services.allocation.domain.keys.bases import CoefficientBasis, DayBasis
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation import QuantitySeries
from tests.allocation.domain.reconciling import (
    ANNA,
    BRUNO,
    COMPLEMENT,
    CONSUMED,
    DAY,
    PRODUCTION,
    QUARTERS,
    ROOF,
    SHARED,
    SURPLUS,
    counts,
    energy,
    evidence,
    facts,
    month_of,
    ours,
    reconciled,
    says,
    theirs,
)

ANNA_FIRST = Priority([[ANNA.prm], [BRUNO.prm]])


@pytest.mark.parametrize(
    ("own_key", "other_keys", "dso_key", "name"),
    [
        (QUARTERS, {}, None, "default_dynamic"),
        (
            ANNA_FIRST,
            {"the previous key of the operation": QUARTERS},
            QUARTERS,
            "the previous key of the operation",
        ),
        (
            replace(QUARTERS, redistribute=True),
            {},
            QUARTERS,
            "our key without redistribution",
        ),
    ],
)
def test_the_split_of_another_key_is_a_key_not_applied(
    own_key: SharingKey, other_keys: Mapping[str, SharingKey], dso_key: SharingKey | None, name: str
) -> None:
    # Anna takes less than her quarter of 27,000, so that redistribution matters.
    powers = {ANNA: 200}
    own_day = ours(facts(powers, key=own_key), other_keys=other_keys)
    dso = ours(facts(powers, key=dso_key) if dso_key else facts(powers))

    reconciliation = reconciled((own_day, theirs(dso)))

    assert set(counts(reconciliation)) == {"key_not_applied"}
    assert evidence(reconciliation, BRUNO, SHARED) == {
        ("key_not_applied", f"the DSO's split is that of {name}")
    }
    assert evidence(reconciliation, BRUNO, CONSUMED) == set()


def test_a_share_that_the_dso_lacks_does_not_hide_its_key() -> None:
    own_day = ours(facts(key=QUARTERS))
    curves = theirs(ours(facts()))
    says(curves, ANNA, SHARED, [None] + [9_000] * 47)
    reconciliation = reconciled((own_day, curves))
    assert evidence(reconciliation, BRUNO, SHARED) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }


def test_of_keys_that_fit_the_one_that_explains_most_of_the_day_is_named() -> None:
    # While Bruno takes 1,200 W the default rule gives quarters too; for 800 W it does not.
    powers = {BRUNO: [1200] * 24 + [800] * 24}
    own_day = ours(facts(powers, key=ANNA_FIRST), other_keys={"the key of last month": QUARTERS})
    dso = ours(facts(powers, key=QUARTERS))
    reconciliation = reconciled((own_day, theirs(dso)))
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of the key of last month")
    }


def test_a_dso_that_applied_our_file_agrees_with_us() -> None:
    # Anna first: 12,000 of 27,000 are 44.44 %, so that she gets 11,998; Bruno 55.55 %: 14,998.
    own_day = ours(facts(key=ANNA_FIRST))
    curves = theirs(own_day, precision_wmin=1)
    for who, consumed, shared in ((ANNA, 12_000, 11_998), (BRUNO, 24_000, 14_998)):
        says(curves, who, SHARED, shared, precision_wmin=1)
        says(curves, who, COMPLEMENT, consumed - shared, precision_wmin=1)
    says(curves, ROOF, SHARED, 26_996, precision_wmin=1)
    says(curves, ROOF, SURPLUS, 4, precision_wmin=1)

    reconciliation = reconciled((own_day, curves))

    # The shares and complements of both, the roof's share and surplus.
    assert counts(reconciliation) == {"coefficients_rounded": 48 * 6}
    assert reconciliation.findings.is_empty()


def test_no_file_of_our_shares_is_tried_where_coefficients_were_set_before() -> None:
    """What the DSO has is what was deposited, and that is the key: nobody sent it our shares."""
    basis = DayBasis(CoefficientBasis.DEPOSIT, "2026-10", 1)
    own_day = ours(replace(facts(key=ANNA_FIRST), basis=basis))
    curves = theirs(own_day, precision_wmin=1)
    says(curves, ANNA, SHARED, 11_998, precision_wmin=1)
    says(curves, ANNA, COMPLEMENT, 2, precision_wmin=1)

    reconciliation = reconciled((own_day, curves))

    assert counts(reconciliation) == {"unexplained": 48 * 2}


def test_coefficients_are_tried_in_the_finer_steps_of_the_dso() -> None:
    """All is made in the second quarter-hour, so that each of its coefficients binds."""
    basis = DayBasis(CoefficientBasis.DEPOSIT, "2026-10", 2)
    own_day = ours(replace(facts(key=_tenth(30)), basis=basis), other_keys={"deposit 1": QUARTERS})
    dso = ours(facts({ROOF: [0, 1800] * 48}, key=_tenth(15), step_min=15))

    reconciliation = reconciled((own_day, theirs(dso)))

    assert set(counts(reconciliation)) == {"key_not_applied"}
    assert evidence(reconciliation, BRUNO, SHARED) == {
        ("key_not_applied", "the DSO's split is that of our key in steps of 15 minutes")
    }


def _tenth(step_min: int) -> Dynamic:
    """A tenth of what is produced for Anna, the rest for Bruno."""
    starts = starts_of_day(DAY, step_min)
    shares = np.repeat([[[100_000_000], [900_000_000]]], len(starts), axis=2)
    return Dynamic(Coefficients(starts, (POOL,), (ANNA.prm, BRUNO.prm), shares))


NINETY_KW = {ROOF: 90_000, ANNA: 40_000, BRUNO: 80_000}
"""In half an hour 2,700,000 Wmin for 1,200,000 and 2,400,000. Anna first: 44.44 and 55.55 %."""


def test_a_point_that_the_dso_does_not_know_explains_what_it_made_of_our_file() -> None:
    own_day = ours(facts(NINETY_KW, key=ANNA_FIRST))
    curves = {
        series: curve for series, curve in theirs(own_day).items() if series.participant != BRUNO
    }
    # 44.44 % of 2,700,000 are 1,199,880; nobody takes the other 1,500,120.
    for who, quantity, wmin in (
        (ANNA, SHARED, 1_199_880),
        (ANNA, COMPLEMENT, 120),
        (ROOF, SHARED, 1_199_880),
        (ROOF, SURPLUS, 1_500_120),
    ):
        says(curves, who, quantity, wmin)

    reconciliation = reconciled((own_day, curves))

    assert set(counts(reconciliation)) == {"perimeter_mismatch"}
    coefficients = "our coefficients on the DSO's readings give its split"
    assert evidence(reconciliation, ROOF, SURPLUS) == {
        ("perimeter_mismatch", f"another point is known to one side only; {coefficients}")
    }


def test_other_readings_explain_what_the_dso_made_of_our_file() -> None:
    own_day = ours(facts(NINETY_KW, key=ANNA_FIRST))
    curves = theirs(own_day)
    # One kilowatt more of Anna's: her coefficient stays that of 1,200,000.
    for who, quantity, wmin in (
        (ANNA, CONSUMED, 1_230_000),
        (ANNA, SHARED, 1_199_880),
        (ANNA, COMPLEMENT, 30_120),
        (BRUNO, SHARED, 1_499_850),
        (BRUNO, COMPLEMENT, 900_150),
        (ROOF, SHARED, 2_699_730),
        (ROOF, SURPLUS, 270),
    ):
        says(curves, who, quantity, wmin)

    reconciliation = reconciled((own_day, curves))

    assert set(counts(reconciliation)) == {"late_correction"}
    coefficients = "our coefficients on the DSO's readings give its split"
    assert evidence(reconciliation, ANNA, COMPLEMENT) == {
        ("late_correction", f"readings differ; {coefficients}")
    }


def test_another_key_is_none_of_the_decimals_of_our_file() -> None:
    own_day = ours(facts(NINETY_KW, key=ANNA_FIRST))
    reconciliation = reconciled((own_day, theirs(ours(facts(NINETY_KW)))))
    assert set(counts(reconciliation)) == {"key_not_applied"}
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }


def test_a_month_without_curves_that_is_our_file_agrees_with_us() -> None:
    own_day = ours(facts(NINETY_KW, key=ANNA_FIRST))
    # 48 steps of 1,200,000 and 1,500,000 here, of 1,199,880 and 1,499,850 there.
    shared = (energy(ANNA, SHARED, 57_594_240), energy(BRUNO, SHARED, 71_992_800))
    precise = [replace(amount, precision_wmin=60) for amount in shared]
    reconciliation = reconciled((own_day, None), dso_month=month_of(*precise))
    assert counts(reconciliation) == {"coefficients_rounded": 2}


def test_a_dso_that_tells_only_what_consumers_got_is_compared_all_the_same() -> None:
    own_day, dso = ours(facts(key=QUARTERS)), ours(facts())
    curves = {series: curve for series, curve in theirs(dso).items() if series.quantity == SHARED}
    del curves[QuantitySeries(*ROOF, SHARED)]
    reconciliation = reconciled((own_day, curves))
    assert counts(reconciliation) == {"key_not_applied": 96}


def test_a_late_correction_does_not_hide_that_the_key_was_not_applied() -> None:
    own_day = ours(facts(key=QUARTERS))
    dso = ours(facts({ANNA: 500}))
    reconciliation = reconciled((own_day, theirs(dso)))
    assert evidence(reconciliation, ANNA, CONSUMED) == {
        ("late_correction", "the DSO used other readings, ours are as first received")
    }
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }


def test_without_a_key_of_ours_the_dso_s_is_looked_for() -> None:
    own_day, dso = ours(facts(key=None)), ours(facts())
    assert own_day.status == DayStatus.NO_KEY
    reconciliation = reconciled((own_day, theirs(dso)))
    assert set(counts(reconciliation)) == {"key_not_applied"}
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }
    other = reconciled((own_day, theirs(ours(facts(key=QUARTERS)))))
    assert evidence(other, ANNA, SHARED) == {("key_not_applied", "no key of ours is in force")}


def dynamic(anna: int, bruno: int, steps: int = 48) -> Dynamic:
    """Billionths of each, in every step of the day but those that are not given."""
    shares = np.array([[[anna] * steps, [bruno] * steps]], dtype=np.int64)
    starts = starts_of_day(DAY, 30)[:steps]
    return Dynamic(Coefficients(starts, (POOL,), (ANNA.prm, BRUNO.prm), shares))


def test_coefficients_of_ours_are_tried_on_the_dso_s_readings() -> None:
    # A third and a half of 27,000 are 9,000 (less the last billionth) and 13,500; of 21,600 they
    # are 7,200 and 10,800.
    key = dynamic(333_333_334, 500_000_000)
    own_day = ours(facts(key=key))
    dso = ours(facts({ROOF: 720}, key=key))
    reconciliation = reconciled((own_day, theirs(dso)))
    assert set(counts(reconciliation)) == {"late_correction"}
    assert evidence(reconciliation, BRUNO, SHARED) == {
        (
            "late_correction",
            "readings differ; our key on the DSO's readings gives its split",
        )
    }


def test_coefficients_that_the_dso_has_cut_are_recognised() -> None:
    own_day = ours(facts(key=dynamic(333_333_334, 500_000_000)))
    # 33.33 % of 27,000 are 8,999.1; of such a share a unit of a watt-minute is no rounding.
    curves = theirs(own_day, precision_wmin=1)
    assert set(curves[QuantitySeries(*ANNA, SHARED)].energy_wmin) == {9_000}
    for who, quantity, wmin in (
        (ANNA, SHARED, 8_910),
        (ANNA, COMPLEMENT, 3_090),
        (BRUNO, SHARED, 13_500),
        (ROOF, SHARED, 22_410),
        (ROOF, SURPLUS, 4_590),
    ):
        says(curves, who, quantity, wmin, precision_wmin=1)
    reconciliation = reconciled((own_day, curves), policy=OperationPolicy(coefficient_decimals=0))
    assert counts(reconciliation) == {"coefficients_rounded": 48 * 4}


def test_a_key_of_ours_that_says_nothing_of_some_steps_leaves_the_dso_s_to_be_looked_for() -> None:
    own_day = ours(facts(key=dynamic(250_000_000, 750_000_000, steps=40)))
    assert own_day.status == DayStatus.KEY_INCOMPLETE
    default = reconciled((own_day, theirs(ours(facts()))))
    assert evidence(default, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }
    other = reconciled((own_day, theirs(ours(facts(key=ANNA_FIRST)))))
    assert evidence(other, ANNA, SHARED) == {
        ("key_not_applied", "our key says nothing of some steps")
    }


def test_a_split_that_no_key_gives_is_unexplained() -> None:
    own_day = ours(facts(key=QUARTERS))
    curves = theirs(own_day)
    says(curves, ANNA, SHARED, 5_000)
    says(curves, BRUNO, SHARED, 22_000)
    reconciliation = reconciled((own_day, curves))
    assert counts(reconciliation) == {"unexplained": 96}
    ((_, words),) = evidence(reconciliation, ANNA, SHARED)
    assert words.startswith("neither our key nor another gives the DSO's split (tried: default_dy")


def test_another_settlement_step_of_the_dso_is_recognised() -> None:
    # In the first quarter of an hour Anna takes all that she takes, in the second the roof makes
    # all that it makes: we share over the half hour, the DSO can share nothing.
    quarters = {ROOF: [0, 900] * 48, ANNA: [400, 0] * 48, BRUNO: [0] * 96}
    halves = {ROOF: 450, ANNA: 200, BRUNO: 0}
    own_day = ours(facts(halves))
    dso = ours(facts(quarters, step_min=15))
    reconciliation = reconciled((own_day, theirs(dso)))
    assert set(counts(reconciliation)) == {"key_not_applied"}
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of our key in steps of 15 minutes")
    }


def test_another_split_between_producers_concerns_producers_only() -> None:
    barn = Participant(Prm("99000000000009"), PRODUCTION)
    own_day = ours(facts({barn: 900}))
    curves = theirs(own_day)
    # 54,000 are made and 36,000 taken: 18,000 of each by the rule; this DSO takes the roof's first.
    for who, shared in ((ROOF, 27_000), (barn, 9_000)):
        says(curves, who, SHARED, shared)
        says(curves, who, SURPLUS, 27_000 - shared)
    reconciliation = reconciled((own_day, curves))
    assert counts(reconciliation) == {"unexplained": 48 * 4}
    assert set(reconciliation.findings["prm"]) == {ROOF.prm, barn.prm}
