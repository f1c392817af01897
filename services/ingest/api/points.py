"""Routes for the load curves of points."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from libs.common.http import problems
from libs.common.ids import Direction, PrmField
from services.ingest import access
from services.ingest.api.dependencies import ACCESS, Reader, Session
from services.ingest.domain.blocks import Block
from services.ingest.domain.curve_csv import curve_csv
from services.ingest.domain.problems import PeriodInvalid, PointUnknown
from services.ingest.schemas.load_curves import LoadCurveOut
from services.ingest.store import blocks as store

router = APIRouter()

_MAX_DAYS = 400


@dataclass(frozen=True)
class Period:
    """Local days ``[from_day, to_day)``."""

    from_day: date
    to_day: date

    def __post_init__(self) -> None:
        days = (self.to_day - self.from_day).days
        if not 0 < days <= _MAX_DAYS:
            raise PeriodInvalid(f"to_day must be 1 to {_MAX_DAYS} days after from_day.")


PeriodInQuery = Annotated[Period, Depends(Period)]
REFUSALS = problems(*ACCESS, PointUnknown, PeriodInvalid)


@router.get("/points/{prm}/load-curve", summary="The load curve of a point", responses=REFUSALS)
async def get_load_curve(
    *,
    prm: PrmField,
    period: PeriodInQuery,
    direction: Direction | None = None,
    caller: Reader,
    session: Session,
) -> LoadCurveOut:
    """Mean power in watts, by local day `[from_day, to_day)`, at most 400 of them.

    Operators see everything, organisers the days on which the point takes part in their
    operations, members the days of their own participations. A day whose meter changed its step
    has one block per step.
    """
    blocks = await _visible_blocks(session, caller, prm, period, direction)
    return LoadCurveOut.of(prm, period.from_day, period.to_day, blocks)


@router.get(
    "/points/{prm}/load-curve.csv",
    summary="The load curve of a point, as CSV",
    responses=REFUSALS | {200: {"content": {"text/csv": {}}}},
    response_class=StreamingResponse,
)
async def get_load_curve_csv(
    *,
    prm: PrmField,
    period: PeriodInQuery,
    direction: Direction | None = None,
    caller: Reader,
    session: Session,
) -> StreamingResponse:
    """The same readings for the same people, one row each, as `elocoop readings` prints them.

    Columns: `prm,direction,start,step_min,power_w,nature,doubtful`; `start` is UTC, `power_w` in
    watts, empty if missing. Steps of which nothing was received have no row.
    """
    blocks = await _visible_blocks(session, caller, prm, period, direction)
    return StreamingResponse(curve_csv(blocks), media_type="text/csv")


async def _visible_blocks(
    session: Session, caller: Reader, prm: PrmField, period: Period, direction: Direction | None
) -> list[Block]:
    participations = await access.find_visible_participations(session, caller, prm)
    blocks = await store.list_latest(
        session, prm, direction=direction, from_day=period.from_day, to_day=period.to_day
    )
    return access.visible_blocks(blocks, participations)
