"""The regulated tariff as data, and which of its rows is assumed of a point."""

from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

import pytest

from libs.common.calendar import Month
from services.billing.domain.both_bills.bill_remarks import RemarkCode, remarks_on
from services.billing.domain.both_bills.both_bills import compare_bills
from services.billing.domain.both_bills.reference_offers import (
    ReferenceOfferUnknown,
    assumed_offer,
    get_reference_offer,
    reference_offers_on,
)
from services.billing.domain.both_bills.turpe import RowStatus
from services.billing.domain.reference import RateTable, rate_on, read_rows
from tests.billing.domain.test_both_bills import point
from tests.billing.domain.test_supplier_offers import offer

MAY, OCTOBER = date(2026, 5, 1), date(2026, 10, 1)


def test_the_rows_of_a_code_follow_each_other_and_say_where_they_come_from() -> None:
    rows = sorted(read_rows("reference_offers"), key=lambda row: (row["code"], row["start"]))
    for row in rows:
        assert row["legal_reference"]
        assert row["source"]
        assert row["name_fr"]
        assert row["name_en"]
        assert row["start"] < row["end"]
    for _, of_code in groupby(rows, key=lambda row: row["code"]):
        for earlier, later in pairwise(of_code):
            assert earlier["end"] == later["start"]


@pytest.mark.parametrize(
    ("code", "day", "eur_per_kwh_incl_taxes"),
    [
        ("trv-base-6", "2025-10-01", "0.1952"),
        ("trv-base-6", "2026-05-01", "0.1940"),
        ("trv-base-9", "2026-05-01", "0.1927"),
    ],
)
def test_a_price_with_accise_and_vat_is_the_published_one(
    code: str, day: str, eur_per_kwh_incl_taxes: str
) -> None:
    on = date.fromisoformat(day)
    accise = rate_on(on, RateTable.ACCISE, "household")
    assert accise is not None
    price = get_reference_offer(code, on).offer.energy_eur_per_kwh
    incl_taxes = (sum(price.values()) + accise.value / 1000) * Decimal("1.2")
    assert round(incl_taxes, 4) == Decimal(eur_per_kwh_incl_taxes)


@pytest.mark.parametrize(
    ("power_limit_w", "subscribed_kva"),
    [(None, 6), (3000, 6), (6000, 6), (6001, 9), (9000, 9), (12_000, 9), (36_000, 9)],
)
def test_the_power_is_that_of_the_point_or_the_next_or_the_highest_known(
    power_limit_w: int | None, subscribed_kva: int
) -> None:
    assumed = assumed_offer(MAY, is_household=True, power_limit_w=power_limit_w)
    assert assumed is not None
    assert assumed.offer.subscribed_kva == subscribed_kva


def test_nothing_is_assumed_of_whom_the_tariff_is_not_for_or_when_it_is_not_known() -> None:
    assert assumed_offer(MAY, is_household=False, power_limit_w=6000) is None
    assert assumed_offer(MAY, is_household=True, power_limit_w=36_001) is None
    for day in (date(2025, 7, 31), date(2027, 2, 1)):
        assert assumed_offer(day, is_household=True, power_limit_w=None) is None
        assert reference_offers_on(day) == []
    with pytest.raises(ReferenceOfferUnknown):
        get_reference_offer("trv-base-6", date(2025, 7, 31))


def test_values_that_nobody_confirmed_are_marked() -> None:
    assert {reference.status for reference in reference_offers_on(MAY)} == {RowStatus.SECONDARY}
    assert {reference.status for reference in reference_offers_on(OCTOBER)} == {RowStatus.ESTIMATE}


def test_without_an_offer_bills_are_those_of_the_one_that_is_assumed() -> None:
    reference = get_reference_offer("trv-base-9", MAY)

    bills = compare_bills(point(offers=[], power_limit_w=9000))
    same = compare_bills(point(offers=[reference.offer]))

    assert bills.assumed == [reference]
    assert same.assumed == []
    assert (bills.without, bills.supplier) == (same.without, same.supplier)
    remarks = {remark.code: remark.text_fr for remark in remarks_on(bills)}
    assert RemarkCode.SUPPLIER_ESTIMATED not in remarks
    assert RemarkCode.REFERENCE_ESTIMATED not in remarks
    assert "option Base, 9 kVA" in remarks[RemarkCode.REFERENCE_OFFER]
    assert RemarkCode.REFERENCE_OFFER not in {remark.code for remark in remarks_on(same)}
    unconfirmed = compare_bills(point(Month(2026, 10), offers=[]))
    assert RemarkCode.REFERENCE_ESTIMATED in {remark.code for remark in remarks_on(unconfirmed)}


def test_the_own_offer_comes_first_on_the_days_on_which_it_holds() -> None:
    bills = compare_bills(point(offers=[offer(valid_from=date(2026, 5, 21))]))

    assert [(use.stretch.reference is None, len(use.stretch.days)) for use in bills.uses] == [
        (False, 20),
        (True, 11),
    ]
    codes = {remark.code for remark in remarks_on(bills)}
    assert {RemarkCode.SUPPLIER_ESTIMATED, RemarkCode.REFERENCE_OFFER} <= codes
