"""Choose when an operation sets its coefficients."""

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.commands.ruling_changes import mark_days_shared_otherwise
from services.allocation.domain.coefficient_regimes.regimes import RegimeChoice
from services.allocation.domain.coefficient_regimes.too_late import first_month_in_time
from services.allocation.store import coefficient_regimes as store
from services.allocation.store import stale
from services.allocation.store.keys.in_force import get_operation_keys


class RegimeTooLate(Problem):
    """The month has begun, or its coefficients can no longer be deposited."""

    status, slug, title = 409, "regime-too-late", "It is too late to change when these are set"
    example_detail = (
        "How 2027-01 is shared cannot change any more: it has begun, or its last day for deposits"
        " is over. Choose from 2027-02 on."
    )
    example_facts: ClassVar = {"first_month": "2027-02"}


async def choose_regime(
    session: AsyncSession, operation_id: OperationId, choice: RegimeChoice
) -> Sequence[RegimeChoice]:
    """Save a choice, and return all of the operation's.

    Days with readings that something else than before shares are allocated again: those of months
    to come, if there are any. Raises RegimeTooLate.
    """
    await stale.lock_operations(session, [operation_id])
    keys = await get_operation_keys(session, operation_id)
    await store.save_regime_choice(session, operation_id, choice)
    after = await store.list_regime_choices(session, operation_id)
    first_month = first_month_in_time(keys.choices, after, choice.from_month, today_in(session))
    if first_month != choice.from_month:
        raise RegimeTooLate(
            f"How {choice.from_month} is shared cannot change any more: it has begun, or its last"
            f" day for deposits is over. Choose from {first_month} on.",
            first_month=str(first_month),
        )
    await mark_days_shared_otherwise(session, operation_id, keys, month=choice.from_month)
    return after
