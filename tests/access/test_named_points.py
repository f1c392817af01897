"""Whatever an organiser says of a point of another operation: it stays the others'.

Every route that takes a PRM is named here, as its documents tell.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from libs.common.principals import Role
from tests.access.conftest import Coops
from tests.access.coops import MONTH
from tests.access.requests import ask
from tests.community.coop import today
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, whole_document

_PRM_NAMES = {"prm", "plant_prm", "prms"}
_REFUSED = [
    "PUT /community/points/{prm}",
    "PUT /community/points/{prm}/location",
    "PUT /community/operations/{operation_id}/participations",
    "PUT /community/operations/{operation_id}/participations/{prm}/{valid_from}",
    "DELETE /community/operations/{operation_id}/participations/{prm}/{valid_from}",
    "PUT /community/operations/{operation_id}/enrolments/{enrolment_id}",
    "POST /community/operations/{operation_id}/sign-ups/{sign_up_id}/acceptance",
    "PUT /community/members/{member_id}/consents/{consent_id}",
    "PUT /billing/points/{prm}/surplus-contract",
]
"""For organisers, and about the point that is named."""
_BRIEF = {"POST /community/operations/{operation_id}/sign-ups/{sign_up_id}/acceptance"}
"""Whose example names no point, as the sign-up has one."""
_NOT_ABOUT_IT: Mapping[str, str] = {
    "POST /allocation/simulations": "of a what-if: any digits, and nothing is read of them",
}


def test_each_route_by_which_an_organiser_names_a_point_is_here() -> None:
    """H1 of the security review."""
    naming = {route.name for route in _changing() if _PRM_NAMES & set(_names(route))}

    assert naming == {*_REFUSED, *_NOT_ABOUT_IT}


@pytest.mark.parametrize("name", _REFUSED)
async def test_what_an_organiser_says_of_anothers_point_is_refused(
    platform: Platform, coops: Coops, name: str
) -> None:
    """H1 of the security review: by any route, with what else is their own."""
    (route,) = [one for one in _changing() if one.name == name]
    ours, theirs = coops.ours, coops.theirs
    known = {**ours.known, "prm": theirs.home, "valid_from": str(today())}
    body = {"json": {"prm": theirs.home, "valid_from": str(today())}} if name in _BRIEF else {}
    async with ours.client(platform, Role.ORGANISER) as organiser:
        answer = await ask(organiser, route, known, **body)
        period = {"from_day": str(MONTH.days[0]), "to_day": str(MONTH.days[1])}
        curve = await organiser.get(f"/ingest/points/{theirs.home}/load-curve", params=period)

    assert answer.status_code in {403, 404, 409}, answer.text
    assert curve.status_code == 403


def _changing() -> list[Route]:
    return [
        route
        for route in all_routes()
        if route.method != "GET" and Role.ORGANISER in (route.roles or ())
    ]


def _names(route: Route) -> Iterator[str]:
    """Of all that it takes, however deep."""
    for place in ("path", "query"):
        yield from (name for name, _ in route.parameters(place))
    for content in route.told.get("requestBody", {}).get("content", {}).values():
        yield from _fields(content.get("schema", {}))


def _fields(schema: Mapping[str, Any], within: tuple[str, ...] = ()) -> Iterator[str]:
    reference = schema.get("$ref")
    if reference is not None:
        if reference not in within:
            name = reference.rsplit("/", 1)[-1]
            inner = whole_document()["components"]["schemas"][name]
            yield from _fields(inner, (*within, reference))
        return
    for name, part in schema.get("properties", {}).items():
        yield name
        yield from _fields(part, within)
    items = [schema["items"]] if "items" in schema else []
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *items):
        yield from _fields(part, within)
