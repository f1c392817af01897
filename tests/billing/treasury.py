"""What a customer owes and has paid, as a treasurer counts who looks at papers and bank only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import update

from libs.common.ids import Prm
from services.billing.domain.payments.banking_days import next_banking_day
from services.billing.domain.payments.invoice_payments import OWED_BY_TRANSFER
from services.billing.tables import CollectionRow
from tests.billing.correcting import choose_thresholds, only
from tests.billing.money import (
    collect,
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
from tests.support.platform import platform_of


@dataclass
class Debit:
    """cents_of: by the invoice that they are collected of."""

    id: UUID
    collection_id: str
    cents_of: dict[str, int]
    is_received: bool = False
    is_returned: bool = False
    is_rejected: bool = False
    presumed_by: str | None = None
    """The bank transaction without our id that was taken for its money."""

    @property
    def cents(self) -> int:
        return sum(self.cents_of.values())

    @property
    def is_pending(self) -> bool:
        return not self.is_received and not self.is_rejected


@dataclass
class PaidBack:
    """A transfer to Anna; cents by the document whose credit it is."""

    id: UUID
    refund_id: str
    cents_of: dict[str, int]
    is_executed: bool = False
    is_returned: bool = False
    is_refused: bool = False

    @property
    def cents(self) -> int:
        return sum(self.cents_of.values())

    @property
    def is_pending(self) -> bool:
        return not self.is_executed and not self.is_refused


@dataclass
class Treasury:
    """Anna's."""

    billing: Billing
    client: httpx.AsyncClient
    coop: Coop
    account: dict[str, Any]
    coops: list[Coop]
    paid_cents: int = 0
    lost_cents: int = 0
    debits: list[Debit] = field(default_factory=list)
    refunds: list[PaidBack] = field(default_factory=list)
    settlement: int = 1
    least: tuple[int, int, int] = (0, 0, 0)
    """To debit, to remind of and to correct."""

    @property
    def collector(self) -> UUID:
        return self.coop.seller

    @property
    def sellers(self) -> Sequence[UUID]:
        return [self.coop.seller]

    @property
    def energies(self) -> dict[tuple[Prm, Prm], list[int]]:
        """Of the month that is corrected, as it was settled first."""
        return self.coop.energies_wmin

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
        """What she owes beyond what is on its way, from her or to her."""
        coming_cents = sum(debit.cents for debit in self.pending)
        going_cents = sum(transfer.cents for transfer in self.refunding)
        return await self.left_cents() - coming_cents + going_cents

    async def left_cents(self) -> int:
        """What she owes, less what she has paid and what the seller has given up."""
        return await self.owed_cents() - self.paid_cents - self.lost_cents

    @property
    def pending(self) -> list[Debit]:
        return [debit for debit in self.debits if debit.is_pending]

    @property
    def refunding(self) -> list[PaidBack]:
        return [transfer for transfer in self.refunds if transfer.is_pending]

    async def asked_cents(self) -> int:
        """What her bills ask her to pay by herself."""
        payments = [await payment(self.client, invoice) for invoice in await self.invoices()]
        return sum(bill["payable_cents"] for bill in payments if bill["state"] in OWED_BY_TRANSFER)

    async def due_cents(self) -> int:
        """What she is to pay beyond what is on its way; a credit with one seller pays no other."""
        moving: Counter[str] = Counter()
        for debit in self.pending:
            moving.update({key: -cents for key, cents in debit.cents_of.items()})
        for transfer in self.refunding:
            moving.update(transfer.cents_of)
        sellers = {bill["id"]: bill["issuer"]["member_id"] for bill in await self.documents()}
        due: Counter[str] = Counter()
        for item in await self.items():
            due[sellers[item["invoice_id"]]] += item["open_cents"]
        for key, cents in moving.items():
            due[sellers[key]] += cents
        return sum(max(cents, 0) for cents in due.values())

    async def items(self) -> list[dict[str, Any]]:
        return [item for seller in self.sellers for item in await self.items_of(seller)]

    async def items_of(self, seller: UUID) -> list[dict[str, Any]]:
        answer = await self.client.get(payments_url(seller, "open-items"))
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
        await self.set_thresholds(coop)
        before = await self.documents()
        await issued_by_customer(self.client, coop, terms_days=0)
        self.coops.append(coop)
        await self._check_prepaid(before)

    async def set_thresholds(self, coop: Coop) -> None:
        if any(self.least):
            await choose_thresholds(self.client, coop, *self.least)

    async def has_nothing_to_set_off(self) -> bool:
        """Whether no credit waits beside what it may pay, but for those on their way to her."""
        return all([await self._has_nothing_to_set_off(seller) for seller in self.sellers])

    async def _has_nothing_to_set_off(self, seller: UUID) -> bool:
        items = await self.items_of(seller)
        going = [transfer.cents_of for transfer in self.refunding]
        is_credit = any(
            item["open_cents"] + sum(cents.get(item["invoice_id"], 0) for cents in going) < 0
            for item in items
        )
        return not is_credit or all(
            item["open_cents"] <= 0 or item["in_collection"] for item in items
        )

    async def correct(self, kwh: int) -> None:
        self.settlement += 1
        home = self.coop.anna_home
        energies = {(self.coop.roof, home): [KWH_WMIN] * 30 + [kwh % 40 * KWH_WMIN]}
        await self.coop.revise(self.billing, self.energies | energies, number=self.settlement)
        drafts = await self.coop.corrections(self.client)
        if drafts:
            before = await self.documents()
            answer = await issue(self.client, drafts)
            assert answer.status_code == 200, answer.text
            await self._check_prepaid(before)

    async def _check_prepaid(self, before: list[dict[str, Any]]) -> None:
        """What a new bill says was paid of it is what the books have."""
        ids = {document["id"] for document in before}
        for invoice in await self.invoices():
            if invoice["id"] not in ids:
                left_cents = invoice["total_incl_vat_cents"] - invoice["prepaid_cents"]
                assert (await payment(self.client, invoice))["open_cents"] == left_cents

    async def collect(self, _: int) -> bool:
        due_cents = await self.due_cents()
        answer = await collect(self.client, self.collector)
        if answer.status_code != 200:
            assert answer.json()["type"] == "/problems/nothing-to-collect", answer.text
            return False
        made = await read_collection(self.client, self.collector, answer.json()["id"])
        debits = [
            Debit(
                UUID(item["id"]),
                made["id"],
                {bill["invoice_id"]: bill["amount_cents"] for bill in item["documents"]},
            )
            for item in made["items"]
        ]
        assert max(self.least[0], 1) <= sum(debit.cents for debit in debits) <= due_cents
        self.debits += debits
        return True

    async def receive(self, number: int) -> None:
        if debit := choose_any([debit for debit in self.debits if debit.is_pending], number):
            debit.is_received = True
            await self._bank_tells(debit.cents, end_to_end_id=debit.id.hex)

    async def receive_by_number(self, number: int) -> None:
        """The bank tells the money of a debit with the number of its invoice, not with our id."""
        if debit := choose_any([debit for debit in self.pending if not debit.is_returned], number):
            await self._day_comes(debit)
            bills = [bill for bill in await self.invoices() if bill["id"] in debit.cents_of]
            numbers = " ".join(str(bill["number"]) for bill in bills)
            before = {row["id"] for row in await self._transactions()}
            await self._bank_tells(debit.cents, remittance=f"Facture {numbers}")
            (new,) = [row for row in await self._transactions() if row["id"] not in before]
            debit.is_received, debit.presumed_by = True, new["id"]

    async def _day_comes(self, debit: Debit) -> None:
        """Date the whole collection back to today: no statement is of a day to come."""
        async with (
            platform_of(self.client).database("billing") as database,
            database.transaction() as session,
        ):
            row = CollectionRow
            of_debit = update(row).where(row.id == UUID(debit.collection_id))
            await session.execute(of_debit.values(day=today()))

    async def take_back(self, number: int) -> None:
        """Take back what words or a person said of money; it waits for its meaning again."""
        words = ("reference", "invoice-number", "hand")
        rows = [row for row in await self._transactions() if row["matched_by"] in words]
        if row := choose_any(rows, number):
            url = payments_url(self.collector, "bank-transactions", row["id"], "assignment")
            answer = await self.client.delete(url)
            assert answer.status_code == 200, answer.text
            self.paid_cents -= row["amount_cents"]
            for debit in self.debits:
                if debit.presumed_by == row["id"]:
                    debit.is_received, debit.presumed_by = False, None

    async def return_(self, number: int) -> None:
        """The bank may tell a return before the credit that it takes back."""
        candidates = [
            debit for debit in self.debits if not debit.is_returned and not debit.is_rejected
        ]
        if debit := choose_any(candidates, number):
            debit.is_returned = True
            await self._bank_tells(-debit.cents, end_to_end_id=debit.id.hex, reason="AM04")

    async def reject(self, number: int) -> None:
        candidates = [debit for debit in self.debits if debit.is_pending and not debit.is_returned]
        if debit := choose_any(candidates, number):
            debit.is_rejected = True
            path = ("collections", debit.collection_id, "items", debit.id, "rejection")
            url = payments_url(self.collector, *path)
            answer = await self.client.post(url, json={"reason": "AM04"})
            assert answer.status_code == 200, answer.text

    async def transfer(self, cents: int) -> None:
        invoice = choose_any(await self.invoices(), cents)
        assert invoice is not None
        if cents in {debit.cents for debit in self.pending}:
            cents += 1  # nothing would tell it from the money of the debit
        await self._bank_tells(cents, remittance=invoice["number"])

    async def refund(self, cents: int) -> None:
        """What is left to her credit goes back, or more by mistake."""
        in_credit = [item for item in await self.items() if item["open_cents"] < 0]
        if credit := choose_any(in_credit, cents):
            back_cents = max(-credit["open_cents"], cents)
            self.paid_cents -= back_cents
            await refund(self.client, self.account, back_cents, credit["invoice_id"])

    async def pay_back(self, _: int) -> None:
        """All that nothing of hers takes, by a file for the bank."""
        url = payments_url(self.collector, "refunds", uuid4())
        body = {"day": next_banking_day(today()).isoformat(), "least_cents": 1}
        answer = await self.client.put(url, json=body)
        if answer.status_code != 200:
            assert answer.json()["type"] == "/problems/nothing-to-refund", answer.text
            return
        detail = (await self.client.get(url)).json()
        (item,) = detail["items"]
        cents_of = {paid["invoice_id"]: paid["amount_cents"] for paid in item["documents"]}
        transfer = PaidBack(UUID(item["id"]), detail["id"], cents_of)
        assert transfer.cents == item["amount_cents"] == detail["total_cents"]
        assert transfer.cents <= await self.due_cents() - await self.balance_cents()
        self.refunds.append(transfer)

    async def execute(self, number: int) -> None:
        """The bank makes a transfer, even one that it refused before."""
        candidates = [transfer for transfer in self.refunds if not transfer.is_executed]
        if transfer := choose_any(candidates, number):
            await self._execute(transfer)

    async def _execute(self, transfer: PaidBack) -> None:
        transfer.is_executed = True
        if not transfer.is_refused:
            await self._bank_tells(-transfer.cents, end_to_end_id=transfer.id.hex)
            return
        said = booked(-transfer.cents, end_to_end_id=transfer.id.hex)
        assert await bank_tells(self.client, self.account, said) == (1, 0)
        (waiting,) = [
            row
            for row in await self._transactions()
            if row["matched_by"] is None and row["end_to_end_id"] == transfer.id.hex
        ]
        self.paid_cents -= transfer.cents
        url = payments_url(self.collector, "bank-transactions", waiting["id"], "transfer")
        answer = await self.client.post(url, json={"item_id": str(transfer.id)})
        assert answer.status_code == 200, answer.text

    async def send_back(self, number: int) -> None:
        candidates = [
            transfer
            for transfer in self.refunds
            if transfer.is_executed and not transfer.is_returned
        ]
        if transfer := choose_any(candidates, number):
            transfer.is_returned = True
            await self._bank_tells(transfer.cents, end_to_end_id=transfer.id.hex, reason="AM05")

    async def refuse(self, number: int) -> None:
        """The bank rejects a transfer, or its file was not sent."""
        if transfer := choose_any(self.refunding, number):
            transfer.is_refused = True
            path: tuple[Any, ...] = ("refunds", transfer.refund_id, "cancellation")
            if number % 3:
                path = ("refunds", transfer.refund_id, "items", transfer.id, "rejection")
            url = payments_url(self.collector, *path)
            answer = await self.client.post(url, json={"reason": "AM05"} if number % 3 else None)
            assert answer.status_code == 200, answer.text

    async def write_off(self, number: int) -> None:
        seller = self.sellers[number % len(self.sellers)]
        debts = [
            item
            for item in await self.items_of(seller)
            if item["open_cents"] > item["doubtful_cents"] and not item["in_collection"]
        ]
        if item := choose_any(debts, number):
            kind = ("doubtful", "lost")[number // 8 % 2]
            body = {"invoice_id": item["invoice_id"], "kind": kind, "reason": "introuvable"}
            url = payments_url(seller, "write-offs", uuid4())
            answer = await self.client.put(url, json=body)
            assert answer.status_code == 200, answer.text
            if kind == "lost":
                self.lost_cents += answer.json()["amount_cents"]

    async def remind(self, _: int) -> None:
        reminders = []
        for seller in self.sellers:
            answer = await self.client.post(payments_url(seller, "reminders"), json={"day": None})
            assert answer.status_code == 200, answer.text
            reminders += answer.json()
        ids = {document["id"] for document in await self.documents()}
        reminded = [row["open_cents"] for row in reminders if row["invoice_id"] in ids]
        assert sum(reminded) <= await self.due_cents()
        # What is owed to the other sellers counts, and may have been reminded of before.
        assert not reminded or len(self.sellers) > 1 or sum(reminded) >= self.least[1]

    async def _transactions(self) -> list[dict[str, Any]]:
        url = payments_url(self.collector, "bank-transactions")
        answer = await self.client.get(url, params={"limit": 100})
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return rows

    async def _bank_tells(self, cents: int, **said: Any) -> None:  # noqa: ANN401 - of ``booked``
        assert await bank_tells(self.client, self.account, booked(cents, **said)) == (1, 1)
        self.paid_cents += cents

    async def settle(self) -> None:
        """Let the bank answer all, and collect until nothing can be."""
        for transfer in self.refunding:
            await self._execute(transfer)
        for debit in self.debits:
            if debit.is_pending:
                debit.is_received = True
                await self._bank_tells(debit.cents, end_to_end_id=debit.id.hex)
        if await self.collect(0):
            await self.settle()
        await self.remind(0)  # sets off what is left, where nothing could be collected


def choose_any(candidates: Sequence[Any], number: int) -> Any:  # noqa: ANN401 - debits or documents
    return candidates[number % len(candidates)] if candidates else None


async def treasury(billing: Billing, operator: httpx.AsyncClient) -> Treasury:
    coop, _, _ = await paying_coop(billing, operator, ["Anna"])
    account = (await operator.get(payments_url(coop.seller, "creditor"))).json()
    return Treasury(billing, operator, coop, account, [coop])
