"""Choose when an operation sets its coefficients."""

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.regimes import RegimeChoice
from services.allocation.domain.coefficient_regimes.too_late import first_month_in_time
from services.allocation.store import coefficient_regimes as store
from services.allocation.store import copies, stale


class RegimeTooLate(Problem):
    """The month has begun, or its coefficients can no longer be deposited."""

    status, slug, title = 409, "regime-too-late", "It is too late to change when these are set"
    example_detail = (
        "The sharing of 2027-01 cannot change any more: it has begun, or its last day for deposits"
        " is over. Choose from 2027-02 on."
    )
    example_facts: ClassVar = {"first_month": "2027-02"}


async def choose_regime(
    session: AsyncSession, operation_id: OperationId, choice: RegimeChoice
) -> Sequence[RegimeChoice]:
    """Save a choice, and return all of the operation's.

    Days with readings from its month on are allocated again, if there are any so early: a later
    month may stand on a deposit of this one. Raises RegimeTooLate.
    """
    await stale.lock_operations(session, [operation_id])
    before = await store.list_regime_choices(session, operation_id)
    await store.save_regime_choice(session, operation_id, choice)
    after = await store.list_regime_choices(session, operation_id)
    first_month = first_month_in_time(before, after, choice.from_month, today_in(session))
    if first_month != choice.from_month:
        raise RegimeTooLate(
            f"The sharing of {choice.from_month} cannot change any more: it has begun, or its last"
            f" day for deposits is over. Choose from {first_month} on.",
            first_month=str(first_month),
        )
    await stale.mark_deposit_months(session, [operation_id])
    metered = (await copies.list_days_with_readings(session, [operation_id])).get(operation_id, [])
    first_day = choice.from_month.first_day
    await stale.mark_stale(session, ((operation_id, day) for day in metered if day >= first_day))
    return after
