"""A person's word on a bank transaction: the invoices it pays, or that it is not ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.payments.matches import BY_IDS


class AssignmentMismatch(Problem):
    status, slug, title = 409, "assignment-mismatch", "The parts are not the transaction"
    example_detail = "The parts sum to 1718 cents, the transaction is of 1818."
    example_facts: ClassVar = {"amount_cents": 1818}


class AssignmentFixed(Problem):
    status, slug, title = 409, "assignment-fixed", "This cannot be taken back"
    example_detail = (
        "It was matched by end-to-end-id: only a later bank transaction can reverse it."
    )


@dataclass(frozen=True)
class AssignedPart:
    """The part of a transaction that pays an invoice, or refunds it if it is negative."""

    invoice_id: UUID
    amount_cents: int


@dataclass(frozen=True)
class PaidPart:
    """The part of a transaction that an invoice got, as people see it."""

    transaction_id: UUID
    invoice_id: UUID
    number: str
    issuer_name: str
    customer_name: str
    amount_cents: int


def check_parts(parts: Sequence[AssignedPart], amount_cents: int) -> None:
    """Raises AssignmentMismatch if they do not make up the amount, each with its sign."""
    sum_cents = sum(payment.amount_cents for payment in parts)
    if len({payment.invoice_id for payment in parts}) < len(parts):
        raise AssignmentMismatch("An invoice is named twice.", amount_cents=amount_cents)
    if any(payment.amount_cents * amount_cents <= 0 for payment in parts):
        raise AssignmentMismatch(
            "Each part has the sign of the transaction, and is not 0.", amount_cents=amount_cents
        )
    if sum_cents != amount_cents:
        raise AssignmentMismatch(
            f"The parts sum to {sum_cents} cents, the transaction is of {amount_cents}.",
            amount_cents=amount_cents,
        )


def check_not_by_ids(matched_by: str | None) -> None:
    """Our debits and transfers keep what the bank said of them. Raises AssignmentFixed."""
    if matched_by is None:
        raise AssignmentFixed("It is not matched: there is nothing to take back.")
    if matched_by in BY_IDS:
        raise AssignmentFixed(
            f"It was matched by {matched_by}: only a later bank transaction can reverse it."
        )


def source_of_entries(transaction_id: UUID, undone: int) -> UUID:
    """The source under which a transaction is entered, after it was taken back some times.

    The books only grow: what is entered again has another source, made of the same id.
    """
    return transaction_id if undone == 0 else uuid5(transaction_id, str(undone))
