"""Closing a fiscal year: its result, and the opening entry of the next one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.books.ledger import (
    Account,
    Books,
    EntryLine,
    EntrySource,
    Journal,
    JournalEntry,
    SourceKind,
)

# Plan comptable général (ANC 2014-03): classes 1 to 5 are the balance sheet, 6 and 7 the result.
_INCOME = ("6", "7")
_PROFIT = Account("120000", "Résultat de l’exercice (bénéfice)")
_LOSS = Account("129000", "Résultat de l’exercice (perte)")


class FiscalYearRunning(Problem):
    status, slug, title = 409, "fiscal-year-running", "The fiscal year is not over"
    example_detail = "The fiscal year 2026 ends on 2026-12-31: close it after that day."
    example_facts: ClassVar = {"last_day": "2026-12-31"}


class EarlierYearOpen(Problem):
    status, slug, title = 409, "earlier-year-open", "An earlier fiscal year is not closed"
    example_detail = "The fiscal year 2025 has entries: close it first."
    example_facts: ClassVar = {"fiscal_year": 2025}


@dataclass(frozen=True)
class Closing:
    """A closed fiscal year. result_cents: income less expenses, negative for a loss."""

    fiscal_year: int
    closed_on: date
    result_cents: int


def check_may_close(
    books: Books, fiscal_year: int, *, today: date, with_entries: Collection[int]
) -> None:
    """Check that the year is over and that no earlier year is open.

    with_entries: the fiscal years that have entries. Raises FiscalYearRunning, EarlierYearOpen.
    """
    last_day = books.last_day(fiscal_year)
    if today <= last_day:
        raise FiscalYearRunning(
            f"The fiscal year {fiscal_year} ends on {last_day}: close it after that day.",
            last_day=str(last_day),
        )
    is_open = [
        year for year in with_entries if books.closed_year is None or year > books.closed_year
    ]
    if (first := min(is_open, default=fiscal_year)) < fiscal_year:
        raise EarlierYearOpen(
            f"The fiscal year {first} has entries: close it first.", fiscal_year=first
        )


def result_cents(balances: Iterable[EntryLine]) -> int:
    return -sum(balance.amount_cents for balance in balances if _is_income(balance))


def opening_entry(
    owner_id: UUID, books: Books, closed: int, balances: Sequence[EntryLine]
) -> JournalEntry | None:
    """Return the first entry of the next year: the final balance of each balance-sheet account.

    balances: of all accounts in the closed year, by party and invoice, so that a payment of the
    next year settles the line that carries its invoice forward. Income and expenses start from
    zero: their difference goes to the result. None when every balance is zero.
    """
    carried = [balance for balance in balances if not _is_income(balance) and balance.amount_cents]
    result = result_cents(balances)
    if result:
        carried.append(EntryLine(_PROFIT if result > 0 else _LOSS, -result))
    if not carried:
        return None
    year, day = closed + 1, books.last_day(closed) + timedelta(days=1)
    return JournalEntry(
        owner_id=owner_id,
        journal=Journal.OPENING,
        day=day,
        piece_ref=f"AN{year}",
        piece_day=day,
        label=f"À nouveaux {year}",
        source=EntrySource(SourceKind.OPENING, uuid5(owner_id, f"opening {year}")),
        lines=carried,
    )


def _is_income(line: EntryLine) -> bool:
    return line.account.number.startswith(_INCOME)
