"""The progress of a month whose coefficients are set before it.

Law and practice: docs/use/coefficients.md#before-the-month, docs/adr/0051.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes.regimes import regime_of
from services.allocation.domain.keys.ruling import OperationKeys, is_applied_by_itself
from services.allocation.domain.keys.timeline import Timeline


class DepositKind(StrEnum):
    """An entry of a month: what a deposit was made of, or that the one before it is withdrawn."""

    CALENDAR = "calendar"  # rules by calendar
    FILE = "file"  # that somebody sent
    FORECAST = "forecast"  # of the operation's own past
    WITHDRAWAL = "withdrawal"


class DepositState(StrEnum):
    """The progress of a month whose coefficients are set before it."""

    NOT_TAKEN = "not_taken"  # set after the month, or by producer
    NOT_NEEDED = "not_needed"  # the DSO applies the keys of the month by itself
    AWAITED = "awaited"  # until the last day
    WITHDRAWN = "withdrawn"  # and awaited again
    DEPOSITED = "deposited"  # nobody has recorded that the DSO has it
    SUBMITTED = "submitted"  # to the DSO
    MISSED = "missed"  # something else shares the month


def deposit_state(
    keys: OperationKeys, month: Month, today: date, *, is_submitted: bool, is_withdrawn: bool
) -> DepositState:
    """is_submitted: the deposit that counts. is_withdrawn: the last entry of the month is that."""
    regime = regime_of(keys.choices, month)
    if not regime.takes_deposits:
        return DepositState.NOT_TAKEN
    if month in keys.deposits:
        return DepositState.SUBMITTED if is_submitted else DepositState.DEPOSITED
    in_force = keys.in_force_during(month)
    if any(period.definition["type"] == "full_dynamic" for period in in_force):
        return DepositState.NOT_TAKEN
    if in_force and all(is_applied_by_itself(period) for period in in_force):
        return DepositState.NOT_NEEDED
    if today > regime.last_day:
        return DepositState.MISSED
    return DepositState.WITHDRAWN if is_withdrawn else DepositState.AWAITED


@dataclass(frozen=True)
class DepositMonthStanding:
    """current: the number of the deposit that counts. last_day: None where none is taken."""

    state: DepositState
    current: int | None
    last_day: date | None
    is_open: bool


def standing_of(
    keys: OperationKeys,
    month: Month,
    today: date,
    *,
    submitted: Collection[int],
    is_withdrawn: bool,
) -> DepositMonthStanding:
    """submitted: numbers of deposits. is_withdrawn: the last entry of the month is that."""
    current, regime = keys.counting(month), regime_of(keys.choices, month)
    state = deposit_state(
        keys, month, today, is_submitted=current in submitted, is_withdrawn=is_withdrawn
    )
    if state in {DepositState.NOT_TAKEN, DepositState.NOT_NEEDED}:
        return DepositMonthStanding(state, current, None, is_open=False)
    return DepositMonthStanding(state, current, regime.last_day, is_open=today <= regime.last_day)


def sharing_without_deposit(keys: OperationKeys, month: Month) -> Timeline:
    """Return what would share the days of a month if nothing were deposited for it."""
    others = {other: number for other, number in keys.deposits.items() if other != month}
    return replace(keys, deposits=others).during(month)
