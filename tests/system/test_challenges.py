"""A challenge over all services: from the DSO's files to a ranking, and the DSO's corrections."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from libs.common.calendar import days_between
from tests.community.challenging import challenge_body
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    participation,
    put,
    today,
)
from tests.ingest.formats.files import day_ends, naive, r63, r63_row
from tests.support.platform import Platform
from tests.support.waiting import until

_HOMES = 11
"""So many others as a ranking needs, and oneself."""


def _first_day() -> date:
    """Of the challenge."""
    return today() - timedelta(days=7)


def _file(powers: Mapping[str, tuple[int, int]], *, published_in: int = 0) -> tuple[str, bytes]:
    """Of each point, watts on each day before the challenge and on each of its days until now."""
    first, end = _first_day(), today()
    rows = [
        r63_row(stamp, str(before if day < first else during), prm=prm)
        for prm, (before, during) in powers.items()
        for day in days_between(first - timedelta(weeks=1), end)
        for stamp in naive(day_ends(str(day), 30))
    ]
    published = end + timedelta(days=published_in)
    return f"ENEDIS_R63B_Q_CdC_M0AAAAA1_00001_{published:%Y%m%d}060000.csv", r63(rows)


async def _deliver(operator: httpx.AsyncClient, file: tuple[str, bytes]) -> None:
    answer = await operator.post("/ingest/deliveries", files={"file": file})
    assert answer.status_code < 300, answer.text


async def _efforts(client: httpx.AsyncClient, path: str, *, first_effort: int) -> list[Any]:
    """Of the ranking, once the first one's is that."""

    async def ranking() -> list[Any]:
        answer = await client.get(f"{path}/standing")
        assert answer.status_code == 200, answer.text
        return [(place["shown_as"], place["effort_permille"]) for place in answer.json()["ranking"]]

    return await until(
        f"{_HOMES} are ranked, the first with {first_effort}",
        ranking,
        lambda efforts: len(efforts) == _HOMES and efforts[0][1] == first_effort,
    )


async def test_from_the_dsos_files_to_a_ranking_and_its_corrections(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    began = str(today() - timedelta(days=100))
    homes = {await given_point(operator): await given_member(operator) for _ in range(_HOMES)}
    rows = [participation(prm, member_id, began) for prm, member_id in homes.items()]
    await enrol(operator, operation_id, *rows)
    powers = {prm: (100 * number, 100 * number + 10) for number, prm in enumerate(homes, 1)}
    await _deliver(operator, _file(powers))
    challenge_id = str(uuid4())
    body = challenge_body(first_day=str(_first_day()), baseline_weeks=1)
    await put(operator, f"/operations/{operation_id}/challenges/{challenge_id}", body)
    path = f"/community/operations/{operation_id}/challenges/{challenge_id}"
    assert (await operator.post(f"{path}/announcement")).status_code == 200

    async with AsyncExitStack() as stack:
        for number, (prm, member_id) in enumerate(homes.items(), 1):
            member = await stack.enter_async_context(
                logged_in(platform, operator, "member", member_id=member_id)
            )
            entered = await member.put(f"{path}/entries/{prm}", json={"shown_as": f"N{number}"})
            assert entered.status_code == 201, entered.text
        first = await _efforts(member, path, first_effort=100)
        last_prm = list(homes)[-1]
        corrected = {last_prm: (1100, 2200)}
        await _deliver(operator, _file(corrected, published_in=1))
        then = await _efforts(member, path, first_effort=1000)

    # 10 W more are the more effort, the less one uses; half a thousandth is one.
    assert first == [(f"N{number}", (200 // number + 1) // 2) for number in range(1, _HOMES + 1)]
    assert then == [("N11", 1000), *first[:-1]]
