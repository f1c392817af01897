"""Suppliers' offers of members, and their bills with and without the operation, through the API."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from libs.common.calendar import Month
from libs.common.events.allocation import SettledPoint, SettlementClosed
from libs.common.ids import Direction, Prm
from tests.billing.world import KWH_WMIN, Billing, Coop, handed_over, issue, price
from tests.support.ids import new_prm

MONTH_KWH = 31
OFFER = {
    "valid_from": "2026-02-01",
    "subscription_eur_per_month": "11.80",
    "energy_eur_per_kwh": {"base": "0.1308"},
    "subscribed_kva": 6,
    "tariff_formula": "BTINFCUST",
}
BY_HOUR = OFFER | {
    "energy_eur_per_kwh": {"hp": "0.15", "hc": "0.11"},
    "tariff_formula": "BTINFCU4",
    "off_peak_hours": [{"start": "22:00", "end": "06:00"}],
    "off_peak_percent": "40",
}


@pytest.fixture
async def anna(billing: Billing, coop: Coop) -> AsyncIterator[httpx.AsyncClient]:
    async with billing.client("member", member_id=str(coop.anna)) as client:
        yield client


def offer_url(prm: Prm) -> str:
    return f"/billing/points/{prm}/supplier-offer"


def bills_url(coop: Coop, prm: Prm | None = None) -> str:
    return f"/billing/points/{prm or coop.anna_home}/months/{coop.month}/bills"


def metered(
    coop: Coop, consumption_kwh: int = 200, *, number: int = 1, halved: bool = False
) -> SettlementClosed:
    """The settlement, with what Anna's home metered."""
    shared_wmin = MONTH_KWH * KWH_WMIN // (2 if halved else 1)
    metered_wmin = consumption_kwh * KWH_WMIN
    home = SettledPoint(
        prm=coop.anna_home,
        direction=Direction.CONSUMPTION,
        metered_wmin=metered_wmin,
        shared_wmin=shared_wmin,
    )
    closed = coop.settlement(coop.halved_wmin if halved else None, number=number)
    return closed.model_copy(update={"points": [home]})


async def enter(
    client: httpx.AsyncClient,
    prm: Prm,
    **changes: Any,  # noqa: ANN401 - JSON values
) -> dict[str, Any]:
    answer = await client.put(offer_url(prm), json=OFFER | changes)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def read(client: httpx.AsyncClient, coop: Coop) -> dict[str, Any]:
    answer = await client.get(bills_url(coop))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def missing(client: httpx.AsyncClient, url: str) -> list[str]:
    answer = await client.get(url)
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"] == "/problems/bills-unavailable"
    return [remark["code"] for remark in answer.json()["missing"]]


async def test_a_member_compares_both_bills_of_a_month(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator, price("0.1000"))
    await enter(anna, coop.anna_home)

    bills = await read(anna, coop)

    assert (bills["consumption_wmin"], bills["local_wmin"]) == (200 * KWH_WMIN, 31 * KWH_WMIN)
    assert not bills["local"]["is_issued"]
    # 31 × 0.10 = 310, VAT 62; supplier: 1180 + 169 × 0.1308 = 2211 + 169 × 0.030 62 = 517
    # + 31 × 4.99 = 155 + CTA 15 % of (17.16 + 22.67 + 11.41 × 6) × 31 / 365 = 138
    assert bills["local"]["totals"]["incl_vat_cents"] == 372
    assert {line["kind"]: line["amount_cents"] for line in bills["supplier"]["lines"]} == {
        "subscription": 1180,
        "energy": 2211,
        "accise": 517,
        "turpe_local": 155,
        "cta": 138,
    }
    assert bills["supplier"]["totals"] == {
        "excl_vat_cents": 4201,
        "vat": [{"rate": "0.2", "base_cents": 4201, "vat_cents": 840}],
        "incl_vat_cents": 5041,
    }
    assert bills["with_incl_vat_cents"] == 5413
    # 1180 + 2616 + 612 + 138 = 4546, VAT 909
    assert bills["without"]["totals"]["incl_vat_cents"] == 5455
    assert bills["saving_incl_vat_cents"] == 42
    assert bills["turpe_option"] is None
    assert "turpe-estimated" in {remark["code"] for remark in bills["remarks"]}
    async with billing.client("operator") as staff:
        assert await read(staff, coop) == bills


