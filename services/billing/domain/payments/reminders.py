"""Overdue invoices and due reminders: by levels, on dated schedules."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.thresholds import (
    NO_THRESHOLDS,
    SmallSum,
    Thresholds,
    has_waited,
    ids_below,
)


class ScheduleInvalid(Problem):
    status, slug, title = 409, "schedule-invalid", "Reminder levels must come one after another"
    example_detail = "Each level must come later than the one before: 7, 21, 45."
    example_facts: ClassVar = {"after_days": [7, 21, 45]}


class ReminderUnknown(Problem):
    status, slug, title = 404, "reminder-unknown", "There is no such reminder"
    example_detail = "This seller has made no reminder with this id."


class ReminderInFuture(Problem):
    status, slug, title = 409, "reminder-in-future", "A reminder cannot be dated in the future"
    example_detail = "Today is 2026-12-13: date reminders on that day or earlier."
    example_facts: ClassVar = {"today": "2026-12-13"}


@dataclass(frozen=True)
class ReminderSchedule:
    """The days after the due date at which each level is due, for due dates from a day on."""

    valid_from: date
    after_days: tuple[int, ...]

    def __post_init__(self) -> None:
        if not all(earlier < later for earlier, later in pairwise((0, *self.after_days))):
            raise ScheduleInvalid(
                "Each level must come later than the one before: 7, 21, 45.",
                after_days=list(self.after_days),
            )


DEFAULT_SCHEDULE = ReminderSchedule(date.min, (7, 21, 45))
"""The co-op's custom, if an issuer has set none; no law says when to remind."""


@dataclass(frozen=True)
class Reminder:
    """A reminder of some level, made for an invoice."""

    invoice_id: UUID
    level: int
    day: date
    open_cents: int

    @property
    def id(self) -> str:
        """The id that people use; ``parse_reminder_id`` reads it."""
        return f"{self.invoice_id}-{self.level}"


def parse_reminder_id(text: str) -> tuple[UUID, int]:
    """The invoice and level in the id of a reminder."""
    invoice_id, _, level = text.rpartition("-")
    return UUID(invoice_id), int(level)


@dataclass(frozen=True)
class OpenState:
    """An open invoice today, and the steps taken about it."""

    invoice: OpenInvoice
    days_overdue: int
    in_collection: bool
    last_reminder: Reminder | None


def find_schedule(schedules: Iterable[ReminderSchedule], due_date: date) -> ReminderSchedule:
    """The schedule in force when an invoice fell due; later ones must not surprise a customer."""
    applicable = [schedule for schedule in schedules if schedule.valid_from <= due_date]
    return max(applicable, key=lambda schedule: schedule.valid_from, default=DEFAULT_SCHEDULE)


def days_overdue(invoice: OpenInvoice, day: date) -> int:
    """The days since the due date; 0 until that day, and for invoices that are not owed."""
    return max((day - invoice.due_date).days, 0) if invoice.open_cents > 0 else 0


def due_reminders(
    day: date,
    *,
    invoices: Iterable[OpenInvoice],
    schedules: Sequence[ReminderSchedule],
    made: Mapping[UUID, Reminder],
    pending: Collection[UUID],
    to_debit: Collection[UUID] = (),
    thresholds: Mapping[UUID, Thresholds] | None = None,
    beside_cents: Mapping[UUID, int] | None = None,
) -> list[Reminder]:
    """Return one reminder for each invoice whose next level is due.

    invoices: after the netting of credits. made: the last reminder of each invoice. to_debit:
    invoices that wait to be collected. No level is skipped, and the schedule's days lie between two
    levels, even if the first one came late.
    There is no reminder of an invoice that is being collected (pending, or with more open than its
    total), waits to be collected, or is doubtful. thresholds: by invoice; what a customer is
    reminded of on one day reaches those of all its invoices, with what it owes other sellers of the
    same collector (beside_cents, by customer).
    """
    due = [
        (invoice, Reminder(invoice.invoice_id, level, day, invoice.payable_cents))
        for invoice in invoices
        if invoice.invoice_id not in pending
        and invoice.invoice_id not in to_debit
        and not invoice.awaits_credit
        and invoice.payable_cents > 0
        and invoice.doubtful_cents == 0
        and (level := _next_level(invoice, day, schedules, made.get(invoice.invoice_id)))
    ]
    small = _small(due, thresholds or {}, beside_cents or {}, day)
    return [reminder for invoice, reminder in due if invoice.invoice_id not in small]


def _small(
    due: Collection[tuple[OpenInvoice, Reminder]],
    thresholds: Mapping[UUID, Thresholds],
    beside_cents: Mapping[UUID, int],
    day: date,
) -> Collection[UUID]:
    """The invoices whose reminders wait, as their customers would be reminded of too little.

    None of who owes something that has waited long.
    """
    long_owing = {invoice.customer_id for invoice, _ in due if has_waited(invoice.due_date, day)}
    return ids_below(
        {
            invoice.invoice_id: SmallSum(
                (invoice.issuer_id, invoice.customer_id),
                reminder.open_cents,
                thresholds.get(invoice.invoice_id, NO_THRESHOLDS).remind_cents
                - beside_cents.get(invoice.customer_id, 0),
            )
            for invoice, reminder in due
            if invoice.customer_id not in long_owing
        }
    )


def sum_overdue(invoices: Iterable[OpenInvoice], day: date) -> Mapping[UUID, int]:
    """Return the sums to ask of each customer, if they are past due.

    invoices: after the netting of credits.
    """
    overdue_cents = Counter[UUID]()
    for invoice in invoices:
        is_asked_for = not invoice.awaits_credit and invoice.doubtful_cents == 0
        if is_asked_for and invoice.payable_cents > 0 and days_overdue(invoice, day):
            overdue_cents[invoice.customer_id] += invoice.payable_cents
    return overdue_cents


def _next_level(
    invoice: OpenInvoice, day: date, schedules: Sequence[ReminderSchedule], last: Reminder | None
) -> int | None:
    schedule = find_schedule(schedules, invoice.due_date)
    done = last.level if last else 0
    if done >= len(schedule.after_days):
        return None
    after_days = schedule.after_days[done]
    if days_overdue(invoice, day) < after_days:
        return None
    if last is not None:
        apart_days = after_days - schedule.after_days[done - 1]
        if day < last.day + timedelta(days=apart_days):
            return None
    return done + 1
