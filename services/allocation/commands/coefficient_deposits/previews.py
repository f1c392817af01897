"""Preview what a deposit would share of its month, and keep nothing."""

import asyncio
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from services.allocation.commands.coefficient_deposits.depositing import (
    DepositDraft,
    draft_by_file,
    draft_by_rules,
    open_month,
    read_deposit,
)
from services.allocation.commands.coefficient_deposits.forecasts import (
    MonthForecast,
    draft_by_forecast,
    forecast_month,
)
from services.allocation.domain.forecasts.expected_shares import ExpectedMonth, expected_month
from services.allocation.domain.forecasts.forecast import ExpectedConsumer


async def preview_rules(
    session: AsyncSession, operation_id: OperationId, month: Month, rules: Mapping[str, Any]
) -> ExpectedMonth:
    """Raises what ``deposit_rules`` raises, and NothingForecast."""
    opened = await open_month(session, operation_id, month)
    draft = await draft_by_rules(opened, rules)
    return await _expected(draft, await forecast_month(session, opened, {}))


async def preview_file(
    session: AsyncSession, operation_id: OperationId, month: Month, content: bytes
) -> ExpectedMonth:
    """Raises what ``deposit_file`` raises, and NothingForecast."""
    deposit = await read_deposit(session, operation_id, month, content)
    opened = await open_month(session, operation_id, month)
    draft = await draft_by_file(opened, *deposit)
    return await _expected(draft, await forecast_month(session, opened, {}))


async def preview_forecast(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    expected: Mapping[Prm, ExpectedConsumer],
) -> ExpectedMonth:
    """Raises what ``deposit_forecast`` raises."""
    opened = await open_month(session, operation_id, month)
    month_forecast = await forecast_month(session, opened, expected)
    draft = await draft_by_forecast(session, opened, month_forecast)
    return await _expected(draft, month_forecast)


async def _expected(draft: DepositDraft, month_forecast: MonthForecast) -> ExpectedMonth:
    # Off the event loop, as heartbeats must not wait for arithmetic.
    return await asyncio.to_thread(expected_month, month_forecast.energies, draft.coefficients)
