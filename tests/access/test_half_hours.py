"""A member who refuses: no route gives the organiser the half-hours of their home any more.

Every route that OpenAPI documents for organisers is asked, in each of its forms, before and after:
a new one that carries half-hours is found here.
"""

import io
import re
import zipfile
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx
import polars as pl

from libs.common.principals import Role
from tests.access.conftest import Coops
from tests.access.coops import HOMES_POWER_W, MONTH, NEIGHBOURS_POWERS_W, Coop
from tests.community.coop import consent_body
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, whole_document
from tests.support.waiting import until

_DAY = str(MONTH.days[11])
_STEP_MIN = 30
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)")
_ENOUGH = 3
"""One of them may be anything; a curve is many."""
_OF_PERIODS = {"from_day": str(MONTH.days[0]), "to_day": str(MONTH.days[12]), "day": _DAY}
_PARQUET, _ZIP, _PDF = "application/vnd.apache.parquet", "application/zip", "application/pdf"
_BY_LAW: Mapping[str, str] = {}
"""Routes that give them all the same, and by which law: docs/privacy.md says so too."""


async def test_a_refusal_holds_for_every_route(platform: Platform, coops: Coops) -> None:
    """H3 of the security review."""
    coop = coops.theirs
    async with (
        coop.client(platform, Role.ORGANISER) as organiser,
        coop.neighbour(platform) as neighbour,
    ):
        half_hours = await _half_hours(neighbour, coop)
        before = await _carriers(organiser, coop, half_hours)
        await _refuse(neighbour, organiser, coop)
        after = await _carriers(organiser, coop, half_hours)

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
    """As any service may write them: watts, watt-minutes, Wh, kWh; and what of it was local.

    And what all used, from which the organiser could take off the other home's, which is shown.
    """
    path = f"/allocation/operations/{coop.operation_id}/shares"
    query = {"month": str(MONTH), "by": "step", "day": _DAY, "prm": coop.neighbours_home}
    answer = await neighbour.get(path, params=query)
    assert answer.status_code == 200, answer.text
    local_wmin = [row["energy_wmin"] for row in answer.json()]
    powers_wmin = [power_w * _STEP_MIN for power_w in NEIGHBOURS_POWERS_W]
    together_wmin = [wmin + HOMES_POWER_W * _STEP_MIN for wmin in powers_wmin]
    assert len(set(local_wmin)) > len(NEIGHBOURS_POWERS_W) / 2
    return {
        f"{number:.10g}"
        for wmin in [*powers_wmin, *together_wmin, *local_wmin]
        for number in (wmin, wmin / _STEP_MIN, wmin / 60, wmin / 60_000)
    }


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


async def _carriers(organiser: httpx.AsyncClient, coop: Coop, half_hours: set[str]) -> set[str]:
    """The routes of which some form gives the organiser half-hours."""
    found = set()
    known = {**coop.known, "prm": coop.neighbours_home, "member_id": coop.neighbour_id}
    for route in _routes():
        async for answer in _answers(organiser, route, known | _OF_PERIODS):
            assert not answer.is_server_error, f"{answer.request.url} {answer.text}"
            text = _text_of(answer)
            told = {*_NUMBER.findall(text), *_NUMBER.findall(text.replace(",", "."))}
            if answer.is_success and len(told & half_hours) >= _ENOUGH:
                found.add(route.name)
    return found


def _routes() -> list[Route]:
    return [
        route
        for route in all_routes()
        if route.method == "GET" and Role.ORGANISER in (route.roles or ())
    ]


async def _answers(
    client: httpx.AsyncClient, route: Route, known: Mapping[str, Any]
) -> AsyncIterator[httpx.Response]:
    path, query = route.url(known)
    for form in _forms(route, query):
        yield await client.get(path, params=form)


def _forms(route: Route, query: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """With and without each optional parameter that narrows, and with each value of a list."""
    narrowing: list[set[str]] = [set()] + [{name} for name in ("prm", "day") if name in query]
    choices = [
        {name: value} for name, schema in route.parameters("query") for value in _values(schema)
    ]
    for left_out in narrowing:
        rest = {name: value for name, value in query.items() if name not in left_out}
        for choice in [{}, *choices]:
            yield rest | choice


def _values(schema: Mapping[str, Any]) -> list[str]:
    if "$ref" in schema:
        return _values(whole_document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
    own = [str(one) for one in schema.get("enum", ())]
    return own + [value for part in schema.get("anyOf", ()) for value in _values(part)]


def _text_of(answer: httpx.Response) -> str:
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if media_type == _PARQUET:
        return pl.read_parquet(io.BytesIO(answer.content)).write_ndjson()
    if media_type == _ZIP:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
            return "\n".join(files.read(name).decode(errors="replace") for name in files.namelist())
    return answer.text
