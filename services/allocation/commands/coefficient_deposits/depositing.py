"""Deposit the coefficients of a month before it begins."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from math import gcd
from typing import Any, ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in, today_in
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.commands.key_coefficients import CoefficientsUnfit, check_fit
from services.allocation.commands.ruling_changes import mark_days_shared_otherwise
from services.allocation.domain.coefficient_regimes.regimes import RegimeInForce, regime_of
from services.allocation.domain.coefficients.blocks import blocks_of
from services.allocation.domain.coefficients.by_calendar import (
    parse_calendar_shares,
    while_taking_part,
)
from services.allocation.domain.coefficients.layout import Layout, layout_of
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.reading import read_file
from services.allocation.domain.coefficients.rounding import MAX_DECIMALS
from services.allocation.domain.coefficients.writing import write_file
from services.allocation.domain.keys import parse_key
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.deposit_months import DepositKind
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.keys.timeline import Timeline
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store import coefficient_regimes, copies, policies, stale
from services.allocation.store.keys import deposits, timelines
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.tables import CoefficientDepositRow


class DepositNotTaken(Problem):
    """Nothing is deposited for a month whose coefficients are set after it."""

    status, slug, title = 409, "deposit-not-taken", "Coefficients are not deposited for this month"
    example_detail = (
        "The coefficients of 2026-10 are set after the month: choose the other regime first."
    )


class DepositLate(Problem):
    status, slug, title = 409, "deposit-late", "It is too late for a deposit of coefficients"
    example_detail = "The last day for the coefficients of 2027-01 was 2026-12-17."
    example_facts: ClassVar = {"last_day": "2026-12-17"}


@dataclass(frozen=True)
class DepositMonth:
    """A month for which coefficients may be deposited now."""

    month: Month
    perimeter: Perimeter
    policy: OperationPolicy

    @property
    def consumers(self) -> Mapping[date, set[Prm]]:
        return {
            day: {
                participant.prm
                for participant in self.perimeter.participants_on(day)
                if participant.direction == Direction.CONSUMPTION
            }
            for day in self.month.days
        }

    def period(self, step_min: int) -> FilePeriod:
        return FilePeriod(self.month.days[0], self.month.days[-1], step_min)

    @property
    def step_min(self) -> int:
        """The step of the file for the DSO: the policy's, or one that fits all days."""
        steps_min = (self.perimeter.step_on(day) for day in self.month.days)
        return self.policy.coefficient_step_min or gcd(*steps_min)

    def check_points(self, prms: Collection[Prm]) -> None:
        """Raise CoefficientsUnfit for a consumer that takes no part in the month."""
        unknown = sorted(set(prms).difference(*self.consumers.values()))
        if unknown:
            raise CoefficientsUnfit(
                f"No consumer of this operation in {self.month}: {', '.join(unknown)}.",
                prms=unknown,
            )


@dataclass(frozen=True, eq=False)
class DepositDraft:
    """The content of a deposit or a preview; made_of: rules or a forecast as JSON, None: a file."""

    kind: DepositKind
    period: FilePeriod
    coefficients: Coefficients
    made_of: Mapping[str, Any] | None = None


async def deposit_rules(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    rules: Mapping[str, Any],
    *,
    by: str,
) -> tuple[CoefficientDepositRow, bool]:
    """Deposit what rules by calendar make of a month; return the row, and whether it is new.

    The file of the month's last deposit is not new. Raises what ``lock_month`` and
    ``draft_by_rules`` raise.
    """
    opened = await lock_month(session, operation_id, month)
    draft = await draft_by_rules(opened, rules)
    return await keep_deposit(session, opened, draft, by=by)


async def draft_by_rules(opened: DepositMonth, rules: Mapping[str, Any]) -> DepositDraft:
    """Raises KeyMalformed, KeyInvalid, and what ``check_fit`` raises."""
    shares = parse_calendar_shares(rules)
    opened.check_points(shares.consumers)
    period = opened.period(opened.step_min)

    def coefficients() -> Coefficients:
        by_calendar = shares.coefficients(period, opened.policy.coefficient_decimals)
        check_fit(opened.perimeter, opened.month.days, period, by_calendar)
        return while_taking_part(by_calendar, period, opened.consumers)

    # Off the event loop, as heartbeats must not wait for arithmetic.
    made = await asyncio.to_thread(coefficients)
    return DepositDraft(DepositKind.CALENDAR, period, made, rules)


async def deposit_file(
    session: AsyncSession, operation_id: OperationId, month: Month, content: bytes, *, by: str
) -> tuple[CoefficientDepositRow, bool]:
    """Deposit the coefficients of a file in the DSO's format; as ``deposit_rules``.

    Raises what ``read_deposit``, ``lock_month`` and ``draft_by_file`` raise.
    """
    # Both before the lock, as a file may have a million numbers; the day is asked for after it.
    deposit = await read_deposit(session, operation_id, month, content)
    opened = await lock_month(session, operation_id, month)
    draft = await draft_by_file(opened, *deposit)
    return await keep_deposit(session, opened, draft, by=by)


async def read_deposit(
    session: AsyncSession, operation_id: OperationId, month: Month, content: bytes
) -> tuple[FilePeriod, Coefficients]:
    """Read the file of a month. Raises DepositNotTaken, CoefficientFileRefused."""
    await _get_depositing_regime(session, operation_id, month)
    return await asyncio.to_thread(read_file, content, days=(month.days[0], month.days[-1]))


