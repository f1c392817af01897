"""Payouts of a creditor to the members for which it collects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.payments.banking_days import check_banking_day
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.payouts.movements import (
    PayoutMovement,
    PayoutSums,
    months_in_words,
)
from services.billing.domain.payments.transfers import TransferOrder


class NothingToPayOut(Problem):
    status, slug, title = 409, "nothing-to-pay-out", "Nothing can be paid out"
    example_detail = "All that was collected for others is paid out, on its way, or withheld."
    example_facts: ClassVar = {
        "skipped": [
            {
                "payee_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
                "name": "Soleils SAS",
                "owed_cents": 37200,
                "reason": "account-blocked",
            }
        ]
    }


class PayoutTooSoon(Problem):
    status, slug, title = 409, "payout-too-soon", "A payout cannot be dated in the past"
    example_detail = "Today is 2026-11-25: pay out on that day or later."
    example_facts: ClassVar = {"first_day": "2026-11-25"}


def transfer_batch_id(file_id: str) -> str:
    """The batch id of a file's transfers."""
    return f"{file_id}-T"


class NotPaidOut(StrEnum):
    """The reason why a payee gets nothing, although money is owed to it."""

    BLOCKED = "account-blocked"
    MISSING = "account-missing"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class PayeeAccount(PayoutSums):
    """The money that a payer holds for a payee, by both books, less transfers on their way.

    payee: None without a bank account. since, until: the days of what is new. before_cents: what
    the payout before left. movements: of customers' money, not in an earlier payout.
    owed_credits_cents: owed to the payee's customers. recent_cents: the share of recent direct
    debits to keep. blocked_by: the bank's code, if a transfer to this account came back.
    """

    payee_id: UUID
    name: str
    payee: Creditor | None
    since: date
    until: date
    before_cents: int
    owed_cents: int
    movements: Sequence[PayoutMovement] = ()
    owed_credits_cents: int = 0
    recent_cents: int = 0
    blocked_by: str | None = None

    @property
    def credits_cents(self) -> int:
        """The part that is kept to pay customers back."""
        return min(self.owed_credits_cents, max(self.owed_cents, 0))

    @property
    def reserve_cents(self) -> int:
        """The part of the rest that is kept for direct debits that may come back."""
        return min(self.recent_cents, max(self.owed_cents, 0) - self.credits_cents)

    @property
    def payable_cents(self) -> int:
        if self.payee is None or self.blocked_by is not None:
            return 0
        return max(self.owed_cents, 0) - self.credits_cents - self.reserve_cents

    @property
    def why_not(self) -> NotPaidOut | None:
        """The reason why none of the debt is paid; None if some is, or there is no debt."""
        if self.owed_cents <= 0 or self.payable_cents > 0:
            return None
        if self.payee is None:
            return NotPaidOut.MISSING
        return NotPaidOut.WITHHELD if self.blocked_by is None else NotPaidOut.BLOCKED


@dataclass(frozen=True)
class PayoutItem:
    """The payout to one payee."""

    id: UUID
    payee: Creditor
    account: PayeeAccount

    @property
    def amount_cents(self) -> int:
        return self.account.payable_cents

    def order(self, payer_name: str) -> TransferOrder:
        """Its text names the months, and the number that entries and its statement have, too."""
        months = months_in_words(self.account.since, self.account.until)
        return TransferOrder(
            end_to_end_id=self.id.hex,
            amount_cents=self.amount_cents,
            holder=self.payee.name,
            iban=self.payee.iban,
            bic=self.payee.bic,
            remittances=[f"Reversement {months} {payout_number(self.id)} {payer_name}"],
        )


def payout_number(item_id: UUID) -> str:
    return item_id.hex[:8].upper()


@dataclass(frozen=True)
class PayoutPlan:
    """The transfers to make, by name, and the payees who are owed something and get nothing."""

    items: Sequence[PayoutItem]
    skipped: Sequence[PayeeAccount] = ()

    @property
    def total_cents(self) -> int:
        return sum(item.amount_cents for item in self.items)


def check_payout_day(day: date, *, today: date) -> None:
    """Raises PayoutTooSoon, NotABankingDay."""
    if day < today:
        raise PayoutTooSoon(
            f"Today is {today}: pay out on that day or later.", first_day=today.isoformat()
        )
    check_banking_day(day)


def plan_payout(payout_id: UUID, accounts: Iterable[PayeeAccount]) -> PayoutPlan:
    """Plan to pay each payee what can be paid of what the payer owes it; debtors get nothing.

    Raises NothingToPayOut.
    """
    ordered = sorted(accounts, key=lambda account: (account.name, account.payee_id))
    items = [
        PayoutItem(uuid5(payout_id, str(account.payee_id)), account.payee, account)
        for account in ordered
        if account.payee is not None and account.payable_cents > 0
    ]
    skipped = [account for account in ordered if account.why_not is not None]
    if not items:
        raise NothingToPayOut(
            "All that was collected for others is paid out, on its way, or withheld.",
            skipped=[
                {
                    "payee_id": str(account.payee_id),
                    "name": account.name,
                    "owed_cents": account.owed_cents,
                    "reason": account.why_not,
                }
                for account in skipped
            ],
        )
    return PayoutPlan(items, skipped)
