"""Transfers of payouts, as they appear on bank statements."""

from dataclasses import dataclass
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
    """A transfer as the bank is told to make it."""

    end_to_end_id: str
    amount_cents: int
    holder: str
    iban: str
    bic: str | None
    remittance: str


@dataclass
class Transfer:
    """Money that a payout sends to a payee."""

    id: UUID
    payee_id: UUID
    payee_name: str
    amount_cents: int
    is_executed: bool
    is_returned: bool


@dataclass
class Refunded:
    """Money that a refund sends to a customer, of a document's credit."""

    id: UUID
    invoice_id: UUID
    amount_cents: int
    is_executed: bool
    is_returned: bool


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
