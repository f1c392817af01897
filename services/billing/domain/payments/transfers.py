"""Transfers of payouts and refunds, as they appear on bank statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem


class TransferMismatch(Problem):
    status, slug, title = (
        409,
        "transfer-mismatch",
        "The transaction does not belong to this transfer",
    )
    example_detail = "The transfer is of 37200 cents, and may be executed and returned once each."
    example_facts: ClassVar = {"amount_cents": 37200}


@dataclass(frozen=True)
class TransferOrder:
    """A transfer as the bank is told to make it.

    remittances: its text, each time shorter; the payee reads the longest that a bank takes.
    """

    end_to_end_id: str
    amount_cents: int
    holder: str
    iban: str
    bic: str | None
    remittances: Sequence[str]


@dataclass
class Transfer:
    """Money that a payout sends to a payee."""

    id: UUID
    payee_id: UUID
    payee_name: str
    amount_cents: int
    is_executed: bool
    is_returned: bool


@dataclass(frozen=True)
class RefundedCredit:
    """The part of a document's credit that a transfer pays back."""

    invoice_id: UUID
    amount_cents: int


@dataclass
class Refunded:
    """Money that a refund sends to a customer, of the credits of documents."""

    id: UUID
    credits: Sequence[RefundedCredit]
    is_executed: bool
    is_returned: bool

    @property
    def amount_cents(self) -> int:
        return sum(credit.amount_cents for credit in self.credits)


@dataclass(frozen=True)
class TransferCandidate:
    """A transfer that a transaction may be. id: what the file calls it. member_id: who is paid.

    numbers: of the documents that a refund pays back. is_cancelled: or rejected by the bank.
    """

    id: UUID
    day: date
    member_id: UUID
    name: str
    is_refund: bool
    numbers: Sequence[str]
    is_cancelled: bool


def check_transfer(transfer: Transfer | Refunded, amount_cents: int) -> None:
    """Refuse a transaction that can neither have executed nor returned the transfer.

    amount_cents: of the transaction, negative if money went away. Raises TransferMismatch.
    """
    done = transfer.is_executed if amount_cents < 0 else transfer.is_returned
    if abs(amount_cents) != transfer.amount_cents or done:
        raise TransferMismatch(
            f"The transfer is of {transfer.amount_cents} cents, and may be executed and returned"
            " once each.",
            amount_cents=transfer.amount_cents,
        )
