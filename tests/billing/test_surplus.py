from datetime import date
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.calendar import Month
from libs.common.events.allocation import SettledPoint
from libs.common.ids import Direction, Prm
from tests.billing.world import KWH_WMIN, Billing, Coop, handed_over, issue
from tests.support.ids import new_prm

OCTOBER = Month(2026, 10)
FEED_IN = {
    "kind": "feed_in",
    "valid_from": "2026-01-01",
    "buyer": "EDF OA",
    "number": "BTA0991234",
    "price_cents_per_kwh": "5.36",
}
AGGREGATOR = {"kind": "aggregator", "valid_from": "2026-10-16", "buyer": "Agrégateur du Val"}


def url(prm: Prm) -> str:
    return f"/billing/points/{prm}/surplus-contract"


async def put(client: httpx.AsyncClient, prm: Prm, *contracts: dict[str, Any]) -> httpx.Response:
    return await client.put(url(prm), json={"contracts": contracts})


async def settle_plant(billing: Billing, coop: Coop, month: Month = OCTOBER) -> None:
    """The roof made 5 kWh a day and shared 3."""
    days = len(month.days)
    roof = SettledPoint(
        prm=coop.roof,
        direction=Direction.PRODUCTION,
        metered_wmin=5 * days * KWH_WMIN,
        shared_wmin=3 * days * KWH_WMIN,
        metered_by_day_wmin=[5 * KWH_WMIN] * days,
    )
    energies = {pair: [KWH_WMIN] * days for pair in coop.energies_wmin}
    settled = coop.settlement(energies, number=2)
    await billing.tell(settled.model_copy(update={"points": [roof], "month": str(month)}))


async def plant_of(client: httpx.AsyncClient, coop: Coop) -> dict[str, Any]:
    (statement,) = (await client.get(f"{coop.month_url}/statements")).json()
    plant: dict[str, Any] = statement["plant"]
    return plant


async def test_contracts_are_set_by_who_runs_the_operation_and_read_by_the_producer(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        answer = await put(organiser, coop.roof, AGGREGATOR, FEED_IN | {"valid_to": "2026-10-16"})
        assert answer.status_code == 200, answer.text
    kept = answer.json()
    assert [contract["kind"] for contract in kept["contracts"]] == ["feed_in", "aggregator"]
    assert (await operator.get(url(coop.roof))).json() == kept
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        assert (await seller.get(url(coop.roof))).json() == kept
        assert (await put(seller, coop.roof, FEED_IN)).status_code == 403


async def test_a_plant_of_others_is_not_found(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await put(operator, coop.roof, FEED_IN)

    async with billing.client("member", member_id=str(coop.anna)) as buyer:
        unseen = await buyer.get(url(coop.roof))
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        unrun = await put(stranger, coop.roof)
        unread = await stranger.get(url(coop.roof))
    no_plant = await put(operator, coop.anna_home, FEED_IN)
    unknown = await operator.get(url(new_prm()))

    for answer in (unseen, unrun, unread, no_plant, unknown):
        assert answer.status_code == 404, answer.text
        assert answer.json()["type"] == "/problems/plant-unknown"


async def test_a_producer_reads_the_contracts_of_its_own_days(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    points = handed_over(coop.points, coop.roof, to=coop.anna, on=date(2026, 10, 16))
    await billing.tell(coop.perimeter(points, revision=2))
    await put(operator, coop.roof, AGGREGATOR, FEED_IN | {"valid_to": "2026-10-16"})

    async with billing.client("member", member_id=str(coop.seller)) as before:
        former = (await before.get(url(coop.roof))).json()
    async with billing.client("member", member_id=str(coop.anna)) as after:
        present = (await after.get(url(coop.roof))).json()

    assert [contract["kind"] for contract in former["contracts"]] == ["feed_in"]
    assert [contract["kind"] for contract in present["contracts"]] == ["aggregator"]


async def test_contracts_that_share_a_day_are_refused_and_the_database_refuses_them_too(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await put(operator, coop.roof, FEED_IN)

    answer = await put(operator, coop.roof, FEED_IN, AGGREGATOR)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/surplus-contract-overlap"
    assert answer.json()["day"] == "2026-10-16"
    async with billing.platform.database("billing") as database:
        insert = text("""
            INSERT INTO surplus_contract (prm, kind, valid_from, prices_by_month)
            VALUES (:prm, 'none', '2027-01-01', '{}')
        """)
        async with database.transaction() as session:
            with pytest.raises(IntegrityError, match="surplus_contract_overlap"):
                await session.execute(insert, {"prm": coop.roof})
            await session.rollback()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"number": None}, 409),
        ({"kind": "free"}, 409),
        ({"coefficient": "0"}, 409),
        ({"price_cents_per_kwh": "5.1234567"}, 422),
        ({"price_cents_per_kwh": "-1"}, 422),
        ({"prices_by_month": {"2026-13": "1"}}, 422),
    ],
)
async def test_a_contract_that_makes_no_sense_is_refused(
    operator: httpx.AsyncClient, coop: Coop, changes: dict[str, Any], status: int
) -> None:
    assert (await put(operator, coop.roof, FEED_IN | changes)).status_code == status


