"""Prices by the hour: they wait for the half-hours of the settlement."""

from typing import Any

import httpx
import pytest

from libs.common.events.allocation import SettlementDetailed
from tests.billing.test_drafts import of
from tests.billing.world import KWH_WMIN, Billing, Coop, issue, price

HOURS = {
    "hour_classes": [
        {"name": "HP", "windows": [{"hours": [["06:00", "22:00"]]}]},
        {"name": "HC", "windows": [{"hours": [["22:00", "06:00"]]}]},
    ]
}
PEAK, OFF_PEAK = price("0.2000", hour_class="HP"), price("0.1000", hour_class="HC")
MORNING = {11: 15_000, 12: 45_000}
"""A quarter of the day's kWh from 05:30 to 06:00, the rest in the half-hour after."""


@pytest.fixture
async def by_hour(operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """Prices by the hour; the half-hours of the settlement have not come yet."""
    await coop.price(operator, PEAK, OFF_PEAK, **HOURS)
    return coop


def lines_of_anna(invoices: list[dict[str, Any]], coop: Coop) -> list[tuple[str | None, str, int]]:
    return [
        (line["hour_class"], line["energy_kwh"], line["amount_cents"])
        for line in of(invoices, coop.anna)["lines"]
    ]


async def test_each_hour_class_is_a_line_with_its_energy(
    billing: Billing, operator: httpx.AsyncClient, by_hour: Coop
) -> None:
    await billing.tell(*by_hour.details(MORNING))

    invoices = await by_hour.draft(operator)

    # 31 × 0.25 kWh at 0.10 € are 0.775 €, 31 × 0.75 kWh at 0.20 € are 4.65 €.
    lines = lines_of_anna(invoices, by_hour)
    assert lines == [("HC", "7.750", 78), ("HP", "23.250", 465)]
    anna = of(invoices, by_hour.anna)
    assert {line["rule"] for line in anna["lines"]} == {"operation"}
    assert anna["total_excl_vat_cents"] == 543
    issued = await issue(operator, invoices)
    assert issued.status_code == 200
    assert lines_of_anna(issued.json(), by_hour) == lines


async def test_a_month_waits_for_all_parts_of_its_half_hours(
    billing: Billing, operator: httpx.AsyncClient, by_hour: Coop
) -> None:
    first, second, third = by_hour.details(MORNING, parts=3)
    for settlement_part in (third, first):
        (blocker,) = await by_hour.blockers(operator)
        assert blocker["code"] == "settlement-incomplete"
        await billing.tell(settlement_part)
    assert (await by_hour.blockers(operator))[0]["code"] == "settlement-incomplete"

    await billing.tell(second)

    assert len(await by_hour.draft(operator)) == 2


async def test_prices_that_are_the_same_at_all_hours_do_not_wait(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    later = price("0.30", hour_class="HP", valid_from="2027-01-01")
    await coop.price(operator, price("0.10"), later, **HOURS)
    assert len(await coop.draft(operator)) == 2


async def test_half_hours_of_an_older_settlement_do_not_do(
    billing: Billing, operator: httpx.AsyncClient, by_hour: Coop
) -> None:
    await billing.tell(*by_hour.details(MORNING))
    await billing.tell(by_hour.settlement(number=2))
    (blocker,) = await by_hour.blockers(operator)
    assert blocker["code"] == "settlement-incomplete"

    await billing.tell(*by_hour.details({20: 60_000}, number=2))
    # Those of the older one, should they come once more, change nothing.
    await billing.tell(*(changed(detail) for detail in by_hour.details(MORNING)))

    invoices = await by_hour.draft(operator)
    assert lines_of_anna(invoices, by_hour) == [("HP", "31.000", 620)]


def changed(detailed: SettlementDetailed) -> SettlementDetailed:
    """The same with another id, so that the inbox takes it."""
    return detailed.model_copy(update={"part": 2, "parts": 2})


async def test_hours_that_the_dso_did_not_tell_block_or_are_priced_without_class(
    billing: Billing, operator: httpx.AsyncClient, by_hour: Coop
) -> None:
    await billing.tell(*by_hour.details(None))

    (blocker,) = await by_hour.blockers(operator)
    assert (blocker["code"], blocker["producer"]) == ("hours-unknown", by_hour.roof)
    assert len(blocker["days"]) == 31

    await by_hour.price(
        operator, PEAK, OFF_PEAK, price("0.15"), **HOURS, unknown_hours="price_without_class"
    )
    invoices = await by_hour.draft(operator)
    assert lines_of_anna(invoices, by_hour) == [(None, "31.000", 465)]


async def test_half_hours_that_are_not_the_settled_energy_are_not_believed(
    billing: Billing, operator: httpx.AsyncClient, by_hour: Coop
) -> None:
    await billing.tell(*by_hour.details({20: KWH_WMIN - 1}))
    assert {blocker["code"] for blocker in await by_hour.blockers(operator)} == {"hours-unknown"}


async def test_a_class_without_a_price_is_named(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, PEAK, **HOURS)
    await billing.tell(*coop.details(MORNING))

    (blocker,) = await coop.blockers(operator)

    assert blocker["code"] == "price-missing"
    assert (blocker["producer"], blocker["hour_class"]) == (coop.roof, "HC")
    assert f"in HC for {min(coop.anna_home, coop.bruno_home)}" in blocker["detail"]


async def test_other_half_hours_outdate_the_drafts(
    billing: Billing, operator: httpx.AsyncClient, by_hour: Coop
) -> None:
    await billing.tell(*by_hour.details(MORNING))
    drafts = await by_hour.draft(operator)
    await by_hour.price(operator, PEAK, price("0.11", hour_class="HC"), **HOURS)

    answer = await issue(operator, drafts)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/drafts-outdated")
