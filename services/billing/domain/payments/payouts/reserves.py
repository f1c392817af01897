"""The part of direct debits that a collector keeps, as they may come back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PayoutReserve:
    """The share of the direct debits of the last days that is not paid out yet.

    A debtor may have a SEPA Core direct debit refunded for eight weeks (EPC016-06, 4.3.4).
    """

    share_percent: int = 0
    days: int = 0

    def kept_cents(self, debited_cents: int) -> int:
        """Rounded up, so that the share is kept whole. debited_cents: of these days."""
        return -(-debited_cents * self.share_percent // 100)