async def test_the_local_bill_is_the_invoice_and_what_corrects_it(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator, price("0.1000"))
    await enter(anna, coop.anna_home)
    assert (await issue(operator, await coop.draft(operator))).status_code == 200
    await coop.price(operator, price("0.9000"))  # of no weight for what is issued

    billed = (await read(anna, coop))["local"]
    (invoice,) = (await anna.get("/billing/invoices")).json()

    assert billed["is_issued"]
    assert billed["numbers"] == [invoice["number"]]
    assert billed["totals"]["incl_vat_cents"] == invoice["total_incl_vat_cents"] == 372

    await billing.tell(metered(coop, number=3, halved=True))
    corrected = (await read(anna, coop))["local"]

    assert not corrected["is_issued"]
    assert corrected["energy_wmin"] == 31 * KWH_WMIN // 2
    # 15.5 × 0.10 = 155, VAT 31
    assert corrected["totals"]["incl_vat_cents"] == 186


async def test_prices_by_hour_wait_for_the_half_hours(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator)
    await enter(anna, coop.anna_home, **BY_HOUR)
    assert await missing(anna, bills_url(coop)) == ["hours-unknown"]

    # Of each day's kWh, 20 000 wmin at 05:30 and 40 000 at noon.
    await billing.tell(*coop.details({11: 20_000, 24: 40_000}, number=2, parts=2))
    bills = await read(anna, coop)

    local = [line for line in bills["supplier"]["lines"] if line["kind"] == "turpe_local"]
    assert {line["hour_class"]: line["energy_wmin"] for line in local} == {
        "hpb": 31 * 40_000,
        "hcb": 31 * 20_000,
    }
    energy = [line for line in bills["without"]["lines"] if line["kind"] == "energy"]
    assert {line["hour_class"]: line["energy_wmin"] for line in energy} == {
        "hp": 120 * KWH_WMIN,
        "hc": 80 * KWH_WMIN,
    }
    option = bills["turpe_option"]
    assert option["gain_cents"] == option["usual_cents"] - option["collective_cents"]
    assert option["is_estimate"]
    assert "same-transformer" in {remark["code"] for remark in bills["remarks"]}


async def test_bills_are_read_while_the_month_is_being_issued(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator)
    await enter(anna, coop.anna_home)
    lock = text("SELECT FROM settlement WHERE operation_id = :operation_id FOR UPDATE")

    async with billing.platform.database("billing") as database, database.transaction() as session:
        await session.execute(lock, {"operation_id": coop.operation_id})
        bills = await read(anna, coop)

    assert bills["local_wmin"] == 31 * KWH_WMIN


async def test_offers_are_versions_from_a_day_on(coop: Coop, anna: httpx.AsyncClient) -> None:
    await enter(anna, coop.anna_home, **BY_HOUR)
    await enter(anna, coop.anna_home, valid_from="2025-01-01")
    kept = await enter(anna, coop.anna_home, **BY_HOUR | {"off_peak_percent": "35.5"})

    assert (await anna.get(offer_url(coop.anna_home))).json() == kept
    assert [offer["valid_from"] for offer in kept["offers"]] == ["2025-01-01", "2026-02-01"]
    latest = kept["offers"][1]
    assert latest["member_id"] == str(coop.anna)
    assert {name: latest[name] for name in BY_HOUR} == BY_HOUR | {"off_peak_percent": "35.5"}

    assert (await anna.delete(offer_url(coop.anna_home))).status_code == 204
    assert (await anna.get(offer_url(coop.anna_home))).json()["offers"] == []


