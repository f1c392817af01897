"""The least sums of an operation, below which money is left to grow (ADR 45)."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from services.billing.domain.payments.banking_days import next_banking_day

LONGEST_WAIT = timedelta(days=365)
"""After the due date. A household need not pay what nobody has asked for in two years: C. conso.
L218-2."""

_Id = TypeVar("_Id", bound=Hashable)


@dataclass(frozen=True)
class Thresholds:
    """In cents, VAT included; 0: none."""

    invoice_cents: int = 0
    debit_cents: int = 0
    remind_cents: int = 0
    correct_cents: int = 0


NO_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class SmallSum:
    """A sum that is asked for together with the others of its group, if they reach its least."""

    group: Hashable
    cents: int
    least_cents: int


def has_waited(due_date: date, day: date) -> bool:
    """Whether what was due then is asked for on this day, however small it is (ADR 52)."""
    return due_date + LONGEST_WAIT <= day


def debited_alone_from(due_date: date) -> date:
    """The first day on which banks debit what was due then, however small it is (ADR 52)."""
    return next_banking_day(due_date + LONGEST_WAIT)


def ids_below(sums: Mapping[_Id, SmallSum]) -> Collection[_Id]:
    """The sums that wait, as their groups do not reach what is the least for them.

    What waits lessens what its group comes to, so others of it may have to wait too.
    """
    left = dict(sums)
    while True:
        totals = Counter[Hashable]()
        for small in left.values():
            totals[small.group] += small.cents
        waiting = [key for key, small in left.items() if totals[small.group] < small.least_cents]
        if not waiting:
            return sums.keys() - left.keys()
        for key in waiting:
            del left[key]
