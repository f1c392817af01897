"""Withdraw what was deposited before a month, and record that the DSO has it."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.commands.coefficient_deposits.depositing import check_deposits_open
from services.allocation.commands.ruling_changes import mark_days_shared_otherwise
from services.allocation.domain.keys.deposit_months import DepositKind
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.store import copies, stale
from services.allocation.store.keys import deposits
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.tables import CoefficientDepositRow, DepositSubmissionRow


class DepositNotCurrent(Problem):
    """current: the number of the deposit that counts, None if none does."""

    status, slug, title = 409, "deposit-not-current", "This deposit does not count any more"
    example_detail = "Deposit 1 of 2027-01 does not count: deposit 2 does."
    example_facts: ClassVar = {"current": 2}


class SubmissionMisdated(Problem):
    status, slug, title = 409, "submission-misdated", "A deposit cannot have been sent at this time"
    example_detail = "Send the deposit first, then record it."


async def withdraw_deposit(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int, *, by: str
) -> tuple[CoefficientDepositRow, bool]:
    """Withdraw the deposit that counts; return the entry that says so, and whether it is new.

    The month is as if nothing had been deposited; one that was withdrawn before stays so. Raises
    OperationUnknown, DepositUnknown, DepositNotTaken, DepositLate, DepositNotCurrent.
    """
    await _lock(session, operation_id)
    await deposits.get_deposit(session, operation_id, month, number)
    entries = await deposits.list_deposits(session, operation_id, month)
    last = entries[-1]
    if last.kind == DepositKind.WITHDRAWAL and last.number == number + 1:
        return await deposits.get_deposit(session, operation_id, month, last.number), False
    await check_deposits_open(session, operation_id, month)
    keys = await get_operation_keys(session, operation_id)
    _check_current(keys, month, number)
    row = CoefficientDepositRow(
        operation_id=operation_id,
        month=str(month),
        number=number + 1,
        kind=DepositKind.WITHDRAWAL,
        deposited_at=now_in(session),
        deposited_by=by,
        rules=None,
        forecast=None,
    )
    await deposits.add_deposit(session, row, ())
    await mark_days_shared_otherwise(session, operation_id, keys, month=month)
    await stale.mark_deposit_months(session, [operation_id])
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
    await deposits.get_deposit(session, operation_id, month, number)
    earlier = await deposits.map_submissions(session, operation_id, month)
    if number in earlier:
        return earlier[number], False
    _check_current(await get_operation_keys(session, operation_id), month, number)
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
    if row.sent_at > recorded_at:
        raise SubmissionMisdated("Send the deposit first, then record it.")
    await deposits.add_submission(session, row)
    await stale.mark_deposit_months(session, [operation_id])
    return row, True


async def _lock(session: AsyncSession, operation_id: OperationId) -> None:
    await stale.lock_operations(session, [operation_id])
    await copies.get_perimeter(session, operation_id)


def _check_current(keys: OperationKeys, month: Month, number: int) -> None:
    current = keys.counting(month)
    if current != number:
        counting = "none does" if current is None else f"deposit {current} does"
        raise DepositNotCurrent(
            f"Deposit {number} of {month} does not count: {counting}.", current=current
        )
