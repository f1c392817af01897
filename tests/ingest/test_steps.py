"""Points of one operation whose meters record at different steps, when clocks change."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import httpx
import pytest

from libs.common.calendar import day_start, steps_in_day
from libs.common.ids import Direction, Prm
from services.demo.dso_files import Shape, written
from tests.community.coop import enrol, given_member, given_operation, new_prm, participation, put
from tests.ingest.delivering import pushed, told, until_covered
from tests.support.curves import MARCH_DAY, OCTOBER_DAY
from tests.support.platform import Platform


class _Flow(NamedTuple):
    """format: of the DSO's file; unit_w: of its values."""

    format: str
    step_min: int
    direction: Direction
    unit_w: int = 1


_FLOWS = (
    _Flow("R4x XML", 10, Direction.CONSUMPTION, unit_w=1000),  # of a C4 point
    _Flow("R50 XML", 30, Direction.CONSUMPTION),  # of a C5 point
    _Flow("R63 CSV", 15, Direction.PRODUCTION),
)


def _shape(flow: _Flow, prm: str, day: str) -> Shape:
    return Shape(
        points=1,
        days=1,
        step_min=flow.step_min,
        first_day=date.fromisoformat(day),
        first=int(prm.removeprefix("99")),
        direction=flow.direction,
        missing=0,
    )


def _power_w(flow: _Flow, shape: Shape) -> list[int | None]:
    (curve,) = shape.curves()
    return [None if value is None else value * flow.unit_w for value in curve.power_w]


async def _given_operation_of(
    platform: Platform, operator: httpx.AsyncClient, points: Mapping[Prm, _Flow]
) -> str:
    """An operation in which all these points take part."""
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    for prm in points:
        await put(operator, f"/points/{prm}", {"label": "Mairie"})
    participations = [
        participation(prm, member_id) | {"direction": flow.direction}
        for prm, flow in points.items()
    ]
    await enrol(operator, operation_id, *participations)
    for prm in points:
        await until_covered(platform, prm)
    return operation_id


@pytest.mark.parametrize("day", [MARCH_DAY, OCTOBER_DAY])
async def test_each_point_of_an_operation_keeps_its_own_step_when_clocks_change(
    platform: Platform, operator: httpx.AsyncClient, day: str
) -> None:
    points = {new_prm(): flow for flow in _FLOWS}
    shapes = {prm: _shape(flow, prm, day) for prm, flow in points.items()}
    operation_id = await _given_operation_of(platform, operator, points)

    for prm, flow in points.items():
        delivery = await pushed(operator, written(flow.format, shapes[prm]), "curve")
        step_count = steps_in_day(date.fromisoformat(day), flow.step_min)
        assert (delivery["status"], delivery["formats"]) == ("recorded", [flow.format])
        assert delivery["counts"]["records"] == delivery["counts"]["accepted"] == step_count

    events = await told(platform, operation_id, count=len(points))
    assert {str(event.day) for event in events} == {day}
    told_of = {str(block.prm): block for event in events for block in event.blocks}
    assert told_of.keys() == points.keys()
    for prm, flow in points.items():
        power_w = _power_w(flow, shapes[prm])
        block, shown = told_of[prm], await _only_block(operator, prm, day)
        assert (block.direction, block.step_min) == (flow.direction, flow.step_min)
        assert (shown["direction"], shown["step_min"]) == (flow.direction, flow.step_min)
        assert block.power_w == shown["power_w"] == power_w
        assert len(power_w) == steps_in_day(date.fromisoformat(day), flow.step_min)


async def _only_block(operator: httpx.AsyncClient, prm: str, day: str) -> dict[str, object]:
    """The one block of all that was recorded for a point around that day."""
    first = date.fromisoformat(day)
    period = {
        "from_day": str(first - timedelta(days=2)),
        "to_day": str(first + timedelta(days=3)),
    }
    answer = await operator.get(f"/ingest/points/{prm}/load-curve", params=period)
    assert answer.status_code == 200, answer.text
    (block,) = answer.json()["blocks"]
    assert block["day"] == day
    assert block["start"] == f"{day_start(first):%Y-%m-%dT%H:%M:%SZ}"
    day_block: dict[str, object] = block
    return day_block
