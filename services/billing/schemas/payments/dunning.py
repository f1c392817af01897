"""Bodies of the routes about overdue invoices. Amounts in cents."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.texts import ReasonField
from services.billing.domain.books.write_offs import WriteOffKind, WriteOffOrder
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.reminders import OpenState, Reminder, ReminderSchedule

REMINDER_PATTERN = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[1-9]$"

_AfterDays = Annotated[int, Field(ge=1, le=3650)]


class OpenItemOut(BodyOut):
    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    reference: str = Field(
        description="that a payer gives, ISO 11649", examples=["RF55HNMHTZNF202600001"]
    )
    issue_date: date
    due_date: date = Field(examples=["2026-12-05"])
    total_cents: int = Field(description="VAT included", examples=[108])
    open_cents: int = Field(description="negative: owed to the customer", examples=[108])
    doubtful_cents: int = Field(description="of it, the doubtful sum", examples=[0])
    days_overdue: int = Field(examples=[8])
    in_collection: bool = Field(examples=[False])
    reminder_level: int = Field(description="of the last reminder; 0: none", examples=[1])
    reminded_on: date | None = Field(examples=["2026-12-13"])


class CustomerBalanceOut(BodyOut):
    """A customer's open sum, and its invoices."""

    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    open_cents: int = Field(examples=[108])
    overdue_cents: int = Field(examples=[108])
    items: list[OpenItemOut]

    @classmethod
    def all_of(cls, states: Iterable[OpenState]) -> list[Self]:
        """One balance per customer. states: grouped by customer."""
        groups = groupby(states, key=lambda state: state.invoice.customer_id)
        return [cls._balance(list(group)) for _, group in groups]

    @classmethod
    def _balance(cls, states: list[OpenState]) -> Self:
        first = states[0].invoice
        return cls(
            customer_id=first.customer_id,
            customer_name=first.customer_name,
            open_cents=sum(state.invoice.open_cents for state in states),
            overdue_cents=sum(state.invoice.open_cents for state in states if state.days_overdue),
            items=[_item(state) for state in states],
        )


def _item(state: OpenState) -> OpenItemOut:
    last = state.last_reminder
    return OpenItemOut(
        invoice_id=state.invoice.invoice_id,
        number=state.invoice.number,
        reference=creditor_reference(state.invoice.issuer_id, state.invoice.number),
        issue_date=state.invoice.issue_date,
        due_date=state.invoice.due_date,
        total_cents=state.invoice.total_cents,
        open_cents=state.invoice.open_cents,
        doubtful_cents=state.invoice.doubtful_cents,
        days_overdue=state.days_overdue,
        in_collection=state.in_collection,
        reminder_level=last.level if last else 0,
        reminded_on=last.day if last else None,
    )


class ScheduleIn(BodyIn):
    """An issuer's reminder schedule, for invoices due from a day on."""

    valid_from: DayField = Field(examples=["2026-01-01"])
    after_days: list[_AfterDays] = Field(
        min_length=1,
        max_length=9,
        description="days after the due date, one per level, ascending",
        examples=[[7, 21, 45]],
    )

    @property
    def schedule(self) -> ReminderSchedule:
        """Raises ScheduleInvalid."""
        return ReminderSchedule(self.valid_from, tuple(self.after_days))


class ScheduleOut(BodyOut):
    valid_from: date
    after_days: list[int] = Field(examples=[[7, 21, 45]])

    @classmethod
    def all_of(cls, schedules: Iterable[ReminderSchedule]) -> list[Self]:
        return [
            cls(valid_from=schedule.valid_from, after_days=list(schedule.after_days))
            for schedule in schedules
        ]


class RemindIn(BodyIn):
    day: date | None = Field(
        None,
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="today in Paris, the default, or earlier",
        examples=["2026-12-13"],
    )


class ReminderOut(BodyOut):
    id: str = Field(
        description="the invoice's id and the level; the list takes it as `after`",
        examples=["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10-1"],
    )
    invoice_id: UUID
    level: int = Field(examples=[1])
    day: date = Field(examples=["2026-12-13"])
    open_cents: int = Field(description="owed on that day", examples=[108])

    @classmethod
    def all_of(cls, reminders: Iterable[Reminder]) -> list[Self]:
        return [cls.model_validate(reminder) for reminder in reminders]


class WriteOffIn(BodyIn):
    """A write-off of the whole debt on an invoice."""

    invoice_id: UUID = Field(examples=["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"])
    kind: WriteOffKind = Field(description="`doubtful` to 416, `lost` to 654")
    reason: ReasonField = Field(examples=["Liquidation judiciaire du 2026-11-02"])

    def order(self, issuer_id: UUID, write_off_id: UUID) -> WriteOffOrder:
        return WriteOffOrder(write_off_id, issuer_id, self.invoice_id, self.kind, self.reason)


class WriteOffOut(BodyOut):
    id: UUID
    invoice_id: UUID
    kind: WriteOffKind
    amount_cents: int = Field(examples=[108])
    day: date = Field(examples=["2026-12-20"])
    reason: str = Field(examples=["Liquidation judiciaire du 2026-11-02"])
