"""Withdraw what was deposited before a month, and record that the DSO has it."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.commands.coefficient_deposits import check_deposits_open
from services.allocation.domain.keys.deposit_months import DepositKind
from services.allocation.store import copies, stale
from services.allocation.store.keys import deposits
from services.allocation.tables import CoefficientDepositRow, DepositSubmissionRow


class DepositNotCurrent(Problem):
    """current: the number of the deposit that counts, None if none does."""

    status, slug, title = 409, "deposit-not-current", "This deposit does not count any more"
    example_detail = "Deposit 1 of 2027-01 does not count: deposit 2 does."
    example_facts: ClassVar = {"current": 2}


class SubmissionMisdated(Problem):
    status, slug, title = 409, "submission-misdated", "A deposit was not sent at such a time"
    example_detail = (
        "Deposit 1 of 2027-01 was made at 2026-12-10T09:30:00+00:00: it was sent since."
    )


async def withdraw_deposit(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int, *, by: str
) -> tuple[CoefficientDepositRow, bool]:
    """Withdraw the deposit that counts; return the entry that says so, and whether it is new.

    The month is as if nothing had been deposited. Raises OperationUnknown, DepositUnknown,
    DepositNotTaken, DepositLate, DepositNotCurrent.
    """
    await _lock(session, operation_id)
    await check_deposits_open(session, operation_id, month)
    await deposits.get_deposit(session, operation_id, month, number)
    entries = await deposits.list_deposits(session, operation_id, month)
    last = entries[-1]
    if last.kind == DepositKind.WITHDRAWAL and last.number == number + 1:
        return await deposits.get_deposit(session, operation_id, month, last.number), False
    _check_current(last, number)
    row = CoefficientDepositRow(
        operation_id=operation_id,
        month=str(month),
        number=number + 1,
        kind=DepositKind.WITHDRAWAL,
        deposited_at=now_in(session),
        deposited_by=by,
        rules=None,
    )
    await deposits.add_deposit(session, row, ())
    return row, True


async def record_deposit_submission(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    number: int,
    *,
    by: str,
    sent_at: datetime | None = None,
    note: str | None = None,
) -> tuple[DepositSubmissionRow, bool]:
    """Record that the deposit that counts was sent; return its row, and whether it is new.

    What was recorded once stays as it was. Raises OperationUnknown, DepositUnknown,
    DepositNotCurrent, SubmissionMisdated.
    """
    await _lock(session, operation_id)
    deposit = await deposits.get_deposit(session, operation_id, month, number)
    earlier = await deposits.map_submissions(session, operation_id, month)
    if number in earlier:
        return earlier[number], False
    _check_current((await deposits.list_deposits(session, operation_id, month))[-1], number)
    recorded_at = now_in(session)
    row = DepositSubmissionRow(
        operation_id=operation_id,
        month=str(month),
        number=number,
        sent_at=(sent_at or recorded_at).astimezone(UTC),
        recorded_at=recorded_at,
        recorded_by=by,
        note=note,
    )
    _check_sent_at(deposit, row.sent_at, recorded_at)
    await deposits.add_submission(session, row)
    return row, True


async def _lock(session: AsyncSession, operation_id: OperationId) -> None:
    await stale.lock_operations(session, [operation_id])
    await copies.get_perimeter(session, operation_id)


def _check_current(last: CoefficientDepositRow, number: int) -> None:
    current = None if last.kind == DepositKind.WITHDRAWAL else last.number
    if current != number:
        counting = "nothing is deposited" if current is None else f"deposit {current} does"
        raise DepositNotCurrent(
            f"Deposit {number} of {last.month} does not count: {counting}.", current=current
        )


def _check_sent_at(deposit: CoefficientDepositRow, sent_at: datetime, now: datetime) -> None:
    if sent_at < deposit.deposited_at:
        raise SubmissionMisdated(
            f"Deposit {deposit.number} of {deposit.month} was made at"
            f" {deposit.deposited_at.isoformat()}: it was sent since."
        )
    if sent_at > now:
        raise SubmissionMisdated("Record what was sent once it is.")
