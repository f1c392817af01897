"""A member who refuses: no route gives the organiser the half-hours of their home any more.

Every route that OpenAPI documents for organisers is asked, in each of its forms, before and after:
a new one that carries half-hours is found here.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx

from libs.common.auth.principals import Role
from tests.access.conftest import Coops
from tests.access.contents import as_written, half_hours, has_half_hours, text_of
from tests.access.coops import MONTH, Coop
from tests.community.coop import consent_body
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, values_of
from tests.support.waiting import until

_DAY = str(MONTH.days[11])
_OF_PERIODS = {"from_day": str(MONTH.days[0]), "to_day": str(MONTH.days[12]), "day": _DAY}
_BY_LAW: Mapping[str, str] = {}
"""Routes that give them all the same, and by which law: docs/run/privacy.md says so too."""


async def test_a_refusal_holds_for_every_route(platform: Platform, coops: Coops) -> None:
    """H3 of the security review."""
    coop = coops.theirs
    async with (
        coop.client(platform, Role.ORGANISER) as organiser,
        coop.neighbour(platform) as neighbour,
    ):
        curve = await _half_hours(neighbour, coop)
        before = await _carriers(organiser, coop, curve)
        await _refuse(neighbour, organiser, coop)
        after = await _carriers(organiser, coop, curve)

    assert {
        "GET /ingest/points/{prm}/load-curve",
        "GET /ingest/points/{prm}/load-curve.csv",
        "GET /allocation/operations/{operation_id}/explanations",
        "GET /allocation/operations/{operation_id}/shares",
        "GET /allocation/operations/{operation_id}/shares.csv",
        "GET /allocation/settlements/{operation_id}/{month}/{number}/inputs/{input_hash}",
    } <= before
    assert after == _BY_LAW.keys()


async def _half_hours(neighbour: httpx.AsyncClient, coop: Coop) -> set[str]:
    """With what of it was local."""
    path = f"/allocation/operations/{coop.operation_id}/shares"
    query = {"month": str(MONTH), "by": "step", "day": _DAY, "prm": coop.neighbours_home}
    answer = await neighbour.get(path, params=query)
    assert answer.status_code == 200, answer.text
    local_wmin = [row["energy_wmin"] for row in answer.json()]
    assert len(set(local_wmin)) > len(coop.neighbours_powers_w) / 2
    return half_hours(coop) | as_written(local_wmin)


async def _refuse(neighbour: httpx.AsyncClient, organiser: httpx.AsyncClient, coop: Coop) -> None:
    path = f"/community/members/{coop.neighbour_id}/consents/{uuid4()}"
    body = consent_body(coop.neighbours_home, answer="refused")
    answer = await neighbour.put(path, json={**body, "proof": None})
    assert answer.status_code == 201, answer.text
    query = {"day": _DAY, "prm": coop.neighbours_home}
    for path in (
        f"/ingest/points/{coop.neighbours_home}/load-curve",
        f"/allocation/operations/{coop.operation_id}/explanations",
    ):

        async def asked(path: str = path) -> int:
            answer = await organiser.get(path, params={**_OF_PERIODS, **query})
            return answer.status_code

        await until(f"the refusal has come to {path}", asked, lambda status: status == 403)


async def _carriers(organiser: httpx.AsyncClient, coop: Coop, curve: set[str]) -> set[str]:
    """The routes of which some form gives the organiser half-hours."""
    carriers = set()
    values = {**coop.known, "prm": coop.neighbours_home, "member_id": coop.neighbour_id}
    for route in _routes():
        async for answer in _answers(organiser, route, values | _OF_PERIODS):
            assert not answer.is_server_error, f"{answer.request.url} {answer.text}"
            if answer.is_success and has_half_hours(text_of(answer), curve):
                carriers.add(route.name)
    return carriers


def _routes() -> list[Route]:
    return [
        route
        for route in all_routes()
        if route.method == "GET" and Role.ORGANISER in (route.roles or ())
    ]


async def _answers(
    client: httpx.AsyncClient, route: Route, values: Mapping[str, Any]
) -> AsyncIterator[httpx.Response]:
    path, query = route.url(values)
    for form in _forms(route, query):
        yield await client.get(path, params=form)


def _forms(route: Route, query: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """With and without each optional parameter that narrows, and with each value of a list."""
    narrowing: list[set[str]] = [set()] + [{name} for name in ("prm", "day") if name in query]
    choices = [
        {name: value} for name, schema in route.parameters("query") for value in values_of(schema)
    ]
    for left_out in narrowing:
        rest = {name: value for name, value in query.items() if name not in left_out}
        for choice in [{}, *choices]:
            yield rest | choice
