"""Whoever is hostile asks anything about anybody: nobody of another co-op is told of.

A walk is eight requests at any routes for the caller, with whatever ids, PRMs and e-mail addresses
there are. These are no secret here, as they are asked with: half-hours, names and IBANs are.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from libs.common.auth.principals import Role
from tests.access.conftest import Coops
from tests.access.contents import half_hours, has_half_hours, text_of
from tests.access.coops import MONTH, Coop, given_young_coop
from tests.access.requests import ask
from tests.support.nightly import parts
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, values_of

_CALLERS = {
    "organiser": Role.ORGANISER,
    "member": Role.MEMBER,
    "feed": Role.FEED,
    "prospect": Role.MEMBER,  # who takes part in nothing
}
_WALKS, _STEPS = 25, 8
_OF_PERIODS = {
    "from_day": str(MONTH.days[0]),
    "to_day": str(MONTH.days[3]),
    "day": str(MONTH.days[2]),
}
_ASKED_WITH = ("_id", "_ids", "prm", "email")


@dataclass(frozen=True)
class Hostile:
    """Those of a co-op in its first days, and what each said of the others so far."""

    coop: Coop
    clients: Mapping[str, httpx.AsyncClient]
    said: Mapping[str, set[str]] = field(
        default_factory=lambda: {caller: set() for caller in _CALLERS}
    )


@pytest.fixture(scope="session")
async def hostile(platform: Platform) -> AsyncIterator[Hostile]:
    coop, tokens = await given_young_coop(platform)
    async with AsyncExitStack() as stack:
        clients = {
            caller: await stack.enter_async_context(platform.client(token))
            for caller, token in tokens.items()
        }
        yield Hostile(coop, clients)


@pytest.mark.parametrize("_part", parts(50))
@settings(max_examples=_WALKS, phases=[Phase.generate], database=None)
@given(chance=st.randoms(use_true_random=True))
async def test_a_hostile_walk_tells_nobody_of_another_co_op(
    coops: Coops, hostile: Hostile, _part: int, chance: Random
) -> None:
    others = [coops.ours, coops.theirs, coops.spent]
    for _ in range(_STEPS):
        caller = chance.choice(list(_CALLERS))
        route = chance.choice(_routes_for(_CALLERS[caller]))
        values = _drawn(chance, route, [hostile.coop, *others])
        answer = await _ask(hostile.clients[caller], route, values)

        step, said = f"{caller}: {route.method} {answer.request.url}", hostile.said[caller]
        said |= _named_in(_request_of(answer), others)
        assert not answer.is_server_error, f"{step}: {answer.text}"
        text = text_of(answer)
        assert _named_in(text, others) - said == set(), step
        assert not [other for other in others if has_half_hours(text, half_hours(other))], step


async def test_whom_it_is_for_is_told_all_of_this(platform: Platform, coops: Coops) -> None:
    """Else nothing would be found, whatever leaked."""
    coop = coops.ours
    async with coop.client(platform, Role.ORGANISER) as organiser:
        curve = await organiser.get(
            f"/ingest/points/{coop.neighbours_home}/load-curve", params=_OF_PERIODS
        )
        member = await organiser.get(f"/community/members/{coop.neighbour_id}")
        creditor = await organiser.get(f"/billing/issuers/{coop.seller_id}/creditor")

    assert has_half_hours(text_of(curve), half_hours(coop))
    assert _named_in(member.text, [coop]) == {coop.words[2], coop.neighbours_email}
    assert coop.ibans[0] in _named_in(creditor.text, [coop])


def _routes_for(role: Role) -> list[Route]:
    """Of the services; those that are not for the role are test_roles.py's."""
    return [
        route
        for route in all_routes()
        if route.path.count("/") > 1 and (route.roles is None or role in route.roles)
    ]


def _drawn(chance: Random, route: Route, coops: Sequence[Coop]) -> dict[str, Any]:
    """For each name of whatever co-op, and of whichever of its members; any form of the answer."""
    of_each = [_known(coop, of_neighbour=chance.random() < 0.5) for coop in coops]
    values = {
        name: chance.choice(of_each).get(name) for coop_names in of_each for name in coop_names
    }
    forms = {name: values_of(schema) for name, schema in route.parameters("query")}
    chosen = {name: chance.choice(values) for name, values in forms.items() if values}
    return {name: value for name, value in values.items() if value} | _OF_PERIODS | chosen


def _known(coop: Coop, *, of_neighbour: bool) -> dict[str, Any]:
    if not of_neighbour:
        return coop.known | {"email": coop.emails[Role.MEMBER]}
    return coop.known | {
        "email": coop.neighbours_email,
        "issuer_id": coop.neighbour_id,
        "member_id": coop.neighbour_id,
        "plant_prm": coop.home,
        "prm": coop.neighbours_home,
    }


async def _ask(
    client: httpx.AsyncClient, route: Route, values: Mapping[str, Any]
) -> httpx.Response:
    ids = {name: value for name, value in values.items() if name.endswith(_ASKED_WITH)}
    body = route.body(ids)
    return await ask(client, route, values, **(body if "json" in body else {}))


def _request_of(answer: httpx.Response) -> str:
    sent_text = f"{answer.request.url} {answer.request.content.decode(errors='replace')}"
    return sent_text.replace("%40", "@")


def _named_in(text: str, coops: Sequence[Coop]) -> set[str]:
    """Names, which are in all addresses, IBANs, e-mail addresses; all may see who organises."""
    people = {
        word
        for coop in coops
        for word in (*coop.words[1:], *coop.ibans, *coop.emails.values(), coop.neighbours_email)
    }
    return {person for person in people if person in text}