async def test_what_is_missing_is_told(
    operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    unsettled = replace(coop, month=Month(2026, 9))
    assert await missing(anna, bills_url(unsettled)) == ["settlement-missing"]
    assert await missing(anna, bills_url(coop)) == ["price-missing"]
    await coop.price(operator)
    assert await missing(anna, bills_url(coop)) == ["consumption-unknown"]
    before = replace(coop, month=Month(2025, 12))
    assert await missing(anna, bills_url(before)) == ["point-not-held"]
    assert (await anna.get(f"/billing/points/{coop.anna_home}/months/x/bills")).status_code == 422


async def test_only_whoever_has_the_point_and_staff_see_what_a_supplier_bills(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    await enter(anna, coop.anna_home)
    async with (
        billing.client("member", member_id=str(coop.bruno)) as bruno,
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("feed") as feed,
    ):
        for stranger in (bruno, organiser, feed):
            assert await _statuses(stranger, coop) == [403, 403, 403, 403]
    async with billing.platform.client() as anonymous:
        assert await _statuses(anonymous, coop) == [401, 401, 401, 401]

    assert len((await operator.get(offer_url(coop.anna_home))).json()["offers"]) == 1
    nobodys = new_prm()
    assert (await anna.get(offer_url(nobodys))).status_code == 403
    assert (await operator.get(offer_url(nobodys))).status_code == 404
    # A roof consumes nothing.
    assert (await operator.put(offer_url(coop.roof), json=OFFER)).status_code == 404


async def _statuses(client: httpx.AsyncClient, coop: Coop) -> list[int]:
    url = offer_url(coop.anna_home)
    answers = [
        await client.put(url, json=OFFER),
        await client.get(url),
        await client.delete(url),
        await client.get(bills_url(coop)),
    ]
    return [answer.status_code for answer in answers]


async def test_the_next_occupant_does_not_see_the_former_offer(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, anna: httpx.AsyncClient
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator)
    await enter(anna, coop.anna_home)
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 20))
    await billing.tell(coop.perimeter(moved, revision=2))

    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        assert (await bruno.get(offer_url(coop.anna_home))).json()["offers"] == []
        await enter(bruno, coop.anna_home, subscription_eur_per_month="9.00")
        assert await missing(bruno, bills_url(coop)) == ["point-handed-over"]
    offers = (await anna.get(offer_url(coop.anna_home))).json()["offers"]
    assert [offer["subscription_eur_per_month"] for offer in offers] == ["11.80"]
    of_all = (await operator.get(offer_url(coop.anna_home))).json()["offers"]
    assert {offer["member_id"] for offer in of_all} == {str(coop.anna), str(coop.bruno)}

    # Staff enter the offer of whoever has the point on its day.
    await enter(operator, coop.anna_home, valid_from="2026-11-01")
    assert len((await anna.get(offer_url(coop.anna_home))).json()["offers"]) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"energy_eur_per_kwh": {"hp": "0.15"}}, 409),
        ({"tariff_formula": "BTINFCU4"}, 409),
        ({"subscribed_kva": 40}, 409),
        ({"energy_eur_per_kwh": {"base": "-0.15"}}, 422),
        ({"energy_eur_per_kwh": {"night": "0.15"}}, 422),
        ({"tariff_formula": "HTA"}, 422),
        ({"subscribed_kva": 0}, 422),
        ({"off_peak_hours": [{"start": "24:00", "end": "06:00"}]}, 422),
        ({"off_peak_hours": [{"start": "06:00", "end": "06:00"}]}, 409),
        ({"off_peak_percent": "101"}, 422),
        ({"supplier": "X"}, 422),
    ],
)
async def test_an_offer_that_cannot_be_is_refused(
    coop: Coop, anna: httpx.AsyncClient, changes: dict[str, Any], status: int
) -> None:
    answer = await anna.put(offer_url(coop.anna_home), json=OFFER | changes)

    slugs = {409: "supplier-offer-invalid", 422: "malformed"}
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slugs[status]}")
