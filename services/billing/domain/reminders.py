"""Who is overdue, and which reminder is due: by levels, on a schedule that is dated."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.collecting import OpenInvoice


class ScheduleInvalid(Problem):
    status, slug, title = 409, "schedule-invalid", "Reminders come one after another"
    example_detail = "Each level comes later than the one before: 7, 21, 45."
    example_facts: ClassVar = {"after_days": [7, 21, 45]}


class ReminderUnknown(Problem):
    status, slug, title = 404, "reminder-unknown", "There is no such reminder"
    example_detail = "This seller has made no reminder with this id."


class ReminderInFuture(Problem):
    status, slug, title = 409, "reminder-in-future", "Nobody is reminded ahead of time"
    example_detail = "Today is 2026-12-13: make reminders on that day, or of one before."
    example_facts: ClassVar = {"today": "2026-12-13"}


@dataclass(frozen=True)
class Schedule:
    """Days after the due date at which each level is due, for what is due from a day on."""

    valid_from: date
    after_days: tuple[int, ...]

    def __post_init__(self) -> None:
        if not all(earlier < later for earlier, later in pairwise((0, *self.after_days))):
            raise ScheduleInvalid(
                "Each level comes later than the one before: 7, 21, 45.",
                after_days=list(self.after_days),
            )


DEFAULT_SCHEDULE = Schedule(date.min, (7, 21, 45))
"""The co-op's own custom where an issuer has set nothing; no law says when to remind."""


@dataclass(frozen=True)
class Reminder:
    """A level of reminder that was made of an invoice."""

    invoice_id: UUID
    level: int
    day: date
    open_cents: int

    @property
    def id(self) -> str:
        """As people name it: ``parse_reminder_id`` reads it."""
        return f"{self.invoice_id}-{self.level}"


def parse_reminder_id(text: str) -> tuple[UUID, int]:
    """The invoice and the level that the id of a reminder names."""
    invoice_id, _, level = text.rpartition("-")
    return UUID(invoice_id), int(level)


@dataclass(frozen=True)
class OpenState:
    """What is open of an invoice today, and what was done about it."""

    invoice: OpenInvoice
    days_overdue: int
    in_collection: bool
    last_reminder: Reminder | None


def find_schedule(schedules: Iterable[Schedule], due_date: date) -> Schedule:
    """The one that was in force when an invoice fell due: later ones do not surprise a customer."""
    known = [one for one in schedules if one.valid_from <= due_date]
    return max(known, key=lambda one: one.valid_from, default=DEFAULT_SCHEDULE)


def days_overdue(invoice: OpenInvoice, day: date) -> int:
    """0 on the due date and before, and for what is not owed."""
    return max((day - invoice.due_date).days, 0) if invoice.open_cents > 0 else 0


def due_reminders(
    day: date,
    *,
    invoices: Iterable[OpenInvoice],
    schedules: Sequence[Schedule],
    made: Mapping[UUID, Reminder],
    pending: Collection[UUID],
    to_debit: Collection[UUID] = (),
) -> list[Reminder]:
    """One reminder for each invoice whose next level is due.

    made: the last one of each invoice. to_debit: invoices that wait to be collected. No level is
    passed over, and as many days lie between two as the schedule says, even if the first came late.
    Nobody is reminded of what is being collected (pending, or more is open than its total), waits
    to be collected, or is doubtful.
    """
    return [
        Reminder(one.invoice_id, level, day, one.open_cents)
        for one in invoices
        if one.invoice_id not in pending
        and one.invoice_id not in to_debit
        and not one.awaits_credit
        and one.doubtful_cents == 0
        and (level := _next_level(one, day, schedules, made.get(one.invoice_id)))
    ]


def _next_level(
    invoice: OpenInvoice, day: date, schedules: Sequence[Schedule], last: Reminder | None
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
