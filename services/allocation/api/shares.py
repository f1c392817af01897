"""Routes for shares, as JSON and as CSV."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.curve_consents import ConsentMissing
from libs.common.database import Database
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import DayField, MonthInQuery
from libs.common.errors import Problem
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationId, OperationIdField, Prm, PrmField
from services.allocation import access
from services.allocation.api.dependencies import OwnDatabase, Session
from services.allocation.domain.scope import ShareScope
from services.allocation.domain.share_frames import (
    SCHEMAS,
    Grain,
    day_frame,
    month_frame,
    step_frame,
)
from services.allocation.schemas.shares import DayShareOut, MonthShareOut, StepShareOut
from services.allocation.store import shares
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)

_MAX_STEP_BLOCKS = 5000


class SharesTooMany(Problem):
    status, slug, title = 422, "shares-too-many", "Too many shares for one answer"
    example_detail = "Ask for a day= or a prm= for shares by step, or take shares.csv."


class DayOutsideMonth(Problem):
    status, slug, title = 422, "day-outside-month", "The day is not in the month"
    example_detail = "2026-11-01 is not in 2026-10."


@dataclass(frozen=True)
class _Question:
    """The filter of shares."""

    month: Month
    by: Grain
    day: date | None
    prm: Prm | None

    @property
    def is_of_whole_month(self) -> bool:
        return self.by == Grain.MONTH and self.day is None

    @property
    def days(self) -> list[date]:
        return [self.day] if self.day else self.month.days


async def _question(
    month: MonthInQuery,
    by: Annotated[Grain, Query(description="one row per share and step, day or month")] = Grain.DAY,
    day: Annotated[DayField | None, Query(description="only this local day of the month")] = None,
    prm: Annotated[PrmField | None, Query(description="only shares of this point")] = None,
) -> _Question:
    if day is not None and day not in month.days:
        raise DayOutsideMonth(f"{day} is not in {month}.")
    return _Question(month, by, day, prm)


SharesQuestion = Annotated[_Question, Depends(_question)]

_REFUSALS = (ConsentMissing, OperationUnknown, MonthMalformed, DayOutsideMonth)
_CSV = (
    f"{','.join(SCHEMAS[Grain.DAY])}\n"
    "2026-10-12,99220000000101,99110000000101,14400\n"
    "2026-10-12,99220000000101,99110000000102,7200\n"
)


@router.get(
    "/operations/{operation_id}/shares",
    summary="Show shares by step, day or month",
    response_model=list[StepShareOut] | list[DayShareOut] | list[MonthShareOut],
    responses=problems(*_REFUSALS, SharesTooMany),
)
async def get_shares(
    operation_id: OperationIdField,
    question: SharesQuestion,
    session: Session,
    caller: AnyPerson,
) -> Response:
    """Positive shares in watt-minutes, by period, producer, consumer.

    Members get the shares that their own points take, on the days on which these are theirs. Shares
    that their points give come for the whole month only, by consumer, once it is settled; by step
    or day they would reveal when a neighbour is at home. The summary has their total.

    By step, ask for one `day` or `prm`; the CSV has no such limit. The organiser gets no steps of
    points that their members do not share step by step: `consent-missing` if asked for one of them,
    else no rows of it.
    """
    scope = await _scope(session, caller, operation_id, question)
    if question.by == Grain.STEP:
        blocks = await shares.count_share_blocks(
            session, operation_id, question.days, scope=scope, prm=question.prm
        )
        if (question.day is None and question.prm is None) or blocks > _MAX_STEP_BLOCKS:
            raise SharesTooMany("Ask for a day= or a prm= for shares by step, or take shares.csv.")
    frame = await _frame(session, operation_id, question, scope, question.days)
    body = await asyncio.to_thread(frame.write_json)
    return Response(body, media_type="application/json")


class StreamedCsvResponse(StreamingResponse):
    """The media type of the next route, for OpenAPI."""

    media_type = "text/csv"


@router.get(
    "/operations/{operation_id}/shares.csv",
    summary="Download shares by step, day or month as CSV",
    response_class=StreamedCsvResponse,
    responses={
        **file_response("One row per period, producer and consumer", {"text/csv": _CSV}),
        **problems(*_REFUSALS),
    },
)
@costs(1)
async def get_shares_csv(
    operation_id: OperationIdField,
    question: SharesQuestion,
    session: Session,
    database: OwnDatabase,
    caller: AnyPerson,
) -> StreamedCsvResponse:
    """The rows of the JSON route, with a header line; comma, UTF-8.

    By step, the columns are `start,step_min,producer,consumer,energy_wmin`, as `elocoop price`
    reads them. The whole month is sent day by day. Members get what the JSON route gives them.
    """
    scope = await _scope(session, caller, operation_id, question)
    name = f"shares-{operation_id}-{question.month}-{question.by}.csv"
    return StreamedCsvResponse(
        _csv(database, operation_id, question, scope), headers=attachment(name)
    )


async def _scope(
    session: AsyncSession, caller: Principal, operation_id: OperationId, question: _Question
) -> ShareScope:
    """Return which shares to show. Raises Forbidden, ConsentMissing, OperationUnknown."""
    asked = question.prm
    scope, perimeter = await access.get_noted_view(session, caller, operation_id, prm=asked)
    access.check_may_see_point(caller, scope, asked)
    if question.by == Grain.STEP:
        days = question.days
        hidden = await access.list_hidden(session, caller, perimeter, days[0], days[-1])
        access.check_shown(caller, hidden, [asked] if asked else [])
        scope = replace(scope, hidden=hidden)
    # What a producer gives a consumer step by step, or day by day, tells when that home consumes.
    if not question.is_of_whole_month:
        return scope.consuming
    return await access.get_month_scope(session, scope, operation_id, question.month)


async def _csv(
    database: Database,
    operation_id: OperationId,
    question: _Question,
    scope: ShareScope,
) -> AsyncIterator[str]:
    yield ",".join(SCHEMAS[question.by]) + "\n"
    days = question.days
    # Day by day, in short transactions, so that neither memory nor locks grow with the month.
    spans = [days] if question.by == Grain.MONTH else [[day] for day in days]
    for span in spans:
        async with database.transaction() as session:
            frame = await _frame(session, operation_id, question, scope, span)
        yield frame.write_csv(include_header=False)


async def _frame(
    session: AsyncSession,
    operation_id: OperationId,
    question: _Question,
    scope: ShareScope,
    days: Sequence[date],
) -> pl.DataFrame:
    """Return the shares of consecutive days of the month as one table."""
    match question.by:
        case Grain.MONTH:
            totals = await shares.list_total_shares(
                session, operation_id, days, scope=scope, prm=question.prm
            )
            return await asyncio.to_thread(month_frame, question.month, totals)
        case Grain.DAY:
            of_days = await shares.list_day_shares(
                session, operation_id, days, scope=scope, prm=question.prm
            )
            return await asyncio.to_thread(day_frame, of_days)
        case Grain.STEP:
            steps = await shares.list_step_shares(
                session, operation_id, days, scope=scope, prm=question.prm
            )
            shown = [
                step for step in steps if scope.hidden.isdisjoint({step.producer, step.consumer})
            ]
            return await asyncio.to_thread(step_frame, shown)
