"""Doubtful and lost debts, and credits that are set off: reasons and entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.books.ledger import (
    Accounts,
    EntryLine,
    EntrySource,
    Journal,
    JournalEntry,
    PartyAccount,
    SourceKind,
)
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.netting import SetOff


class NothingOwed(Problem):
    status, slug, title = 409, "nothing-owed", "Nothing is owed on this invoice"
    example_detail = "F2026-00001 is settled, or is doubtful already."
    example_facts: ClassVar = {"number": "F2026-00001"}


class InCollection(Problem):
    status, slug, title = 409, "in-collection", "The invoice is being collected"
    example_detail = "Wait for the bank's answer on F2026-00001, or cancel its collection."
    example_facts: ClassVar = {"number": "F2026-00001"}


class WriteOffUnknown(Problem):
    status, slug, title = 404, "write-off-unknown", "There is no such write-off"
    example_detail = "This seller has no write-off with this id."


class WriteOffFixed(Problem):
    status, slug, title = 409, "write-off-fixed", "A write-off does not change"
    example_detail = "This id belongs to another write-off: choose a new one."


class WriteOffKind(StrEnum):
    DOUBTFUL = "doubtful"
    LOST = "lost"


@dataclass(frozen=True)
class WriteOffOrder:
    """A request to write off."""

    id: UUID
    issuer_id: UUID
    invoice_id: UUID
    kind: WriteOffKind
    reason: str


@dataclass(frozen=True)
class WriteOff:
    """A change of the debt on an invoice to doubtful or lost, with its reason."""

    id: UUID
    invoice: OpenInvoice
    kind: WriteOffKind
    day: date
    reason: str

    def __post_init__(self) -> None:
        if self.amount_cents <= 0:
            raise NothingOwed(
                f"{self.invoice.number} is settled, or is doubtful already.",
                number=self.invoice.number,
            )

    @property
    def amount_cents(self) -> int:
        """The whole debt; to make it doubtful, the share that is not doubtful yet."""
        if self.kind is WriteOffKind.DOUBTFUL:
            return self.invoice.open_cents - self.invoice.doubtful_cents
        return self.invoice.open_cents


def write_off_entry(write_off: WriteOff, accounts: Accounts) -> JournalEntry:
    """Doubtful: 411 to 416. Lost: 411 and 416 to 654, VAT with it.

    Whether VAT is recovered (CGI 272, 1) needs a corrected document and is left to the accountant.
    """
    invoice = write_off.invoice
    customer = PartyAccount(invoice.customer_id, invoice.customer_name)
    doubtful_cents = invoice.doubtful_cents
    if write_off.kind is WriteOffKind.DOUBTFUL:
        moved = {"doubtful": write_off.amount_cents, "customers": -write_off.amount_cents}
        first: list[EntryLine] = []
    else:
        moved = {"doubtful": -doubtful_cents, "customers": doubtful_cents - invoice.open_cents}
        first = [EntryLine(accounts.named("losses"), write_off.amount_cents)]
    lines = [
        EntryLine(accounts.named(name), cents, customer, invoice.invoice_id)
        for name, cents in moved.items()
        if cents
    ]
    title = "Créance douteuse" if write_off.kind is WriteOffKind.DOUBTFUL else "Perte"
    return _entry(
        invoice,
        EntrySource(SourceKind.WRITE_OFF, write_off.id),
        write_off.day,
        f"{title} {invoice.number}",
        [*first, *lines],
    )


def set_off_entry(
    set_off_id: UUID, set_off: SetOff, *, day: date, accounts: Accounts
) -> JournalEntry:
    """A customer's credit pays the same customer's debt: 411 to 416, then to 411."""
    credit, invoice = set_off.credit, set_off.invoice
    customer = PartyAccount(invoice.customer_id, invoice.customer_name)
    paid = {
        "doubtful": set_off.doubtful_cents,
        "customers": set_off.amount_cents - set_off.doubtful_cents,
    }
    lines = [
        EntryLine(accounts.named("customers"), set_off.amount_cents, customer, credit.invoice_id),
        *(
            EntryLine(accounts.named(name), -cents, customer, invoice.invoice_id)
            for name, cents in paid.items()
            if cents
        ),
    ]
    label = f"Compensation {credit.number} {invoice.number}"
    return _entry(invoice, EntrySource(SourceKind.SET_OFF, set_off_id), day, label, lines)


def _entry(
    invoice: OpenInvoice, source: EntrySource, day: date, label: str, lines: Sequence[EntryLine]
) -> JournalEntry:
    return JournalEntry(
        owner_id=invoice.issuer_id,
        journal=Journal.MISCELLANEOUS,
        day=day,
        piece_ref=invoice.number,
        piece_day=invoice.issue_date,
        label=label,
        source=source,
        lines=lines,
    )
