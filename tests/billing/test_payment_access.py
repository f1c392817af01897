"""Who may see and do what, where one member is paid through another."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest

from tests.billing.money import (
    collect,
    creditor,
    issued_by_customer,
    mandate,
    payments_url,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.payouts import pay_out
from tests.billing.statements import bank_tells, booked, statement
from tests.billing.world import Billing, Coop


@dataclass(frozen=True)
class TwoCoops:
    """The seller of the first also collects for the seller of the second."""

    first: Coop
    second: Coop

    @property
    def collector(self) -> UUID:
        return self.first.seller

    @property
    def both(self) -> list[str]:
        return [self.first.operation_id, self.second.operation_id]


@pytest.fixture
async def two(billing: Billing, operator: httpx.AsyncClient, coop: Coop) -> TwoCoops:
    second = Coop()
    await billing.tell(*second.events())
    await set_creditor(operator, coop.seller)
    await set_creditor(operator, second.seller, collected_by=str(coop.seller))
    return TwoCoops(coop, second)


async def test_only_those_who_run_all_operations_of_its_payees_change_a_collectors_account(
    billing: Billing, two: TwoCoops
) -> None:
    url = payments_url(two.collector, "creditor")
    async with (
        billing.client("organiser", operations=two.both[:1]) as of_one,
        billing.client("organiser", operations=two.both) as of_both,
    ):
        assert (await of_one.put(url, json=creditor())).status_code == 403
        assert (await of_both.put(url, json=creditor())).status_code == 200


async def test_the_books_of_a_collector_are_for_those_who_run_the_operations_of_all_it_paid(
    billing: Billing, operator: httpx.AsyncClient, two: TwoCoops
) -> None:
    invoices = await issued_by_customer(operator, two.second)
    account = (await operator.get(payments_url(two.collector, "creditor"))).json()
    await bank_tells(operator, account, booked(372, remittance=invoices["Anna"]["number"]))
    url, params = payments_url(two.collector, "balances"), {"year": today().year}
    async with (
        billing.client("organiser", operations=two.both[:1]) as of_one,
        billing.client("organiser", operations=two.both[1:]) as of_second,
        billing.client("organiser", operations=two.both) as of_both,
        billing.client("member", member_id=str(two.collector)) as collector,
    ):

        async def told() -> list[int]:
            callers = (of_one, of_second, of_both, collector)
            return [(await caller.get(url, params=params)).status_code for caller in callers]

        assert await told() == [403, 403, 200, 200]
        # It collects for itself again: what it owes, and then what it was paid, stays there.
        await set_creditor(operator, two.second.seller)
        assert await told() == [403, 403, 200, 200]
        assert (await pay_out(operator, two.collector)).status_code == 200
        assert await told() == [403, 403, 200, 200]
        # The seller's own books tell of the collector, not of what it sells.
        own_url = payments_url(two.second.seller, "balances")
        assert (await of_second.get(own_url, params=params)).status_code == 200


async def test_mandates_stay_hidden_from_those_who_run_only_where_the_creditor_sells_now(
    billing: Billing, operator: httpx.AsyncClient, two: TwoCoops
) -> None:
    await record_mandate(operator, two.collector, two.first.anna)
    await record_mandate(operator, two.collector, two.second.anna)
    url = payments_url(two.collector, "mandates")
    # It collects for itself again, before anything was collected or paid out.
    await set_creditor(operator, two.second.seller)
    async with (
        billing.client("organiser", operations=two.both[:1]) as of_one,
        billing.client("organiser", operations=two.both) as of_both,
    ):
        assert (await of_one.get(url)).status_code == 403
        assert len((await of_both.get(url)).json()) == 2


async def test_what_was_collected_before_stays_hidden_from_those_who_run_the_rest(
    billing: Billing, operator: httpx.AsyncClient, two: TwoCoops
) -> None:
    await issued_by_customer(operator, two.second)
    await record_mandate(operator, two.collector, two.second.anna)
    made = (await collect(operator, two.collector)).json()
    await set_creditor(operator, two.second.seller)
    async with (
        billing.client("organiser", operations=two.both[:1]) as of_one,
        billing.client("organiser", operations=two.both) as of_both,
    ):
        for path in (("collections", made["id"]), ("mandates",), ("bank-transactions",)):
            url = payments_url(two.collector, *path)
            assert (await of_one.get(url)).status_code == 403
            assert (await of_both.get(url)).status_code == 200


async def test_organisers_record_mandates_of_those_who_take_part_in_their_operations(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    other = Coop()
    await billing.tell(*other.events())
    await set_creditor(operator, coop.seller)
    url = payments_url(coop.seller, "mandates", uuid4())
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await organiser.put(url, json=mandate(other.anna))).status_code == 403
        assert (await organiser.put(url, json=mandate(uuid4()))).status_code == 403
        assert (await organiser.put(url, json=mandate(coop.anna))).status_code == 200


async def test_a_creditor_who_organises_elsewhere_sees_ibans_masked(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = (await set_creditor(operator, coop.seller))["iban"]
    signed = (await record_mandate(operator, coop.seller, coop.anna))["iban"]
    member = {"member_id": str(coop.seller), "roles": ["member", "organiser"]}
    async with (
        billing.client("both", **member, operations=["ACC00000000"]) as elsewhere,
        billing.client("both", **member, operations=[coop.operation_id]) as here,
    ):
        for path, full in (("creditor", iban), ("mandates", signed)):
            url = payments_url(coop.seller, path)
            masked = await elsewhere.get(url)
            assert masked.status_code == 200
            assert full not in masked.text
            assert "•" in masked.text
            assert full in (await here.get(url)).text


async def test_those_who_send_a_statement_slowly_hold_no_connection(
    operator: httpx.AsyncClient, billing: Billing, coop: Coop
) -> None:
    account = await set_creditor(operator, coop.seller)
    content = statement(account["iban"], [booked(372)])
    others_are_served = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield content[:100]
        await others_are_served.wait()
        yield content[100:]

    count = 2 * billing.platform.settings.database_pool_size + 1
    url = payments_url(coop.seller, "statements")
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        asyncio.TaskGroup() as group,
    ):
        sent = [group.create_task(organiser.post(url, content=slowly())) for _ in range(count)]
        try:
            # Also while the first parts of all of them are being taken.
            for _ in range(count):
                answer = await operator.get(payments_url(coop.seller, "bank-transactions"))
                assert answer.status_code == 200, answer.text
        finally:
            others_are_served.set()
    rows = [(request.result().status_code, request.result().json()["new"]) for request in sent]
    assert sorted(rows) == [*[(200, 0)] * (count - 1), (200, 1)]
