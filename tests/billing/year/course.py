"""The year as it goes: settled, issued, collected, booked, paid out; month after month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx

from libs.common.calendar import Month, local_day
from tests.billing.money import payments_url
from tests.billing.statements import Booked, assigned, booked, unmatched
from tests.billing.world import Billing
from tests.billing.year.bank import (
    Bank,
    Order,
    booked_orders,
    mandate_body,
    put_new,
    working_day,
)
from tests.billing.year.sums import (
    Accounts,
    DocumentSum,
    corrections_of_month,
    documents_of_month,
)
from tests.billing.year.village import Customer, Seller, Village
from tests.support.clock import SetClock
from tests.support.waiting import until


@dataclass
class Course:
    """What the year has made so far, and what the test has noted of it by itself."""

    village: Village
    billing: Billing
    organiser: httpx.AsyncClient
    clock: SetClock
    bank: Bank
    accounts: Accounts = field(default_factory=Accounts)
    expected: list[DocumentSum] = field(default_factory=list)
    declared: dict[Month, list[DocumentSum]] = field(default_factory=dict)
    """By the month in which their VAT is chargeable."""
    documents: list[dict[str, Any]] = field(default_factory=list)
    debtors: dict[str, Customer] = field(default_factory=dict)
    """Who gave the mandate, by its RUM; of those in force."""
    ibans: dict[str, Seller] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.clock.now())

    def go_to(self, day: date) -> None:
        self.clock.set(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))

    # What is issued

    async def settle(self, month: Month) -> None:
        self.go_to(month.days[-1] + timedelta(days=5))
        await self.billing.tell(self.village.settlement(month))

    async def bill(self, month: Month, late: Month | None = None) -> None:
        """Issue the month, and correct the late one on the same day."""
        answer = await self.organiser.post(f"{self.village.url}/months/{month}/drafts")
        assert answer.status_code == 200, answer.text
        await self._issue(answer.json()["invoices"], documents_of_month(self.village, month), month)
        if late is not None:
            await self.correct(late)

    async def correct(self, month: Month) -> None:
        await self.billing.tell(*self.village.late_settlement(month))
        url = f"{self.village.url}/months/{month}/corrections"

        async def read() -> Any:  # noqa: ANN401 - JSON
            return (await self.organiser.get(url)).json()

        corrections = await until(
            "the late settlement is drafted",
            read,
            lambda body: body["revisions"][-1]["state"] == "drafted",
        )
        drafts = [{"id": draft_id} for draft_id in corrections["draft_ids"]]
        corrected = corrections_of_month(self.village, month)
        await self._issue(drafts, corrected, Month.of(self.today))

    async def _issue(
        self,
        drafts: Sequence[Mapping[str, Any]],
        expected: Iterator[DocumentSum],
        chargeable_in: Month,
    ) -> None:
        body = {
            "invoice_ids": [draft["id"] for draft in drafts],
            "issue_date": self.today.isoformat(),
        }
        answer = await self.organiser.post("/billing/invoices/issue", json=body)
        assert answer.status_code == 200, answer.text
        self.documents += answer.json()
        for document in expected:
            self.expected.append(document)
            self.declared.setdefault(chargeable_in, []).append(document)
            seller = next(
                seller for seller in self.village.sellers if seller.name == document.seller
            )
            customer = self.village.customer(document.customer)
            self.accounts.owe(seller, customer, document.sign * document.incl_vat_cents)

    async def make_notices(self) -> None:
        """From now on customers of both sellers get one notice of all that is issued together."""
        names = ["invoices", "reminders", "pre_notifications", "reminders_when_due"]
        policy = {**dict.fromkeys(names, False), "payment_notices": True}
        url = payments_url(self.village.association, "mail-policy")
        answer = await self.organiser.put(url, json=policy)
        assert answer.status_code == 200, answer.text

    # What is paid

    async def sign_mandate(self, customer: Customer, rum: str) -> None:
        body = mandate_body(customer.member_id, rum, self.today)
        await put_new(self.organiser, self.village.association, "mandates", body)
        self.debtors = {
            other: debtor for other, debtor in self.debtors.items() if debtor is not customer
        } | {rum: customer}

    async def collect(self) -> list[Order]:
        """A file that debits each customer with a mandate of what they owe, whatever is in it."""
        day = working_day(self.today + timedelta(days=17))
        body = {"collection_date": day.isoformat(), "notified_on": self.today.isoformat()}
        made = await put_new(self.organiser, self.village.association, "collections", body)
        debits = await self.bank.read_debits(self.organiser, made["id"])
        by_rum: dict[str, int] = {}
        for debit in debits:
            by_rum[debit.party] = by_rum.get(debit.party, 0) + debit.cents
        owed = {
            rum: sum(cents for _, cents in self.debts(customer))
            for rum, customer in self.debtors.items()
        }
        assert by_rum == {rum: cents for rum, cents in owed.items() if cents}
        return debits

    def debts(self, customer: Customer) -> list[tuple[Seller, int]]:
        """What the customer owes each seller to whom they owe anything."""
        balances = [
            (seller, self.accounts.balance_cents(seller, customer))
            for seller in self.village.sellers
        ]
        return [(seller, cents) for seller, cents in balances if cents > 0]

    async def book_debits(
        self, debits: Sequence[Order], returned: Mapping[str, str]
    ) -> list[Booked]:
        """All are booked, and those of some customers come back at once, for a reason."""
        entries = booked_orders(debits)
        for name, reason in returned.items():
            customer = self.village.customer(name)
            of_customer = [debit for debit in debits if self.debtors[debit.party] is customer]
            assert of_customer
            entries += booked_orders(of_customer, sign=-1, reason=reason)
        names = {self.village.customer(name).name for name in returned}
        for customer in self.debtors.values():
            if customer.name not in names:
                for seller, cents in self.debts(customer):
                    self.accounts.pay(seller, customer, cents)
        return entries

    async def pay_by_transfer(self, name: str, *, more_cents: int = 0) -> list[Booked]:
        """A transfer to each seller's newest invoice, with its reference, of all that is owed."""
        customer, entries = self.village.customer(name), []
        for seller, cents in self.debts(customer):
            paid_cents = cents + more_cents
            reference = await self.reference(seller, customer)
            entries.append(booked(paid_cents, remittance=f"Facture {reference}", name="X"))
            self.accounts.pay(seller, customer, paid_cents)
        return entries

    async def pay_at_once(self, name: str) -> list[Booked]:
        """One transfer for the invoices of all sellers, with their references."""
        customer = self.village.customer(name)
        debts = self.debts(customer)
        references = [await self.reference(seller, customer) for seller, _ in debts]
        for seller, cents in debts:
            self.accounts.pay(seller, customer, cents)
        return [booked(sum(cents for _, cents in debts), remittance=" ".join(references))]

    async def pay_notice(self, name: str) -> Booked:
        """One transfer for all that is owed, with the reference of the newest notice."""
        customer = self.village.customer(name)
        params = {"operation_id": self.village.operation_id}
        answer = await self.organiser.get("/billing/payment-notices", params=params)
        assert answer.status_code == 200, answer.text
        notice = next(
            notice for notice in answer.json() if notice["customer_id"] == str(customer.member_id)
        )
        debts = self.debts(customer)
        assert notice["payable_cents"] == sum(cents for _, cents in debts)
        for seller, cents in debts:
            self.accounts.pay(seller, customer, cents)
        return booked(notice["payable_cents"], remittance=notice["account"]["reference"])

    async def pay_without_reference(self, name: str) -> None:
        """A transfer that tells nothing waits until a person splits it over the invoices."""
        customer = self.village.customer(name)
        debts = self.debts(customer)
        self.go_to(self.today + timedelta(days=1))
        body = await self.bank.book(
            self.organiser, booked(sum(cents for _, cents in debts), remittance="merci")
        )
        assert body["matched"] == 0
        (waiting,) = await unmatched(self.organiser, self.village.association)
        payments = [
            payment
            for seller, cents in debts
            for payment in assigned(self.newest(seller, customer)["id"], cents)["payments"]
        ]
        url = payments_url(
            self.village.association, "bank-transactions", waiting["id"], "assignment"
        )
        answer = await self.organiser.post(url, json={"payments": payments})
        assert answer.status_code == 200, answer.text
        for seller, cents in debts:
            self.accounts.pay(seller, customer, cents)

    def newest(self, seller: Seller, customer: Customer) -> dict[str, Any]:
        """The invoice of the last month: a corrected one may be paid already."""
        of_pair = [
            document
            for document in self.documents
            if document["kind"] == "invoice"
            and document["issuer"]["member_id"] == str(seller.member_id)
            and document["customer"]["member_id"] == str(customer.member_id)
        ]
        return max(of_pair, key=lambda document: str(document["month"]))

    async def reference(self, seller: Seller, customer: Customer) -> str:
        answer = await self.organiser.get(
            f"/billing/invoices/{self.newest(seller, customer)['id']}"
        )
        return str(answer.json()["payment"]["account"]["reference"])

    # What goes to the sellers

    async def pay_out(self) -> list[Booked]:
        """What came for each seller, but for what its customers may get back."""
        body = {"day": working_day(self.today + timedelta(days=1)).isoformat()}
        made = await put_new(self.organiser, self.village.association, "payouts", body)
        transfers = await self.bank.read_transfers(self.organiser, made["id"])
        url = payments_url(self.village.association, "payouts", made["id"])
        items = (await self.organiser.get(url)).json()["items"]
        statements = {
            item["payee_id"]: (
                await self.organiser.get(f"{url}/items/{item['id']}/statement")
            ).json()
            for item in items
        }
        assert len(items) == len(transfers)
        for transfer in transfers:
            seller = self.ibans[transfer.party]
            held_cents, credits_cents = self.held_cents(seller), self.credits_cents(seller)
            statement = statements[str(seller.member_id)]
            assert transfer.cents == statement["amount_cents"] == held_cents - credits_cents
            assert statement["owed_cents"] == held_cents
            assert statement["credits_cents"] == credits_cents
            self.accounts.paid_out_cents[seller.member_id] += transfer.cents
        return booked_orders(transfers, sign=-1)

    def credits_cents(self, seller: Seller) -> int:
        """What customers may get back of it."""
        return sum(
            max(0, -self.accounts.balance_cents(seller, customer))
            for customer in self.village.customers
        )

    def held_cents(self, seller: Seller) -> int:
        return self.accounts.received_cents(seller) - self.accounts.paid_out_cents[seller.member_id]
