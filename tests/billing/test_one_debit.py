"""What a customer owes several sellers with one collector is debited as one sum."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.billing.money import (
    collect,
    collection_day,
    issued_by_customer,
    payments_url,
    read_collection,
    read_debits,
    record_mandate,
    set_creditor,
    texts,
    today,
)
from tests.billing.payment_reports import batch as reported_batch
from tests.billing.payment_reports import payment as reported
from tests.billing.payment_reports import report
from tests.billing.payouts import pay_out
from tests.billing.statements import bank_tells, batch, booked
from tests.billing.test_invoice_payments import payment
from tests.billing.test_mailings import asked_for, have_sent
from tests.billing.world import Billing, Coop


@dataclass
class Village:
    """Two sellers of whom Anna buys, and the association that collects for both."""

    client: httpx.AsyncClient
    collector: UUID
    sellers: Sequence[UUID]
    account: dict[str, Any]
    invoices: Sequence[dict[str, Any]]
    pending: list[dict[str, Any]] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    transfers: list[dict[str, Any]] = field(default_factory=list)

    async def debit(self) -> dict[str, Any]:
        """Her debit in a new collection."""
        made = (await collect(self.client, self.collector)).json()
        (debit,) = (await read_collection(self.client, self.collector, made["id"]))["items"]
        return {**debit, "collection_id": made["id"]}

    async def states(self) -> list[str]:
        return [(await payment(self.client, invoice))["state"] for invoice in self.invoices]

    async def bank_tells(self, cents: int, debit: dict[str, Any], **said: Any) -> None:  # noqa: ANN401 - of ``booked``
        end_to_end_id = UUID(debit["id"]).hex
        said_of_it = booked(cents, end_to_end_id=end_to_end_id, **said)
        assert await bank_tells(self.client, self.account, said_of_it) == (1, 1)

    async def between(self, owner: UUID, party: UUID) -> int:
        """What account 467 of a member says of another."""
        cents = 0
        for year in range(2026, today().year + 2):
            url = payments_url(owner, "balances")
            rows = (await self.client.get(url, params={"year": year})).json()
            cents += sum(
                row["balance_cents"]
                for row in rows
                if row["account"].startswith("467") and row["party_id"] == str(party)
            )
        return cents

    async def owed_to_sellers(self) -> list[int]:
        """What the collector owes each of them, which their own books say too."""
        owed = [-await self.between(self.collector, seller) for seller in self.sellers]
        assert owed == [await self.between(seller, self.collector) for seller in self.sellers]
        return owed


async def village(billing: Billing, operator: httpx.AsyncClient) -> Village:
    ours = Coop()
    theirs = Coop(anna=ours.anna)
    await billing.tell(*ours.members())
    account = await set_creditor(operator, ours.bruno, name="Les Voisins")
    invoices = []
    for coop in (ours, theirs):
        await billing.tell(*coop.events())
        issued = await issued_by_customer(operator, coop, terms_days=0)
        invoices.append(issued["Anna"])
        await set_creditor(operator, coop.seller, ics=None, collected_by=str(ours.bruno))
    await record_mandate(operator, ours.bruno, ours.anna)
    return Village(operator, ours.bruno, [ours.seller, theirs.seller], account, invoices)


async def test_a_customer_of_two_sellers_is_debited_once(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await village(billing, operator)
    preview = await operator.get(
        payments_url(anna.collector, "collection-preview"),
        params={"collection_date": collection_day().isoformat(), "notified_on": str(today())},
    )

    debit = await anna.debit()

    document = await read_debits(operator, anna.collector, debit["collection_id"])
    assert texts(document, "InstdAmt") == ["7.44"]
    assert texts(document, "EndToEndId") == [UUID(debit["id"]).hex]
    assert texts(document, "SeqTp") == ["FRST"]
    number = anna.invoices[0]["number"]
    assert texts(document, "Ustrd") == [f"Factures {number} Soleils SAS, {number} Soleils SAS"]
    assert "UltmtCdtr" not in {element.tag.rpartition("}")[2] for element in document.iter()}
    assert debit["amount_cents"] == 744
    assert {document["invoice_id"] for document in debit["documents"]} == {
        invoice["id"] for invoice in anna.invoices
    }
    (previewed,) = preview.json()["debits"]
    assert (previewed["amount_cents"], len(previewed["documents"])) == (744, 2)


@pytest.mark.parametrize("by", ["end-to-end-id", "batch"])
async def test_one_debit_pays_each_seller_and_comes_back_from_each(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    anna = await village(billing, operator)
    debit = await anna.debit()
    if by == "batch":
        whole = batch(744, f"{UUID(debit['collection_id']).hex}-F")
        assert await bank_tells(operator, anna.account, whole) == (1, 1)
    else:
        await anna.bank_tells(744, debit)

    assert await anna.states() == ["paid", "paid"]
    assert await anna.owed_to_sellers() == [372, 372]
    await anna.bank_tells(-744, debit, reason="AM04")
    assert await anna.states() == ["rejected", "rejected"]
    assert await anna.owed_to_sellers() == [0, 0]
    # She lacked money: the next debit is her mandate's first one again, of both.
    again = await anna.debit()
    assert (again["amount_cents"], again["sequence_type"]) == (744, "FRST")


async def test_a_part_of_a_debit_is_no_answer(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await village(billing, operator)
    debit = await anna.debit()

    half = booked(372, end_to_end_id=UUID(debit["id"]).hex)
    assert await bank_tells(operator, anna.account, half) == (1, 0)

    assert await anna.states() == ["announced", "announced"]


@pytest.mark.parametrize("by", ["hand", "report"])
async def test_a_rejected_debit_frees_all_its_invoices(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    anna = await village(billing, operator)
    debit = await anna.debit()
    collection_id = debit["collection_id"]
    if by == "hand":
        path = ("collections", collection_id, "items", debit["id"], "rejection")
        url = payments_url(anna.collector, *path)
        answer = await operator.post(url, json={"reason": "AM04"})
        assert answer.json()["return_reason"] == "AM04"
    else:
        refused = reported_batch("B", reported(UUID(debit["id"]).hex, reason="AM04"))
        answer = await operator.post(
            payments_url(anna.collector, "payment-reports"),
            content=report(UUID(collection_id).hex, refused),
            headers={"Content-Type": "application/xml"},
        )
        assert answer.json()["rejected"] == 1

    assert await anna.states() == ["rejected", "rejected"]
    assert (await anna.debit())["amount_cents"] == 744


async def test_one_notice_announces_the_debit_of_all_documents(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await village(billing, operator)
    await have_sent(operator, anna.collector, pre_notifications=True)

    await anna.debit()

    (message,) = await asked_for(billing, operator, anna.invoices[0])
    assert [message] == await asked_for(billing, operator, anna.invoices[1])
    assert message.facts.open_cents == 744
    assert [document.payable_cents for document in message.facts.documents] == [372, 372]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["collect", "receive", "return", "transfer", "pay_out", "execute"]),
        st.integers(1, 600),
    ),
    min_size=4,
    max_size=12,
)


@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=_STEPS)
async def test_whatever_happens_both_sides_of_467_agree(
    *, billing: Billing, operator: httpx.AsyncClient, steps: Sequence[tuple[str, int]]
) -> None:
    anna = await village(billing, operator)
    came_cents = 0

    for step, cents in steps:
        came_cents += await _take(anna, step, cents)
        assert sum(await anna.owed_to_sellers()) == came_cents


async def _take(anna: Village, step: str, cents: int) -> int:
    """What comes for the sellers by this step."""
    if step == "collect":
        answer = await collect(anna.client, anna.collector)
        if answer.status_code == 200:
            made = await read_collection(anna.client, anna.collector, answer.json()["id"])
            anna.pending += made["items"]
    elif step == "receive" and anna.pending:
        debit = anna.pending.pop()
        anna.received.append(debit)
        await anna.bank_tells(debit["amount_cents"], debit)
        return int(debit["amount_cents"])
    elif step == "return" and anna.received:
        debit = anna.received.pop()
        await anna.bank_tells(-debit["amount_cents"], debit, reason="AM04")
        return -int(debit["amount_cents"])
    elif step == "transfer":
        reference = (await payment(anna.client, anna.invoices[cents % 2]))["account"]
        if reference:
            said = booked(cents, remittance=reference["reference"])
            assert await bank_tells(anna.client, anna.account, said) == (1, 1)
            return cents
    elif step == "pay_out":
        answer = await pay_out(anna.client, anna.collector)
        if answer.status_code == 200:
            url = payments_url(anna.collector, "payouts", answer.json()["id"])
            anna.transfers += (await anna.client.get(url)).json()["items"]
    elif step == "execute" and anna.transfers:
        transfer = anna.transfers.pop()
        await anna.bank_tells(-transfer["amount_cents"], transfer)
        return -int(transfer["amount_cents"])
    return 0