async def draft_by_file(
    opened: DepositMonth, period: FilePeriod, coefficients: Coefficients
) -> DepositDraft:
    """Raises CoefficientsUnfit, CoefficientStepUnfit."""
    opened.check_points(coefficients.consumers)
    _check_step(period, opened.step_min)

    def checked() -> Coefficients:
        check_fit(opened.perimeter, opened.month.days, period, coefficients)
        _check_decimals(coefficients, opened.policy.coefficient_decimals)
        return while_taking_part(coefficients, period, opened.consumers)

    return DepositDraft(DepositKind.FILE, period, await asyncio.to_thread(checked))


async def lock_month(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> DepositMonth:
    """Lock the operation, and return its month; as ``open_month``."""
    await stale.lock_operations(session, [operation_id])
    return await open_month(session, operation_id, month)


async def open_month(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> DepositMonth:
    """Return a month that takes deposits.

    Raises OperationUnknown, DepositNotTaken, DepositLate, CoefficientsNotNeeded.
    """
    perimeter = await copies.get_perimeter(session, operation_id)
    await check_deposits_open(session, operation_id, month)
    _check_layout(await timelines.get_timeline(session, operation_id), month)
    policy = await policies.get_policy(session, operation_id)
    return DepositMonth(month, perimeter, policy)


async def check_deposits_open(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> None:
    """Raises DepositNotTaken, DepositLate."""
    regime = await _get_depositing_regime(session, operation_id, month)
    if today_in(session) > regime.last_day:
        raise DepositLate(
            f"The last day for the coefficients of {month} was {regime.last_day}.",
            last_day=regime.last_day.isoformat(),
        )


async def _get_depositing_regime(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> RegimeInForce:
    """Return a regime that takes deposits, in time or not. Raises DepositNotTaken."""
    choices = await coefficient_regimes.list_regime_choices(session, operation_id)
    regime = regime_of(choices, month)
    if not regime.takes_deposits:
        raise DepositNotTaken(
            f"The coefficients of {month} are set after the month: choose the other regime first."
        )
    return regime


def _check_layout(timeline: Timeline, month: Month) -> None:
    """Raise unless what is in force in the month, if anything, is told as shares of the pool."""
    periods = [
        period
        for period in timeline
        if period.valid_from < month.next_first_day
        and (period.valid_to is None or month.first_day < period.valid_to)
    ]
    keys = [parse_key(period.definition) for period in periods]
    if keys and layout_of(keys) is Layout.PRODUCERS:
        raise DepositNotTaken(
            f"A full_dynamic key is in force in {month}: coefficients by producer cannot be"
            " deposited before a month yet."
        )


def _check_step(period: FilePeriod, step_min: int) -> None:
    if period.step_min != step_min:
        raise CoefficientStepUnfit(
            f"The file has steps of {period.step_min} minutes; the DSO takes those of {step_min}."
        )


def _check_decimals(coefficients: Coefficients, decimals: int) -> None:
    if (coefficients.share_billionths % 10 ** (MAX_DECIMALS - decimals)).any():
        raise CoefficientsUnfit(
            f"The DSO takes percentages with {decimals} decimals, by the operation's policy."
        )


async def keep_deposit(
    session: AsyncSession, opened: DepositMonth, draft: DepositDraft, *, by: str
) -> tuple[CoefficientDepositRow, bool]:
    """Keep it as the month's last deposit; as ``deposit_rules``, whose row it returns."""
    operation_id, month = opened.perimeter.operation_id, opened.month
    if not draft.coefficients.consumers:
        raise CoefficientsUnfit(f"No consumer takes part in {month}.")
    file = await asyncio.to_thread(
        write_file,
        FileName(operation_id, draft.period),
        draft.coefficients.consumers,
        [draft.coefficients],
        decimals=opened.policy.coefficient_decimals,
    )
    earlier = await deposits.list_deposits(session, operation_id, month)
    if earlier and earlier[-1].sha256 == file.sha256:
        return await deposits.get_deposit(session, operation_id, month, len(earlier)), False
    row = CoefficientDepositRow(
        operation_id=operation_id,
        month=str(month),
        number=len(earlier) + 1,
        kind=draft.kind,
        deposited_at=now_in(session),
        deposited_by=by,
        rules=draft.made_of if draft.kind is DepositKind.CALENDAR else None,
        forecast=draft.made_of if draft.kind is DepositKind.FORECAST else None,
        name=str(file.name),
        step_min=draft.period.step_min,
        sha256=file.sha256,
        content=file.content,
    )
    await _add(session, row)
    return row, True


async def _add(session: AsyncSession, row: CoefficientDepositRow) -> None:
    """Keep it with the coefficients of its file: what settles is what the DSO reads."""
    assert row.content is not None, "a deposit has a file"
    operation_id, month = OperationId(row.operation_id), Month.parse(row.month)
    days = (month.days[0], month.days[-1])
    period, coefficients = await asyncio.to_thread(read_file, row.content, days=days)
    keys = await get_operation_keys(session, operation_id)
    await deposits.add_deposit(session, row, blocks_of(period, coefficients))
    await mark_days_shared_otherwise(session, operation_id, keys, month=month)
    await stale.mark_deposit_months(session, [operation_id])
