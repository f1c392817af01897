"""Accruals at the end of a fiscal year: what is supplied then, and billed in the next one.

Source: plan comptable général (ANC 2014-03), 4181 (factures à établir), 4198 (avoirs à établir) and
44587 (taxes sur le chiffre d'affaires sur factures à établir).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.billing.domain.books.ledger import (
    Account,
    Books,
    EntryLine,
    EntrySource,
    Journal,
    JournalEntry,
    PartyAccount,
    SourceKind,
)

_TO_INVOICE = Account("418100", "Clients - factures à établir")
_TO_CREDIT = Account("419800", "Clients - avoirs à établir")
_VAT = Account("445870", "TVA sur factures à établir")


@dataclass(frozen=True)
class Accrual:
    """The sum still to be invoiced to a customer for a year; negative: to be credited.

    taxes_cents: the accise within excl_vat_cents.
    """

    customer: PartyAccount
    excl_vat_cents: int
    taxes_cents: int
    vat_cents: int

    @property
    def incl_vat_cents(self) -> int:
        return self.excl_vat_cents + self.vat_cents


def accrual_entry(
    owner_id: UUID, books: Books, fiscal_year: int, accruals: Sequence[Accrual]
) -> JournalEntry | None:
    """The entry of the last day of a year; None if there is nothing to accrue.

    Its VAT waits on 44587, whatever the rate: the invoices will say it by rate.
    """
    sold = books.accounts.named("sales"), books.accounts.named("taxes"), _VAT
    sums = [
        sum(accrual.excl_vat_cents - accrual.taxes_cents for accrual in accruals),
        sum(accrual.taxes_cents for accrual in accruals),
        sum(accrual.vat_cents for accrual in accruals),
    ]
    lines = [
        *(_owed(accrual) for accrual in accruals),
        *(EntryLine(account, -cents) for account, cents in zip(sold, sums, strict=True)),
    ]
    lines = [line for line in lines if line.amount_cents]
    if not lines:
        return None
    day = books.last_day(fiscal_year)
    return _entry(owner_id, day, f"FAE{fiscal_year}", fiscal_year, lines)


def _owed(accrual: Accrual) -> EntryLine:
    account = _TO_INVOICE if accrual.incl_vat_cents > 0 else _TO_CREDIT
    return EntryLine(account, accrual.incl_vat_cents, accrual.customer)


def _entry(
    owner_id: UUID, day: date, piece_ref: str, fiscal_year: int, lines: Sequence[EntryLine]
) -> JournalEntry:
    return JournalEntry(
        owner_id=owner_id,
        journal=Journal.MISCELLANEOUS,
        day=day,
        piece_ref=piece_ref,
        piece_day=day,
        label=f"Factures et avoirs à établir {fiscal_year}",
        source=EntrySource(SourceKind.ACCRUAL, uuid5(owner_id, f"accrual {fiscal_year}")),
        lines=lines,
    )


def reversed_accrual(entry: JournalEntry) -> JournalEntry:
    """The entry that takes an accrual back, on the first day of the next year."""
    day = entry.day + timedelta(days=1)
    return replace(
        entry,
        day=day,
        piece_day=day,
        label=f"Extourne {entry.label}",
        source=EntrySource(SourceKind.ACCRUAL_REVERSAL, entry.source.id),
        lines=[replace(line, amount_cents=-line.amount_cents) for line in entry.lines],
    )
