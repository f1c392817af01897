"""What is old is forgotten: half-hours, offers of members who have left; what was billed stays."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from libs.common.calendar import Month, day_start
from services.billing.commands.purging import Purger
from services.billing.main import service
from services.billing.workers import purge
from tests.billing.held_up import held_up
from tests.billing.money import (
    collect,
    collection_day,
    issued_by_customer,
    payments_url,
    record_mandate,
    set_creditor,
)
from tests.billing.runs import preflight
from tests.billing.test_both_bills import OFFER, offer_url
from tests.billing.test_hour_prices import HOURS, MORNING, OFF_PEAK, PEAK, lines_of_anna
from tests.billing.world import Billing, Coop, handed_over, issue
from tests.support.alone import alone
from tests.support.clock import CLOCK, SetClock


@pytest.fixture
async def billing(database_url: str) -> AsyncIterator[Billing]:
    """Alone, for what is purged is everybody's."""
    async with alone(service, database_url) as service_alone:
        yield service_alone


async def _purge(billing: Billing, now: datetime) -> None:
    async with billing.platform.database("billing", SetClock(now)) as database:
        purger = Purger(curves_months=36, offers_months=12)
        await purge(database, purger=purger)


async def test_half_hours_go_with_the_curves_and_invoices_stay(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, PEAK, OFF_PEAK, **HOURS)
    await billing.tell(*coop.details(MORNING))

    await _purge(billing, datetime(2029, 10, 31, 22, tzinfo=UTC))
    invoices = await coop.draft(operator)
    issued = await issue(operator, invoices)
    # In Paris it is November, 36 months on.
    await _purge(billing, datetime(2029, 10, 31, 23, tzinfo=UTC))

    answer = await operator.get(
        "/billing/invoices", params={"operation_id": coop.operation_id, "month": str(coop.month)}
    )
    assert lines_of_anna(answer.json(), coop) == lines_of_anna(issued.json(), coop)
    async with billing.platform.database("billing") as database, database.transaction() as session:
        left = await session.connection()
        rows = (await left.exec_driver_sql("SELECT 1 FROM settlement_detail")).all()
    assert rows == []


async def test_days_that_were_held_up_go_with_the_curves(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await billing.tell(held_up(coop, 30, "no_key"))
    codes = []
    for hour in (22, 23):  # in Paris it is December, 36 months on
        await _purge(billing, datetime(2029, 11, 30, hour, tzinfo=UTC))
        blockers = (await preflight(operator, coop, "2026-11"))["blockers"]
        codes.append([blocker["code"] for blocker in blockers])

    assert codes == [["settlement-missing", "key-missing"], ["settlement-missing"]]


async def test_the_account_of_a_mandate_goes_fourteen_months_after_its_last_collection(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop, terms_days=0)
    await set_creditor(operator, coop.seller)
    used = await record_mandate(operator, coop.seller, coop.anna)
    in_force = await record_mandate(operator, coop.seller, coop.bruno)
    assert (await collect(operator, coop.seller)).status_code == 200
    mandates = payments_url(coop.seller, "mandates")
    assert (await operator.post(f"{mandates}/{used['id']}/revocation")).status_code == 200
    used_in = Month.of(collection_day())

    accounts = []
    for months in (14, 15):
        await _purge(billing, day_start(used_in.earlier(-months).first_day))
        shown = {
            mandate["id"]: mandate["iban"] for mandate in (await operator.get(mandates)).json()
        }
        accounts.append((shown[used["id"]], shown[in_force["id"]]))

    assert accounts == [(used["iban"], in_force["iban"]), (None, in_force["iban"])]


async def test_offers_of_members_who_have_left_go_and_those_of_the_others_stay(
    billing: Billing, coop: Coop
) -> None:
    now = CLOCK.now()
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 16))
    await billing.tell(coop.perimeter(moved, revision=2))
    url = offer_url(coop.anna_home)
    async with (
        billing.client("member", member_id=str(coop.anna)) as anna,
        billing.client("member", member_id=str(coop.bruno)) as bruno,
    ):
        for member in (anna, bruno):
            assert (await member.put(url, json=OFFER)).status_code == 200
        kept = []
        # It was entered today: not before 12 whole months are over.
        for later in (timedelta(0), timedelta(days=360), timedelta(days=400)):
            await _purge(billing, now + later)
            kept.append([len((await client.get(url)).json()["offers"]) for client in (anna, bruno)])

    assert kept == [[1, 1], [1, 1], [0, 1]]
