"""Two co-ops on one platform: neither learns anything of the other, by whatever ids it asks."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from libs.common.auth.principals import Role
from tests.access.conftest import Coops
from tests.access.requests import ask
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, documented_roles

_PEOPLE = [Role.ORGANISER, Role.MEMBER, Role.FEED]
_SHARED = {"month", "number", "period", "valid_from", "year"}
"""Parameters that are nobody's: both co-ops have an October."""
_NOT_MADE = {
    "estimation_id": "of ingest; October has no gap",
    "re_request_id": "of ingest; nothing is late",
    "event_id": "of all services; no event is parked",
    "payout_id": "of billing; nobody has paid yet",
    "refund_id": "of billing; nobody was paid back yet",
    "notice_id": "of billing; a single seller needs no payment notice",
    "transaction_id": "of billing; nobody has paid yet",
    "mandate_request_id": "chosen by who puts it",
    "mailing_id": "chosen by who puts it",
    "movement_id": "chosen by who puts it",
    "write_off_id": "chosen by who puts it",
    "secret": "whoever has it may read",
    "version": "a number",
}
"""Parameters of which neither co-op has one, and why."""
_OF_ALL = {"GET /community/organisers/{organiser_id}"}
"""Who organises is told to all who may ask: that is in the table of community's README."""
_MAKES_OURS = {"PUT /allocation/operations/{operation_id}/keys/{key_id}"}
"""A key's id is one in its operation: the same in another is another key."""


def _routes_for(role: Role) -> list[Route]:
    """What is put comes last: it would be there for the others."""
    routes = [route for route in all_routes() if role in (documented_roles().get(route.name) or ())]
    return sorted(routes, key=lambda route: route.method)


def _owned(route: Route) -> list[str]:
    return [name for name, _ in route.parameters("path") if name not in _SHARED]


def test_each_co_op_has_one_of_whatever_a_path_names(coops: Coops) -> None:
    names = {name for route in all_routes() for name, _ in route.parameters("path")}

    assert names - coops.ours.known.keys() - _SHARED == _NOT_MADE.keys()


@pytest.mark.parametrize("role", _PEOPLE)
async def test_what_is_the_neighbours_is_refused(
    platform: Platform, coops: Coops, role: Role
) -> None:
    async with coops.ours.client(platform, role) as client:
        answers = {
            route.name: await ask(client, route, coops.theirs.known)
            for route in _routes_for(role)
            if _owned(route) and route.name not in _OF_ALL
        }

    let_in = {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code not in {401, 403, 404}
    }
    assert let_in == {}
    assert _leaks(answers, coops.theirs.private) == {}


@pytest.mark.parametrize("role", _PEOPLE)
async def test_lists_have_nothing_of_the_neighbours_whatever_is_asked_for(
    platform: Platform, coops: Coops, role: Role
) -> None:
    async with coops.ours.client(platform, role) as client:
        answers = {
            f"{route.name} {whose}": await ask(client, route, values)
            for route in _routes_for(role)
            if not _owned(route)
            for whose, values in (("theirs", coops.theirs.known), ("ours", coops.ours.known))
        }

    assert [name for name, answer in answers.items() if answer.is_server_error] == []
    assert _leaks(answers, coops.theirs.private) == {}


@pytest.mark.parametrize("role", _PEOPLE)
async def test_what_is_the_neighbours_is_not_found_below_what_is_ours(
    platform: Platform, coops: Coops, role: Role
) -> None:
    """Our operation in the path, and their key, estimate or mandate after it."""
    async with coops.ours.client(platform, role) as client:
        answers = {
            f"{route.name} {first}": await ask(client, route, _mixed(coops, first))
            for route in _routes_for(role)
            for first in _owned(route)[:-1]
            if route.name not in _MAKES_OURS and coops.ours.known.keys() >= {*_owned(route)}
        }

    let_in = {
        name: answer.text[:200]
        for name, answer in answers.items()
        if answer.status_code not in {401, 403, 404, 409}
    }
    assert let_in == {}
    assert _leaks(answers, coops.theirs.private) == {}


async def test_a_member_sees_nothing_of_anothers_home_in_their_own_co_op(
    platform: Platform, coops: Coops
) -> None:
    coop = coops.ours
    async with coop.neighbour(platform) as client:
        answers = {
            route.name: await ask(client, route, coop.known) for route in _routes_for(Role.MEMBER)
        }

    private = {coop.home, coop.ibans[0], coop.emails[Role.MEMBER], coop.made_ids["consent_id"]}
    assert [name for name, answer in answers.items() if answer.is_server_error] == []
    assert any(answer.is_success for answer in answers.values())
    assert _leaks(answers, private) == {}


def _mixed(coops: Coops, ours: str) -> dict[str, Any]:
    return {**coops.theirs.known, ours: coops.ours.known[ours]}


def _leaks(answers: Mapping[str, httpx.Response], private: set[str]) -> dict[str, set[str]]:
    """What is private and was answered, but for what the caller had said."""
    texts = {name: _told(answer, private) for name, answer in answers.items()}
    return {name: leaks for name, leaks in texts.items() if leaks}


def _told(answer: httpx.Response, private: set[str]) -> set[str]:
    asked = f"{answer.request.url} {answer.request.content.decode(errors='replace')}"
    return {word for word in private if word in answer.text and word not in asked}
