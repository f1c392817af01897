"""Prices by the DSO's classes: they bill a month of which it gave energies by class."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from libs.common.events.allocation import SettledPoint, SettlementClosed
from libs.common.ids import Direction, Prm
from tests.billing.test_drafts import of
from tests.billing.test_hour_prices import lines_of_anna
from tests.billing.world import KWH_WMIN, Billing, Coop, issue, price, revised

CLASSES = {
    "hour_classes": [
        {"name": "Pleines", "tariff_classes": ["HPH", "HPB"]},
        {"name": "Creuses", "tariff_classes": ["HCH", "HCB"]},
    ]
}
PEAK, OFF_PEAK = price("0.2000", hour_class="Pleines"), price("0.1000", hour_class="Creuses")
OTHER = price("0.1500")


def settled(coop: Coop, *, number: int = 1, **of_anna_kwh: int) -> SettlementClosed:
    """31 kWh of each: Anna's by these classes, those of the others in one class."""
    by_class = {name: kwh * KWH_WMIN for name, kwh in of_anna_kwh.items()}

    def point(prm: Prm, classes: dict[str, int]) -> SettledPoint:
        return SettledPoint(
            prm=prm,
            direction=Direction.CONSUMPTION,
            metered_wmin=31 * KWH_WMIN,
            shared_wmin=31 * KWH_WMIN,
            shared_by_class_wmin=classes,
        )

    points = [
        point(coop.anna_home, by_class),
        *(point(prm, {"P": 31 * KWH_WMIN}) for prm in (coop.bruno_home, coop.seller_home)),
    ]
    closed = coop.settlement(number=number, status="definitive")
    return closed.model_copy(update={"points": points})


@pytest.fixture
async def by_class(operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """Prices by class, and one for all that is in none of them."""
    await coop.price(operator, PEAK, OFF_PEAK, OTHER, **CLASSES)
    return coop


async def test_each_class_of_the_dso_is_a_line_with_its_energy(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(settled(by_class, number=2, HPB=24, HCB=7))

    invoices = await by_class.draft(operator)

    lines = lines_of_anna(invoices, by_class)
    assert lines == [("Creuses", "7.000", 70), ("Pleines", "24.000", 480)]
    of_bruno = of(invoices, by_class.bruno)["lines"]
    assert [(line["hour_class"], line["amount_cents"]) for line in of_bruno] == [(None, 465)]
    again = await by_class.draft(operator)
    assert [invoice["content_hash"] for invoice in again] == [
        invoice["content_hash"] for invoice in invoices
    ]
    (frozen,) = of(invoices, by_class.anna)["hour_classes"]
    assert {hours["name"]: hours["tariff_classes"] for hours in frozen["classes"]} == {
        "Creuses": ["HCH", "HCB"],
        "Pleines": ["HPH", "HPB"],
    }
    assert (await issue(operator, invoices)).status_code == 200


async def test_without_classes_of_the_dso_the_month_is_blocked_and_says_what_to_do(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(*by_class.details({20: KWH_WMIN}))

    (blocker,) = await by_class.blockers(operator)

    assert (blocker["code"], blocker["producer"]) == ("hours-unknown", by_class.roof)
    assert "definitive energies by class" in blocker["detail"]


async def test_energy_that_moves_between_classes_is_corrected(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(settled(by_class, number=2, HPB=24, HCB=7))
    await issue(operator, await by_class.draft(operator))
    # The list no longer has these classes: what was billed by them is corrected by them.
    await by_class.price(operator, price("0.99"))

    await billing.tell(settled(by_class, number=3, HPB=23, HCB=8), revised(by_class, number=3))

    documents = await by_class.corrections(operator)
    kinds = {document["kind"]: document for document in documents}
    assert [
        (line["hour_class"], line["energy_kwh"], line["amount_cents"])
        for line in kinds["invoice"]["lines"]
    ] == [("Creuses", "8.000", 80), ("Pleines", "23.000", 460)]


async def test_a_list_shows_its_classes_as_they_were_entered(
    operator: httpx.AsyncClient, by_class: Coop
) -> None:
    shown: dict[str, Any] = (await operator.get(by_class.prices_url)).json()
    assert shown["hour_classes"] == [
        {"name": "Pleines", "windows": [], "tariff_classes": ["HPH", "HPB"]},
        {"name": "Creuses", "windows": [], "tariff_classes": ["HCH", "HCB"]},
    ]
    url = f"/billing/operations/{by_class.operation_id}/day-prices"
    day: dict[str, Any] = (await operator.get(url, params={"day": "2026-10-12"})).json()
    (plant,) = day["plants"]
    assert [price["hour_class"] for price in plant["prices"]] == ["Pleines", "Creuses", None]
    assert (day["classes"], plant["half_hours"]) == ([None] * 48, [None] * 48)


async def test_classes_that_are_not_what_was_shared_are_parked(
    billing: Billing, by_class: Coop
) -> None:
    broken = settled(by_class, number=2, HPB=24, HCB=8)
    await billing.tell(broken)
    unpark = text("DELETE FROM parked WHERE event_id = :id RETURNING type")
    async with billing.platform.database("billing") as database, database.transaction() as session:
        assert await session.scalar(unpark, {"id": broken.id}) == SettlementClosed.type
