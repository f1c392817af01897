"""How much a price list may hold, so that it is never long to read."""

import pytest

from libs.common.ids import Prm
from services.billing.domain.prices.price_list import PriceListMalformed
from tests.billing.domain.test_price_rules import BARN, ROOF, entry, group, price_list


def test_groups_have_at_most_so_many_points_in_all() -> None:
    points = [Prm(f"99{i:012}") for i in range(20_001)]
    half, rest = group("A", *points[:10_000]), points[10_000:]
    assert price_list(entry(), groups=[half, group("B", *rest[1:])]).groups
    with pytest.raises(PriceListMalformed, match="20001 points and members"):
        price_list(entry(), groups=[half, group("B", *rest)])


def test_fees_of_a_producer_have_at_most_so_many_names() -> None:
    fees = [
        {
            "name": f"Fee {i}",
            "producer": producer,
            "eur_per_month": "1",
            "vat_rate": "0.20",
            "valid_from": "2026-01-01",
        }
        for producer in (ROOF, BARN)
        for i in range(20)
    ]
    assert price_list(entry(), fees=fees).fees
    with pytest.raises(PriceListMalformed, match=f"fees of {ROOF} have 21 names"):
        price_list(entry(), fees=[*fees, {**fees[0], "name": "Fee 20"}])
