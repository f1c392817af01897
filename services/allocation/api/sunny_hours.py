"""The route that forecasts when the operation's plants produce."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import DayField
from libs.common.http import problems
from libs.common.ids import Direction, OperationIdField
from services.allocation import access
from services.allocation.api.dependencies import Session
from services.allocation.domain.months.sunny_hours import (
    NoHistory,
    ProductionPrivate,
    days_to_compare,
    expect,
    require_visible_plants,
)
from services.allocation.domain.plants import plants_on
from services.allocation.schemas.sunny_hours import SunnyHoursOut
from services.allocation.store import copies
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/operations/{operation_id}/sunny-hours",
    summary="Show when the operation's plants are likely to produce",
    responses=problems(OperationUnknown, NoHistory, ProductionPrivate),
)
async def get_sunny_hours(
    operation_id: OperationIdField,
    day: Annotated[DayField, Query(examples=["2026-10-25"])],
    session: Session,
    caller: AnyPerson,
) -> SunnyHoursOut:
    """A forecast from history, without weather, for each hour of a local day.

    It is the sum of each plant's median over the three weeks before the day and the three weeks
    around it a year ago. For staff, the organiser, and members who take part on that day.
    Plants of members with less than 36 kW in total, or of unknown power, are shown four members
    together or not at all (`plants_withheld`), except the caller's own, so that neither a sum nor
    the difference of two days reveals what a household produces. `production-private`: nothing is
    left to show.
    """
    scope, perimeter = await access.get_noted_view(session, caller, operation_id)
    plants = plants_on(perimeter, day)
    member_id = access.get_scope_on(caller, scope, day).member_id
    shown_plants = (
        plants if member_id is None else require_visible_plants(perimeter, day, member_id)
    )
    compared = [(operation_id, compared_day) for compared_day in days_to_compare(day)]
    blocks = await copies.list_reading_blocks(session, compared, only=Direction.PRODUCTION)
    history = {
        compared_day: {
            participation.prm: blocks_of_plant for participation, blocks_of_plant in of_day.items()
        }
        for (_, compared_day), of_day in blocks.items()
    }
    prms = sorted({plant.prm for plant in shown_plants})
    outlook = await asyncio.to_thread(expect, day, prms, history)
    withheld = len({plant.prm for plant in plants}) - len(prms)
    return SunnyHoursOut.of(operation_id, day, replace(outlook, plants_withheld=withheld))