async def test_a_large_plant_cannot_give_its_surplus_away(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    points = [point.part for point in coop.points]
    large = points[0].model_copy(update={"power_limit_w": 9000})
    perimeter = coop.perimeter(revision=2)
    await billing.tell(perimeter.model_copy(update={"participations": [large, *points[1:]]}))

    answer = await put(operator, coop.roof, {"kind": "free", "valid_from": "2026-01-01"})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/surplus-contract-invalid"


async def test_statements_tell_what_the_surplus_should_bring(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await settle_plant(billing, coop)
    await coop.price(operator)
    await coop.draft(operator)
    unknown = await plant_of(operator, coop)
    await put(operator, coop.roof, FEED_IN | {"valid_to": "2026-10-16"}, AGGREGATOR)
    awaited = await plant_of(operator, coop)
    paid = AGGREGATOR | {"prices_by_month": {"2026-10": "4.5"}}
    await put(operator, coop.roof, FEED_IN | {"valid_to": "2026-10-16"}, paid)

    plant = await plant_of(operator, coop)

    assert [revenue["unknown"] for revenue in unknown["expected"]] == ["contract-missing"]
    assert [revenue["unknown"] for revenue in awaited["expected"]] == [None, "price-missing"]
    assert awaited["expected_cents"] is None
    assert plant["surplus_wmin"] == 62 * KWH_WMIN
    # 15 days × 2 kWh × 5.36 = 160.8; 16 × 2 × 4.5 = 144
    assert [revenue["amount_cents"] for revenue in plant["expected"]] == [161, 144]
    assert plant["expected_cents"] == 305
    pdf = (await operator.get(f"{coop.month_url}/statements.pdf")).content
    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split()
    )
    assert "EDF OA · BTA0991234 01/10/2026 – 15/10/2026 30,000 kWh 0,0536 1,61 €" in words
    assert "Agrégateur du Val 16/10/2026 – 31/10/2026 32,000 kWh 0,0450 1,44 €" in words


async def test_a_plant_that_sold_nothing_has_a_statement_too(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    # The seller's home takes 1 kWh of the 5 that its roof makes a day; the rest is left.
    roof = SettledPoint(
        prm=coop.roof,
        direction=Direction.PRODUCTION,
        metered_wmin=155 * KWH_WMIN,
        shared_wmin=31 * KWH_WMIN,
    )
    settlement = coop.settlement({(coop.roof, coop.seller_home): [KWH_WMIN] * 31}, number=2)
    await billing.tell(settlement.model_copy(update={"points": [roof]}))
    await put(operator, coop.roof, FEED_IN)
    month = {
        "producer": coop.roof,
        "issuer_id": str(coop.seller),
        "state": None,
        "energy_wmin": 0,
        "revenue_excl_vat_cents": 0,
    }

    async with billing.client("member", member_id=str(coop.seller)) as seller:
        (statement,) = (await seller.get(f"{coop.month_url}/statements")).json()
        page = await seller.get(f"{coop.month_url}/statements.pdf")
    async with billing.client("member", member_id=str(coop.anna)) as neighbour:
        assert (await neighbour.get(f"{coop.month_url}/statements")).json() == []
        assert (await neighbour.get(f"{coop.month_url}/statements.pdf")).status_code == 404

    assert statement.items() >= month.items()
    assert statement["plant"]["surplus_wmin"] == 124 * KWH_WMIN
    assert statement["plant"]["expected_cents"] == 665  # 124 × 5.36 = 664.64
    assert page.status_code == 200, page.text
    words = " ".join(PdfReader(BytesIO(page.content)).pages[0].extract_text().split())
    assert "Rien n'a été vendu" in words.replace("’", "'")
    assert "124,000 kWh 0,0536 6,65 €" in words


async def test_a_plant_whose_sales_are_not_drafted_yet_is_not_told_to_have_sold_nothing(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await settle_plant(billing, coop)

    assert (await operator.get(f"{coop.month_url}/statements")).json() == []


async def test_beyond_its_yearly_cap_a_contract_pays_less(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    # The contract took effect on 16 September: 15 days of that month count, 2 kWh each.
    await settle_plant(billing, coop, Month(2026, 9))
    await settle_plant(billing, coop)
    await coop.price(operator)
    await coop.draft(operator)
    cap = {"energy_kwh": 50, "beyond_cents_per_kwh": "5", "since": "2026-09-16"}
    capped = FEED_IN | {"valid_from": "2026-09-16", "yearly_cap": cap}
    answer = await put(operator, coop.roof, capped)
    assert answer.json()["contracts"][0]["yearly_cap"] == cap

    plant = await plant_of(operator, coop)

    rows = [
        (revenue["surplus_wmin"], revenue["amount_cents"], revenue["beyond_cap"])
        for revenue in plant["expected"]
    ]
    assert rows == [(20 * KWH_WMIN, 107, False), (42 * KWH_WMIN, 210, True)]
    pdf = (await operator.get(f"{coop.month_url}/statements.pdf")).content
    words = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert "au-delà du plafond annuel" in words
    earlier = capped | {"valid_from": "2026-01-01", "yearly_cap": cap | {"since": "2026-01-01"}}
    await put(operator, coop.roof, earlier)
    (unknown,) = (await plant_of(operator, coop))["expected"]
    assert unknown["unknown"] == "surplus-of-year-unknown"


async def test_what_the_surplus_should_bring_is_never_booked(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await settle_plant(billing, coop)
    await put(operator, coop.roof, FEED_IN)
    await coop.price(operator)
    await coop.draft(operator)

    path = f"/billing/issuers/{coop.seller}/balances"
    balances = await operator.get(path, params={"year": 2026})

    assert balances.json() == []


async def test_invoices_and_books_are_the_same_with_a_surplus_contract_and_without(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    without = Coop()
    await billing.tell(*without.events())
    await without.decide_taxes(operator)
    await put(operator, coop.roof, FEED_IN)
    amounts = []
    for seller in (coop, without):
        await settle_plant(billing, seller)
        await seller.price(operator)
        issued = await issue(operator, await seller.draft(operator))
        path = f"/billing/issuers/{seller.seller}/balances"
        balances = (await operator.get(path, params={"year": 2026})).json()
        amounts.append(
            (
                [invoice["total_incl_vat_cents"] for invoice in issued.json()],
                [len(invoice["lines"]) for invoice in issued.json()],
                [(balance["account"], balance["balance_cents"]) for balance in balances],
            )
        )

    assert (await plant_of(operator, coop))["expected_cents"] == 332
    assert len(amounts[0][0]) == 2
    assert amounts[0] == amounts[1]


async def test_a_plant_that_changed_hands_in_the_month_is_told_to_neither(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    moved = handed_over(coop.points, coop.roof, to=coop.anna, on=date(2026, 10, 16))
    await billing.tell(coop.perimeter(moved, revision=2))
    await settle_plant(billing, coop)
    await coop.price(operator)
    await coop.draft(operator)

    statements = (await operator.get(f"{coop.month_url}/statements")).json()

    assert {statement["plant"] is None for statement in statements} == {True}
