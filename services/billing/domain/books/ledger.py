"""Double-entry bookkeeping: accounts of the French chart, and entries whose lines sum to zero."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.calendar import Month
from libs.common.errors import Problem

_NUMBER = re.compile(r"[0-9]{3,12}", re.ASCII)


class AccountsInvalid(Problem):
    status, slug, title = 409, "accounts-invalid", "These accounts do not suit the French chart"
    example_detail = "The account of sales is '604000': it has 3 to 12 digits and begins with 70."


class FiscalYearFixed(Problem):
    status, slug, title = 409, "fiscal-year-fixed", "The fiscal year is in use already"
    example_detail = "Entries are numbered by fiscal years that end in month 12."


class FiscalYearClosed(Problem):
    status, slug, title = 409, "fiscal-year-closed", "The fiscal year accepts no more entries"
    example_detail = "The books are closed until 2026-12-31: date it later."
    example_facts: ClassVar = {"closed_until": "2026-12-31"}


class Journal(StrEnum):
    """Codes of the journals, as the FEC shows them."""

    SALES = "VE"
    BANK = "BQ"
    MISCELLANEOUS = "OD"
    OPENING = "AN"


JOURNAL_TITLES = {
    Journal.SALES: "Ventes",
    Journal.BANK: "Banque",
    Journal.MISCELLANEOUS: "Opérations diverses",
    Journal.OPENING: "À nouveaux",
}


@dataclass(frozen=True)
class Account:
    number: str
    label: str


@dataclass(frozen=True)
class Accounts:
    """The accounts that an issuer's entries use.

    Source: plan comptable général (ANC 2014-03), classes 4, 5, 6 and 7. Customers and
    intermediaries are collective accounts: each party has an auxiliary account of its own.
    """

    customers: str = "411000"
    doubtful: str = "416000"
    vat: str = "44571"
    intermediaries: str = "467000"
    bank: str = "512000"
    suspense: str = "471000"
    losses: str = "654000"
    taxes: str = "447000"
    sales: str = "701000"

    def __post_init__(self) -> None:
        for field in fields(self):
            number, root = getattr(self, field.name), _ROOTS[field.name]
            if not _NUMBER.fullmatch(number) or not number.startswith(root):
                raise AccountsInvalid(
                    f"The account of {field.name} is {number!r}: it has 3 to 12 digits and begins"
                    f" with {root}."
                )

    def vat_at(self, rate: str) -> Account:
        """The account of VAT at a rate: 44571 2000 for 20 %, in hundredths of a percent."""
        return Account(f"{self.vat}{_hundredths(rate):04}", f"TVA collectée {_percent(rate)} %")

    def named(self, name: str) -> Account:
        return Account(getattr(self, name), _LABELS[name])


_ROOTS = {
    "customers": "411",
    "doubtful": "416",
    "vat": "4457",
    "intermediaries": "467",
    "bank": "51",
    "suspense": "471",
    "losses": "6",
    "sales": "70",
    "taxes": "447",
}
_LABELS = {
    "customers": "Clients",
    "doubtful": "Clients douteux ou litigieux",
    "intermediaries": "Autres comptes débiteurs ou créditeurs",
    "bank": "Banque",
    "suspense": "Compte d’attente",
    "losses": "Pertes sur créances irrécouvrables",
    "sales": "Ventes d’électricité",
    "taxes": "Accise sur l’électricité",
}


def account_root(name: str) -> str:
    """The first digits of the numbers of an account, whatever number the owner has chosen."""
    return _ROOTS[name]


def _hundredths(rate: str) -> int:
    """Hundredths of a percent: "0.055" is 550."""
    return int(Decimal(rate).scaleb(4))


def _percent(rate: str) -> str:
    """The percentage with a comma: "0.055" is 5,5."""
    return f"{Decimal(rate).scaleb(2).normalize():f}".replace(".", ",")


@dataclass(frozen=True)
class Books:
    """The terms of one owner's books. closed_year: the last closed fiscal year."""

    accounts: Accounts = Accounts()
    fiscal_year_end_month: int = 12
    closed_year: int | None = None

    def fiscal_year(self, day: date) -> int:
        """The year in which the fiscal year of a day ends."""
        return day.year + (day.month > self.fiscal_year_end_month)

    def last_day(self, fiscal_year: int) -> date:
        """The day on which a fiscal year is closed."""
        return Month(fiscal_year, self.fiscal_year_end_month).days[-1]

    @property
    def closed_until(self) -> date | None:
        """The last day for which entries are closed."""
        return None if self.closed_year is None else self.last_day(self.closed_year)

    def open_day(self, day: date) -> date:
        """The day itself if it is open, else the first open day."""
        if self.closed_until is None or day > self.closed_until:
            return day
        return self.closed_until + timedelta(days=1)

    def check_open(self, day: date) -> None:
        """Raises FiscalYearClosed."""
        if self.open_day(day) != day:
            raise FiscalYearClosed(
                f"The books are closed until {self.closed_until}: date it later.",
                closed_until=str(self.closed_until),
            )


@dataclass(frozen=True)
class PartyAccount:
    """An auxiliary account of a customer, or of the member that collects for the owner."""

    party_id: UUID
    name: str


@dataclass(frozen=True)
class EntryLine:
    """A debit (positive) or a credit (negative) of an account.

    invoice_id: the open item that the line opens, pays or writes off; its lines on the accounts
    of customers sum to the sum still owed.
    """

    account: Account
    amount_cents: int
    party: PartyAccount | None = None
    invoice_id: UUID | None = None


class SourceKind(StrEnum):
    """The origin of an entry; each source is entered once."""

    INVOICE = "invoice"
    BANK_TRANSACTION = "bank_transaction"
    BANK_REVERSAL = "bank_reversal"
    WRITE_OFF = "write_off"
    SET_OFF = "set_off"
    OPENING = "opening"
    ACCRUAL = "accrual"
    ACCRUAL_REVERSAL = "accrual_reversal"


@dataclass(frozen=True)
class EntrySource:
    kind: SourceKind
    id: UUID


@dataclass(frozen=True)
class JournalEntry:
    """One entry of an owner's books; its lines sum to zero, and none of them is zero."""

    owner_id: UUID
    journal: Journal
    day: date
    piece_ref: str
    piece_day: date
    label: str
    source: EntrySource
    lines: Sequence[EntryLine]

    def __post_init__(self) -> None:
        assert self.lines  # at least two, as a single line does not sum to zero
        assert all(line.amount_cents for line in self.lines)
        assert sum(line.amount_cents for line in self.lines) == 0

    @property
    def total_cents(self) -> int:
        """The sum of its debits, which equals that of its credits."""
        return sum(line.amount_cents for line in self.lines if line.amount_cents > 0)
