"""Givens: a point whose readings of last month have holes; days that are over, whenever it is."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import httpx

from libs.common.calendar import Month, local_day
from tests.community.coop import new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import day_ends, naive, r63, r63_row
from tests.support.clock import CLOCK
from tests.support.platform import Platform


def last_month() -> Month:
    """The month before this one; clocks never change before its 25th."""
    last_day = local_day(CLOCK.now()).replace(day=1) - timedelta(days=1)
    return Month.of(last_day)


def day_of(number: int) -> date:
    """A day of last month."""
    return last_month().days[number - 1]


async def given_point_with_curve(
    platform: Platform,
    operator: httpx.AsyncClient,
    days: Iterable[date],
    *,
    without: Iterable[int] = (),
    valid_to: str | None = None,
) -> tuple[str, str]:
    """Returns its operation and the point; some half-hours of each day are left out."""
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, valid_to=valid_to)
    await until_covered(platform, prm)
    await pushed(operator, curve(prm, days, without=without))
    return operation_id, prm


def curve(
    prm: str,
    days: Iterable[date],
    *,
    without: Iterable[int] = (),
    only: Iterable[int] | None = None,
    power_w: int | None = 100,
    step_min: int = 30,
    direction: str = "CONS",
) -> bytes:
    """An R63 with these days, but for some steps or with only some. power_w: None if missing."""
    power = "" if power_w is None else str(power_w)
    left_out = set(without)
    kinds = None if only is None else set(only)
    return r63(
        r63_row(stamp, power, prm=prm, step=f"PT{step_min}M", direction=direction)
        for day in days
        for slot, stamp in enumerate(naive(day_ends(day.isoformat(), step_min)))
        if slot not in left_out and (kinds is None or slot in kinds)
    )


async def curve_of(client: httpx.AsyncClient, prm: str, day: date, **params: str) -> Any:  # noqa: ANN401 - JSON
    """The blocks of a day."""
    period = {"from_day": f"{day}", "to_day": f"{day + timedelta(days=1)}"}
    answer = await client.get(f"/ingest/points/{prm}/load-curve", params=period | params)
    assert answer.status_code == 200, answer.text
    return answer.json()["blocks"]
