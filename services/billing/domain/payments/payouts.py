"""Payouts of a creditor to the members for which it collects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.payments.banking_days import check_banking_day
from services.billing.domain.payments.creditors import Creditor


class NothingToPayOut(Problem):
    status, slug, title = 409, "nothing-to-pay-out", "Nothing is owed to anybody"
    example_detail = "All that was collected for others is paid out, or on its way."


class PayoutTooSoon(Problem):
    status, slug, title = 409, "payout-too-soon", "A payout cannot be dated in the past"
    example_detail = "Today is 2026-11-25: pay out on that day or later."
    example_facts: ClassVar = {"first_day": "2026-11-25"}


def transfer_batch_id(file_id: str) -> str:
    """The batch id of a file's transfers."""
    return f"{file_id}-T"


@dataclass(frozen=True)
class PayoutItem:
    """The payout to one payee."""

    id: UUID
    payee: Creditor
    amount_cents: int

    @property
    def end_to_end_id(self) -> str:
        return self.id.hex


@dataclass(frozen=True)
class PayoutPlan:
    items: Sequence[PayoutItem]

    @property
    def total_cents(self) -> int:
        return sum(item.amount_cents for item in self.items)


def plan_payout(
    payout_id: UUID,
    day: date,
    *,
    today: date,
    owed_cents: Mapping[UUID, int],
    payees: Mapping[UUID, Creditor],
) -> PayoutPlan:
    """Plan to pay each payee all that the creditor owes it, by name; debtors get nothing.

    Raises PayoutTooSoon, NotABankingDay, NothingToPayOut.
    """
    if day < today:
        raise PayoutTooSoon(
            f"Today is {today}: pay out on that day or later.", first_day=today.isoformat()
        )
    check_banking_day(day)
    items = [
        PayoutItem(uuid5(payout_id, str(member_id)), payee, owed_cents.get(member_id, 0))
        for member_id, payee in payees.items()
        if owed_cents.get(member_id, 0) > 0
    ]
    if not items:
        raise NothingToPayOut("All that was collected for others is paid out, or on its way.")
    return PayoutPlan(sorted(items, key=lambda item: (item.payee.name, item.payee.member_id)))
