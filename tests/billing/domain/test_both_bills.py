"""Both bills of a point's month; worked examples are in tests/scenarios/both-bills."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.both_bills.bill_remarks import RemarkCode, remarks_on
from services.billing.domain.both_bills.bills_unavailable import BillsUnavailable
from services.billing.domain.both_bills.both_bills import compare_bills
from services.billing.domain.both_bills.consuming_points import HeldPoint, held_in, holder_on
from services.billing.domain.both_bills.point_months import PointMonth
from services.billing.domain.both_bills.supplier_bills import SupplierBill, SupplierLineKind
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe import TariffFormula
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.prices.price_list import HourSpan
from services.billing.domain.prices.sales import Participation
from services.billing.domain.taxes.accise import AcciseCategory, AcciseEntry, AcciseRegime
from tests.billing.domain.test_supplier_offers import NIGHT, TWO, offer

KWH_WMIN = 60_000
HOME, OPERATION = Prm("99000000000001"), OperationId("ACC00000001")
ANNA, BRUNO = UUID(int=1), UUID(int=2)
MAY = Month(2026, 5)
PEAKS = offer(energy_eur_per_kwh=TWO, off_peak_hours=NIGHT, off_peak_percent=Decimal(40))


def point(month: Month = MAY, **changes: Any) -> PointMonth:  # noqa: ANN401 - a point's values
    """A household whose local energy comes at noon, the same on each day; nothing is billed."""
    said: dict[str, Any] = {
        "prm": HOME,
        "month": month,
        "days": month.days,
        "customer": Party(ANNA, "Anna", "1 rue du Four", None, None, "household"),
        "offers": [offer()],
        "consumption_wmin": 300 * KWH_WMIN,
        "local_wmin": dict.fromkeys(month.days, KWH_WMIN),
        "half_hours": at_noon(month, KWH_WMIN),
        "documents": [],
    }
    return PointMonth(**said | changes)


def at_noon(month: Month, energy_wmin: int) -> dict[date, dict[int, int] | None]:
    return {day: {24: energy_wmin} for day in month.days}


def amounts(bill: SupplierBill) -> Mapping[SupplierLineKind, int]:
    return {line.kind: line.amount_cents for line in bill.lines}


offers = st.builds(
    lambda classes, formula, percent, turpe, cta: offer(
        energy_eur_per_kwh={
            name: Decimal(10 + i) / 100 for i, name in enumerate(sorted(classes), start=1)
        },
        tariff_formula=formula,
        off_peak_hours=NIGHT,
        off_peak_percent=percent,
        includes_turpe=turpe,
        includes_cta=cta,
    ),
    st.sampled_from(
        [
            [HourName.BASE],
            [HourName.HP, HourName.HC],
            [HourName.HPH, HourName.HCH, HourName.HPB, HourName.HCB],
        ]
    ),
    st.sampled_from([formula for formula in TariffFormula if formula.is_small]),
    st.integers(0, 100).map(Decimal),
    st.booleans(),
    st.booleans(),
)
months = st.sampled_from([Month(2025, 6), Month(2025, 10), Month(2026, 2), MAY, Month(2026, 10)])


class Case(NamedTuple):
    """What decides a month, in few words: hypothesis repeats them in full."""

    month: Month
    first: SupplierOffer
    second: SupplierOffer
    changes_on: int
    half_hours: list[dict[int, int]]
    rest_wmin: int

    @property
    def point(self) -> PointMonth:
        days = self.month.days
        half_hours = dict(zip(days, cycle(self.half_hours), strict=False))
        local_wmin = {day: sum(of_day.values()) for day, of_day in half_hours.items()}
        return point(
            self.month,
            offers=[
                replace(self.first, valid_from=days[0]),
                replace(self.second, valid_from=days[self.changes_on]),
            ],
            consumption_wmin=sum(local_wmin.values()) + self.rest_wmin,
            local_wmin=local_wmin,
            half_hours=half_hours,
        )


cases = st.builds(
    Case,
    months,
    offers,
    offers,
    st.integers(1, 27),
    st.lists(
        st.dictionaries(st.integers(0, 47), st.integers(0, 90_000), max_size=2),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 10**8),
)


@given(cases)
def test_a_bill_is_the_sum_of_its_lines_and_the_saving_what_is_between(case: Case) -> None:
    usage = case.point
    bills = compare_bills(usage)

    for bill in (bills.without, bills.supplier):
        assert bill.totals.excl_vat_cents == sum(line.amount_cents for line in bill.lines)
        energy = [line for line in bill.lines if line.kind is SupplierLineKind.ENERGY]
        assert bill.energy_wmin == sum(line.energy_wmin or 0 for line in energy)
        assert all((line.energy_wmin or 0) >= 0 for line in bill.lines)
    assert bills.without.energy_wmin == usage.consumption_wmin
    assert bills.supplier.energy_wmin == usage.consumption_wmin - sum(usage.local_wmin.values())
    assert bills.without.totals.incl_vat_cents == (
        bills.with_incl_vat_cents + bills.saving_incl_vat_cents
    )
    assert bills.without.totals.excl_vat_cents == (
        bills.with_excl_vat_cents + bills.saving_excl_vat_cents
    )


@given(cases)
def test_without_local_energy_both_bills_are_equal(case: Case) -> None:
    bills = compare_bills(case._replace(half_hours=[{}]).point)

    assert bills.without == bills.supplier
    assert bills.saving_incl_vat_cents == 0
    if bills.turpe_option:
        assert all(line.tariff != "local" for line in bills.turpe_option.lines)


@given(cases)
def test_the_collective_grid_counts_all_that_is_consumed_once(case: Case) -> None:
    bills = compare_bills(case.point)
    option = bills.turpe_option

    if option:
        usual = sum(line.energy_wmin for line in option.lines if line.tariff == "usual")
        shared = sum(line.energy_wmin for line in option.lines if line.tariff != "usual")
        assert usual == shared == bills.consumption_wmin
        assert option.is_worth_it == (option.collective_cents < option.usual_cents)


@pytest.mark.parametrize(("percent", "peak_kwh"), [(0, 300), (40, 180), (100, 31)])
def test_a_percentage_that_the_local_energy_contradicts_is_adjusted(
    percent: int, peak_kwh: int
) -> None:
    said = replace(PEAKS, off_peak_percent=Decimal(percent))

    bills = compare_bills(point(offers=[said]))

    peak = next(line for line in bills.without.lines if line.hour_class is HourName.HP)
    assert peak.energy_wmin == peak_kwh * KWH_WMIN
    codes = {remark.code for remark in remarks_on(bills)}
    assert RemarkCode.OFF_PEAK_SHARE_SAID in codes
    assert (RemarkCode.OFF_PEAK_SHARE_ADJUSTED in codes) == (percent == 100)


def test_prices_by_hour_need_the_hours_of_the_local_energy() -> None:
    unknown = at_noon(MAY, KWH_WMIN) | {date(2026, 5, 9): None}
    wrong = at_noon(MAY, KWH_WMIN - 1)
    for half_hours in (None, unknown, wrong):
        with pytest.raises(BillsUnavailable) as refused:
            compare_bills(point(offers=[PEAKS], half_hours=half_hours))
        assert _codes(refused.value) == ["hours-unknown"]
        assert compare_bills(point(half_hours=half_hours)).local_wmin == 31 * KWH_WMIN


def test_a_day_without_local_energy_needs_no_hours() -> None:
    idle = date(2026, 5, 9)
    local_wmin = dict.fromkeys(MAY.days, KWH_WMIN) | {idle: 0}
    half_hours = at_noon(MAY, KWH_WMIN) | {idle: None}

    bills = compare_bills(point(offers=[PEAKS], local_wmin=local_wmin, half_hours=half_hours))

    assert bills.local_wmin == 30 * KWH_WMIN


def test_days_without_an_offer_or_a_rate_are_told() -> None:
    late = offer(valid_from=date(2026, 5, 2))
    company = Party(ANNA, "Anna SAS", "1 rue du Four", None, None, "company")
    with pytest.raises(BillsUnavailable, match="in force on 2026-05-01") as refused:
        compare_bills(point(offers=[late], customer=company))
    assert _codes(refused.value) == ["offer-missing"]

    with pytest.raises(BillsUnavailable, match="No rate of accise, TURPE is known") as refused:
        compare_bills(point(Month(2027, 8)))
    assert _codes(refused.value) == ["rate-missing"]


def test_an_estimated_tariff_of_networks_is_told() -> None:
    codes = {
        month: {remark.code for remark in remarks_on(compare_bills(point(month)))}
        for month in (MAY, Month(2026, 10))
    }

    assert RemarkCode.TURPE_ESTIMATED not in codes[MAY]
    assert RemarkCode.TURPE_ESTIMATED in codes[Month(2026, 10)]


def test_who_joins_in_mid_month_is_billed_from_then_on() -> None:
    days = MAY.days[11:]
    local_wmin = {day: KWH_WMIN * (day in days) for day in MAY.days}

    bills = compare_bills(point(days=days, local_wmin=local_wmin))

    assert bills.local_wmin == 20 * KWH_WMIN
    # 11.80 × 20 / 31 = 7.6129; 105.22 × 20 / 365 × 0.15 = 0.8648
    assert amounts(bills.without)[SupplierLineKind.SUBSCRIPTION] == 761
    assert amounts(bills.without)[SupplierLineKind.CTA] == 86


def test_a_subscription_that_contains_the_cta_has_no_line_of_it() -> None:
    bills = compare_bills(point(offers=[offer(includes_cta=True)]))

    assert SupplierLineKind.CTA not in amounts(bills.without)


def test_the_category_of_the_accise_is_what_the_operation_says_else_of_the_power() -> None:
    shop = Party(ANNA, "Anna", "1 rue du Four", "994100063", None, "company")
    large = offer(
        subscribed_kva=48, tariff_formula=TariffFormula.SUP_CU, off_peak_hours=(HourSpan(0, 12),)
    )
    said = AcciseEntry(
        valid_from=date(2026, 1, 1),
        regime=AcciseRegime.STANDARD,
        categories={HOME: AcciseCategory.HOUSEHOLD},
    )

    by_power = compare_bills(point(customer=shop, offers=[large]))
    as_said = compare_bills(point(customer=shop, offers=[large], accise=[said]))

    assert amounts(by_power.without)[SupplierLineKind.ACCISE] == 797  # 300 kWh at 26.58 €/MWh
    assert amounts(as_said.without)[SupplierLineKind.ACCISE] == 926  # at 30.85: 925.5


def test_remarks_are_in_both_languages() -> None:
    first, *others = remarks_on(compare_bills(point()))

    assert first.text_fr == (
        "Sur 300,000 kWh consommés, 31,000 kWh viennent de l’opération. Le fournisseur facture"
        " 4,19\u00a0€ de moins, l’opération facture 0,00\u00a0€\u00a0: vous payez"
        " 4,19\u00a0€ de moins que sans elle."
    )
    assert all(remark.text_fr and remark.text_en for remark in others)
    assert not any("{" in remark.text_fr + remark.text_en for remark in others)


def held(member_id: UUID, first: date, end: date | None = None) -> HeldPoint:
    return HeldPoint(OPERATION, Participation(HOME, Direction.CONSUMPTION, member_id, first, end))


def test_a_point_is_whose_it_was_all_the_while_it_took_part() -> None:
    joined, moved = date(2026, 5, 12), date(2026, 5, 20)
    renewed = [held(ANNA, joined, moved), held(ANNA, moved)]

    assert held_in(renewed, MAY, ANNA).days == MAY.days[11:]
    assert held_in(renewed, MAY, None).member_id == ANNA


def test_a_month_of_two_members_is_told_to_neither() -> None:
    moved = date(2026, 5, 20)
    both = [held(ANNA, date(2026, 1, 1), moved), held(BRUNO, moved)]

    for member_id in (ANNA, BRUNO, None):
        with pytest.raises(BillsUnavailable) as refused:
            held_in(both, MAY, member_id)
        assert _codes(refused.value) == ["point-handed-over"]
    with pytest.raises(BillsUnavailable) as refused:
        held_in(both, Month(2026, 6), ANNA)
    assert _codes(refused.value) == ["point-not-held"]


def test_an_offer_is_of_who_has_the_point_on_its_day_or_gets_it_next() -> None:
    moved = date(2026, 5, 20)
    both = [held(BRUNO, moved, date(2026, 8, 1)), held(ANNA, date(2026, 1, 1), moved)]

    days = [date(2025, 1, 1), moved - timedelta(days=1), moved, date(2026, 9, 1)]

    assert [holder_on(both, day) for day in days] == [ANNA, ANNA, BRUNO, BRUNO]


def _codes(refused: BillsUnavailable) -> list[str]:
    missing: Any = refused.facts["missing"]
    return [remark["code"] for remark in missing]
