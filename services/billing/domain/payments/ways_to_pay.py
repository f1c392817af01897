"""A customer's way to pay a seller: direct debit by mandate, or transfer to an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.billing.domain.payees import Payee
from services.billing.domain.payments.bank_details import mask_iban
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.mandates import Mandate, MandateUse, unusable_reason
from services.billing.domain.prices.sales import Parties
from services.billing.domain.wordings import MentionCode


@dataclass(frozen=True)
class WayToPay:
    """creditor: the member that collects, the seller or another in its place. payee: the latter.

    mandate: the one in force. lacks_convention: the seller's revenue may not be collected yet.
    """

    creditor: Creditor
    mandate: Mandate | None = None
    use: MandateUse = field(default_factory=MandateUse)
    payee: Payee | None = None
    lacks_convention: bool = False

    def mandate_on(self, day: date) -> Mandate | None:
        """The mandate, if it can be used for a collection on this day."""
        if self.creditor.ics is None or self.mandate is None or self.lacks_convention:
            return None
        return None if unusable_reason(self.mandate, self.use, day) else self.mandate


@dataclass(frozen=True)
class Collectors:
    """by_seller: the member that collects for each seller, itself or another.

    without_convention: the public bodies among the sellers for which another may not collect yet.
    """

    by_seller: Mapping[UUID, Creditor]
    without_convention: frozenset[UUID]


WaysToPay = Mapping[Parties, WayToPay]
"""The ways to pay the sellers whose payment details are known."""


def payment_mention(
    way: WayToPay, *, reference: str, due_date: date
) -> tuple[MentionCode, dict[str, str]]:
    """The mention of a way to pay on an invoice: its code and facts.

    reference: that a payer gives with a transfer.
    The debited account is masked, the account to pay to is shown in full. Sources: EPC016-06,
    4.3.4 (the debtor is informed of RUM, ICS and day); EN 16931-1, BG-17 and BG-19.
    """
    creditor = way.creditor
    if (mandate := way.mandate_on(due_date)) and creditor.ics:
        return MentionCode.SEPA_DIRECT_DEBIT, {
            "creditor_name": creditor.name,
            "ics": creditor.ics,
            "rum": mandate.rum,
            "account": mask_iban(mandate.account),
            "first_day": f"{due_date:%d/%m/%Y}",
        }
    return MentionCode.SEPA_TRANSFER, {
        "creditor_name": creditor.name,
        "iban": creditor.iban,
        "reference": reference,
    }
