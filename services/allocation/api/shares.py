"""Routes for shares, as JSON and as CSV."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Principal
from libs.common.calendar import Month, MonthMalformed
from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.http import problems
from libs.common.ids import OperationId, OperationIdField, Prm, PrmField
from services.allocation import access
from services.allocation.api.dependencies import (
    ACCESS,
    Member,
    MonthInQuery,
    OwnDatabase,
    Session,
)
from services.allocation.domain.scope import Scope
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

router = APIRouter()

_MAX_STEP_BLOCKS = 5000


class SharesTooMany(Problem):
    status, slug, title = 422, "shares-too-many", "Too many shares for one answer"


class DayOutsideMonth(Problem):
    status, slug, title = 422, "day-outside-month", "The day is not in the month"


@dataclass(frozen=True)
class _Question:
    """Which shares are asked for."""

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


def _question(
    month: MonthInQuery,
    by: Annotated[Grain, Query(description="one row per share and step, day or month")] = Grain.DAY,
    day: Annotated[date | None, Query(description="only this local day of the month")] = None,
    prm: Annotated[PrmField | None, Query(description="only shares of this point")] = None,
) -> _Question:
    if day is not None and day not in month.days:
        raise DayOutsideMonth(f"{day} is not in {month}.")
    return _Question(month, by, day, prm)


Question = Annotated[_Question, Depends(_question)]

_REFUSALS = (*ACCESS, OperationUnknown, MonthMalformed, DayOutsideMonth)


@router.get(
    "/operations/{operation_id}/shares",
    summary="Shares by step, day or month",
    response_model=list[StepShareOut] | list[DayShareOut] | list[MonthShareOut],
    responses=problems(*_REFUSALS, SharesTooMany),
)
async def get_shares(
    operation_id: OperationIdField,
    question: Question,
    session: Session,
    database: OwnDatabase,
    principal: Member,
) -> Response:
    """Positive shares in watt-minutes, by period, producer, consumer.

    Members get the shares that their own points take, on the days on which these are theirs. What
    these give they get for the whole month only, by consumer; by step or day it would tell when a
    neighbour is at home. The summary has what they gave in all.

    By step, ask for one `day` or `prm`; the CSV has no such limit.
    """
    scope = await _scope(session, principal, operation_id, question)
    if question.by == Grain.STEP:
        blocks = await shares.count_share_blocks(
            session, operation_id, question.days, scope=scope, prm=question.prm
        )
        if (question.day is None and question.prm is None) or blocks > _MAX_STEP_BLOCKS:
            raise SharesTooMany("By step, ask for a day= or a prm=, or take shares.csv.")
    frames = [frame async for frame in _frames(database, operation_id, question, scope)]
    body = await asyncio.to_thread(pl.concat(frames).write_json)
    return Response(body, media_type="application/json")


class CsvResponse(StreamingResponse):
    """For OpenAPI: what the next route answers."""

    media_type = "text/csv"


@router.get(
    "/operations/{operation_id}/shares.csv",
    summary="Shares by step, day or month, as CSV",
    response_class=CsvResponse,
    responses=problems(*_REFUSALS),
)
async def get_shares_csv(
    operation_id: OperationIdField,
    question: Question,
    session: Session,
    database: OwnDatabase,
    principal: Member,
) -> CsvResponse:
    """The rows of the JSON route, with a header line; comma, UTF-8.

    By step, the columns are `start,step_min,producer,consumer,energy_wmin`, as `elocoop price`
    reads them. The whole month is sent day by day. Members get what the JSON route gives them.
    """
    scope = await _scope(session, principal, operation_id, question)
    name = f"shares-{operation_id}-{question.month}-{question.by}.csv"
    return CsvResponse(
        _csv(database, operation_id, question, scope),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _scope(
    session: AsyncSession, principal: Principal, operation_id: OperationId, question: _Question
) -> Scope:
    """Which shares to show. Raises Forbidden, OperationUnknown."""
    scope = await access.get_scope(session, principal, operation_id)
    access.check_may_see_point(principal, scope, question.prm)
    # What a producer gives a consumer step by step, or day by day, tells when that home consumes.
    return scope if question.is_of_whole_month else scope.consuming


async def _csv(
    database: Database, operation_id: OperationId, question: _Question, scope: Scope
) -> AsyncIterator[str]:
    yield ",".join(SCHEMAS[question.by]) + "\n"
    async for frame in _frames(database, operation_id, question, scope):
        yield frame.write_csv(include_header=False)


async def _frames(
    database: Database, operation_id: OperationId, question: _Question, scope: Scope
) -> AsyncIterator[pl.DataFrame]:
    """One table per day, or one for the month; each in its own short transaction."""
    prm = question.prm
    if question.by == Grain.MONTH:
        async with database.transaction() as session:
            totals = await shares.list_total_shares(
                session, operation_id, question.days, scope=scope, prm=prm
            )
        yield month_frame(question.month, totals)
        return
    for day in question.days:
        async with database.transaction() as session:
            if question.by == Grain.DAY:
                of_day = await shares.list_total_shares(
                    session, operation_id, [day], scope=scope, prm=prm
                )
                frame = day_frame(day, of_day)
            else:
                steps = await shares.list_step_shares(
                    session, operation_id, day, scope=scope, prm=prm
                )
                frame = await asyncio.to_thread(step_frame, day, steps)
        yield frame
