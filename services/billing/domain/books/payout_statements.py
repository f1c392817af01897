"""The statement of a payout: what came, what went back, what was kept, and what is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.billing.domain.invoices.invoices import Party
from services.billing.domain.payments.payouts.movements import PayoutMovement, PayoutSums
from services.billing.domain.payments.payouts.payouts import payout_number


@dataclass(frozen=True, kw_only=True)
class PayoutStatement(PayoutSums):
    """A payout by the entries of both books; only the bank's word changes it.

    payee: as known today. since, until: the days in which the movements were entered.
    before_cents: kept by the payout before. owed_cents: before credits and reserve are kept.
    """

    item_id: UUID
    creditor_id: UUID
    creditor_name: str
    payee: Party
    day: date
    since: date
    until: date
    before_cents: int
    owed_cents: int
    credits_cents: int
    reserve_cents: int
    amount_cents: int
    movements: Sequence[PayoutMovement]
    executed_on: date | None
    returned_on: date | None
    cancelled_on: date | None
    return_reason: str | None

    @property
    def number(self) -> str:
        return payout_number(self.item_id)

    @property
    def has_failed(self) -> bool:
        """Whether the transfer came back, was rejected, or never sent."""
        is_off = self.cancelled_on is not None and self.executed_on is None
        return self.returned_on is not None or is_off
