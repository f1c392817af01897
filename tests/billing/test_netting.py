"""A customer's credit pays what they owe the same seller: nobody is debited twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.billing.domain.payments.invoice_payments import OWED_BY_TRANSFER
from tests.billing.correcting import choose, only
from tests.billing.money import (
    collect,
    collection_day,
    issued_by_customer,
    paying_coop,
    payments_url,
    read_collection,
    today,
)
from tests.billing.statements import bank_tells, booked, refund
from tests.billing.test_invoice_payments import payment
from tests.billing.test_one_sum import signed_sum
from tests.billing.world import KWH_WMIN, Billing, Coop, documents, issue


@dataclass
class Debit:
    id: UUID
    collection_id: str
    cents: int
    is_received: bool = False
    is_returned: bool = False
    is_rejected: bool = False

    @property
    def is_pending(self) -> bool:
        return not self.is_received and not self.is_rejected


@dataclass
class Treasury:
    """What Anna owes and has paid, as a treasurer counts who looks at papers and bank only."""

    billing: Billing
    client: httpx.AsyncClient
    coop: Coop
    account: dict[str, Any]
    coops: list[Coop]
    paid_cents: int = 0
    lost_cents: int = 0
    debits: list[Debit] = field(default_factory=list)
    settlement: int = 1

    async def documents(self) -> list[dict[str, Any]]:
        return [
            document
            for coop in self.coops
            for document in only(await documents(self.client, coop), self.coop.anna)
            if document["state"] == "issued"
        ]

    async def invoices(self) -> list[dict[str, Any]]:
        return [document for document in await self.documents() if document["kind"] == "invoice"]

    async def owed_cents(self) -> int:
        return signed_sum(await self.documents(), "total_incl_vat_cents")

    async def balance_cents(self) -> int:
        """What she owes beyond what is on its way."""
        return await self.left_cents() - sum(debit.cents for debit in self.pending)

    async def left_cents(self) -> int:
        """What she owes, less what she has paid and what the seller has given up."""
        return await self.owed_cents() - self.paid_cents - self.lost_cents

    @property
    def pending(self) -> list[Debit]:
        return [debit for debit in self.debits if debit.is_pending]

    async def asked_cents(self) -> int:
        """What her bills ask her to pay by herself."""
        payments = [await payment(self.client, invoice) for invoice in await self.invoices()]
        return sum(bill["payable_cents"] for bill in payments if bill["state"] in OWED_BY_TRANSFER)

    async def items(self) -> list[dict[str, Any]]:
        answer = await self.client.get(payments_url(self.coop.seller, "open-items"))
        assert answer.status_code == 200, answer.text
        return [
            item
            for customer in answer.json()
            if customer["customer_id"] == str(self.coop.anna)
            for item in customer["items"]
        ]

    async def own_account(self) -> dict[str, Any]:
        answer = await self.client.get(f"/billing/members/{self.coop.anna}/account")
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def open_items(self) -> list[int]:
        return [item["open_cents"] for item in await self.items()]

    async def month(self, _: int) -> None:
        """Another operation in which the same seller sells to her, as another month would be."""
        coop = Coop(seller=self.coop.seller, anna=self.coop.anna)
        await self.billing.tell(*coop.events())
        await issued_by_customer(self.client, coop, terms_days=0)
        self.coops.append(coop)

    async def correct(self, kwh: int) -> None:
        self.settlement += 1
        home = self.coop.anna_home
        energies = {(self.coop.roof, home): [KWH_WMIN] * 30 + [kwh % 40 * KWH_WMIN]}
        await self.coop.revise(
            self.billing, self.coop.energies_wmin | energies, number=self.settlement
        )
        drafts = await self.coop.corrections(self.client)
        if drafts:
            answer = await issue(self.client, drafts)
            assert answer.status_code == 200, answer.text

    async def collect(self, _: int) -> bool:
        balance_cents = await self.balance_cents()
        answer = await collect(self.client, self.coop.seller)
        if answer.status_code != 200:
            assert answer.json()["type"] == "/problems/nothing-to-collect", answer.text
            return False
        made = await read_collection(self.client, self.coop.seller, answer.json()["id"])
        debits = [
            Debit(UUID(item["id"]), made["id"], item["amount_cents"]) for item in made["items"]
        ]
        assert 0 < sum(debit.cents for debit in debits) <= balance_cents
        self.debits += debits
        return True

    async def receive(self, number: int) -> None:
        if debit := _choose([debit for debit in self.debits if debit.is_pending], number):
            debit.is_received = True
            await self._bank_tells(debit.cents, end_to_end_id=debit.id.hex)

    async def return_(self, number: int) -> None:
        """The bank may tell a return before the credit that it takes back."""
        candidates = [
            debit for debit in self.debits if not debit.is_returned and not debit.is_rejected
        ]
        if debit := _choose(candidates, number):
            debit.is_returned = True
            await self._bank_tells(-debit.cents, end_to_end_id=debit.id.hex, reason="AM04")

    async def reject(self, number: int) -> None:
        candidates = [debit for debit in self.debits if debit.is_pending and not debit.is_returned]
        if debit := _choose(candidates, number):
            debit.is_rejected = True
            path = ("collections", debit.collection_id, "items", debit.id, "rejection")
            url = payments_url(self.coop.seller, *path)
            answer = await self.client.post(url, json={"reason": "AM04"})
            assert answer.status_code == 200, answer.text

    async def transfer(self, cents: int) -> None:
        invoice = _choose(await self.invoices(), cents)
        assert invoice is not None
        await self._bank_tells(cents, remittance=invoice["number"])

    async def refund(self, cents: int) -> None:
        """What is left to her credit goes back, or more by mistake."""
        in_credit = [item for item in await self.items() if item["open_cents"] < 0]
        if credit := _choose(in_credit, cents):
            back_cents = max(-credit["open_cents"], cents)
            self.paid_cents -= back_cents
            await refund(self.client, self.account, back_cents, credit["invoice_id"])

    async def write_off(self, number: int) -> None:
        debts = [
            item
            for item in await self.items()
            if item["open_cents"] > item["doubtful_cents"] and not item["in_collection"]
        ]
        if item := _choose(debts, number):
            kind = ("doubtful", "lost")[number // 8 % 2]
            body = {"invoice_id": item["invoice_id"], "kind": kind, "reason": "introuvable"}
            url = payments_url(self.coop.seller, "write-offs", uuid4())
            answer = await self.client.put(url, json=body)
            assert answer.status_code == 200, answer.text
            if kind == "lost":
                self.lost_cents += answer.json()["amount_cents"]

    async def remind(self, _: int) -> None:
        answer = await self.client.post(
            payments_url(self.coop.seller, "reminders"), json={"day": None}
        )
        assert answer.status_code == 200, answer.text
        ids = {document["id"] for document in await self.documents()}
        reminded = [row["open_cents"] for row in answer.json() if row["invoice_id"] in ids]
        assert sum(reminded) <= max(await self.balance_cents(), 0)

    async def _bank_tells(self, cents: int, **said: Any) -> None:  # noqa: ANN401 - of ``booked``
        assert await bank_tells(self.client, self.account, booked(cents, **said)) == (1, 1)
        self.paid_cents += cents

    async def settle(self) -> None:
        """Let the bank answer all, and collect until nothing can be."""
        for debit in self.debits:
            if debit.is_pending:
                debit.is_received = True
                await self._bank_tells(debit.cents, end_to_end_id=debit.id.hex)
        if await self.collect(0):
            await self.settle()
        await self.remind(0)  # sets off what is left, where nothing could be collected


def _choose(candidates: Sequence[Any], number: int) -> Any:  # noqa: ANN401 - debits or documents
    return candidates[number % len(candidates)] if candidates else None


async def treasury(billing: Billing, operator: httpx.AsyncClient) -> Treasury:
    coop, _, _ = await paying_coop(billing, operator, ["Anna"])
    account = (await operator.get(payments_url(coop.seller, "creditor"))).json()
    return Treasury(billing, operator, coop, account, [coop])


async def test_who_has_paid_a_bill_that_is_replaced_is_debited_the_difference_only(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.receive(0)

    await anna.correct(2)

    # One kWh more: 0.12 € is open of the new invoice, in the transaction that issued it.
    assert await anna.open_items() == [12]
    await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 12]


async def test_who_is_being_debited_for_a_bill_that_is_replaced_is_not_debited_again(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)

    await anna.correct(0)

    answer = await collect(operator, anna.coop.seller)
    assert answer.json()["type"] == "/problems/nothing-to-collect"
    assert "paid-by-another-debit" in {skip["reason"] for skip in answer.json()["skipped"]}
    # The debit is rejected, so the new invoice is collected after all.
    await anna.reject(0)
    await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 360]


async def test_a_bill_that_replaces_one_being_debited_asks_for_what_is_left(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.correct(2)
    replaced, new = sorted(await anna.invoices(), key=lambda invoice: str(invoice["number"]))

    debit = (await payment(operator, replaced))["collection"]
    asked = await payment(operator, new)

    # 3.72 € are on their way, 0.12 € are left.
    assert (asked["state"], asked["open_cents"], asked["payable_cents"]) == ("overdue", 384, 12)
    await anna.correct(0)
    *_, last = sorted(await anna.invoices(), key=lambda invoice: str(invoice["number"]))
    asked = await payment(operator, last)
    assert (asked["state"], asked["open_cents"], asked["payable_cents"]) == ("announced", 360, 0)
    assert (asked["collection"], asked["account"]) == (debit, None)
    await anna.reject(0)
    asked = await payment(operator, last)
    assert (asked["state"], asked["payable_cents"], asked["collection"]) == ("overdue", 360, None)


async def test_a_debit_that_arrives_after_its_bill_was_replaced_pays_the_new_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.correct(0)
    assert await anna.open_items() == [360]

    await anna.receive(0)

    assert await anna.open_items() == [-12]


async def test_a_debit_that_comes_back_after_its_bill_was_replaced_leaves_the_new_one_to_pay(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.receive(0)
    await anna.correct(2)
    await anna.correct(3)
    assert await anna.open_items() == [24]

    await anna.return_(0)

    assert await anna.open_items() == [396]
    bills = sorted(await anna.invoices(), key=lambda invoice: str(invoice["number"]))
    asked = [await payment(operator, bill) for bill in bills]
    assert [(bill["state"], bill["open_cents"]) for bill in asked] == [
        ("credited", 0),
        ("credited", 0),
        ("overdue", 396),
    ]
    await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 396]


async def test_what_was_paid_too_much_pays_the_next_bill(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.transfer(500)
    assert await anna.open_items() == [-128]

    await anna.month(0)

    assert await anna.open_items() == [244]


async def test_a_transfer_for_a_bill_that_is_paid_already_pays_another_at_once(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.month(0)
    first, _ = sorted(document["number"] for document in await anna.documents())

    assert await bank_tells(operator, anna.account, booked(500, remittance=first)) == (1, 1)

    assert await anna.open_items() == [244]
    preview = await operator.get(
        payments_url(anna.coop.seller, "collection-preview"),
        params={"collection_date": collection_day().isoformat(), "notified_on": str(today())},
    )
    assert [debit["amount_cents"] for debit in preview.json()["debits"]] == [244]
    answer = await operator.post(payments_url(anna.coop.seller, "reminders"), json={"day": None})
    ids = {document["id"] for document in await anna.documents()}
    assert [row["open_cents"] for row in answer.json() if row["invoice_id"] in ids] == [244]


async def test_a_transfer_that_is_taken_back_takes_back_what_it_had_paid_too_much(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.month(0)
    first, _ = sorted(document["number"] for document in await anna.documents())
    assert await bank_tells(operator, anna.account, booked(500, remittance=first)) == (1, 1)
    assert await anna.open_items() == [244]
    transactions = payments_url(anna.coop.seller, "bank-transactions")
    (transaction,) = (await operator.get(transactions)).json()

    answer = await operator.delete(f"{transactions}/{transaction['id']}/assignment")

    assert answer.status_code == 200, answer.text
    assert await anna.open_items() == [372, 372]


async def test_a_transfer_for_a_bill_that_was_replaced_meanwhile_pays_the_new_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    (replaced,) = await anna.invoices()
    await anna.correct(2)

    assert await bank_tells(operator, anna.account, booked(372, remittance=replaced["number"])) == (
        1,
        1,
    )

    assert await anna.open_items() == [12]


@pytest.mark.parametrize("by", ["rejection", "cancellation"])
async def test_what_is_not_debited_after_all_is_paid_by_a_credit_for_good(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.month(0)
    (debited,) = [invoice for invoice in await anna.invoices() if await is_announced(anna, invoice)]
    other = next(invoice for invoice in await anna.invoices() if invoice != debited)
    # She pays both by the number of the second, while the first is being debited.
    said = booked(744, remittance=other["number"])
    assert await bank_tells(operator, anna.account, said) == (1, 1)
    assert sorted(await anna.open_items()) == [-372, 372]

    if by == "rejection":
        await anna.reject(0)
    else:
        path = ("collections", anna.debits[0].collection_id, "cancellation")
        assert (await operator.post(payments_url(anna.coop.seller, *path))).status_code == 200

    assert await anna.open_items() == []
    answer = await collect(operator, anna.coop.seller)
    assert answer.json()["type"] == "/problems/nothing-to-collect"
    assert await anna.open_items() == []


async def is_announced(anna: Treasury, invoice: dict[str, Any]) -> bool:
    return bool((await payment(anna.client, invoice))["state"] == "announced")


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "month",
                "correct",
                "collect",
                "receive",
                "return_",
                "reject",
                "transfer",
                "refund",
                "write_off",
                "remind",
            ]
        ),
        st.integers(1, 600),
    ),
    min_size=4,
    max_size=12,
)


# Each example is some thirty requests, so a failing one is shown as it was found.
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(policy=st.sampled_from(["replace", "difference"]), steps=_STEPS)
async def test_whatever_happens_what_was_paid_is_what_is_owed_once_nothing_is_open(
    *,
    billing: Billing,
    operator: httpx.AsyncClient,
    policy: str,
    steps: Sequence[tuple[str, int]],
) -> None:
    anna = await treasury(billing, operator)
    await choose(operator, anna.coop, policy)

    for step, number in steps:
        await getattr(anna, step)(number)
        assert sum(await anna.open_items()) == await anna.left_cents()
        balance_cents = max(await anna.balance_cents(), 0)
        asked_cents = await anna.asked_cents()
        assert asked_cents <= balance_cents
        assert anna.pending or asked_cents == balance_cents
        account = await anna.own_account()
        assert account["closing_cents"] == account["owed"]["open_cents"]
        assert account["closing_cents"] == await anna.left_cents()
        assert account["owed"]["to_pay_cents"] == asked_cents
    await anna.settle()

    items = await anna.open_items()
    assert all(cents < 0 for cents in items)
    # No more than what she transferred herself is left to her credit.
    assert anna.paid_cents + anna.lost_cents == await anna.owed_cents() - sum(items)
