"""Every role at every route: what docs/use/routes.md gives to nobody, nobody gets."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from libs.common.auth.principals import Role
from libs.common.http.answers import PRIVATE
from tests.access.conftest import Coops
from tests.access.requests import ask
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, documented_roles

_JSON = {"content-type": "application/json"}
_FORM = {"content-type": "multipart/form-data; boundary=x"}
_MALFORMED: Sequence[dict[str, Any]] = [
    {"json": {"surprise": 5}},
    {"content": b"{never closed", "headers": _JSON},
    {"content": b"--x\r\nnever closed", "headers": _FORM},
]


_OF_THE_FEED = {
    "GET /ingest/deliveries/{delivery_id}",
    "GET /ingest/deliveries/{delivery_id}/quarantine",
}
"""Organisers see the files that they pushed: tests/ingest/test_organisers_files.py."""
_NOTHING_THERE = {
    "GET /community/accounts/{email}/sessions": "the address of no account",
    "GET /community/operations/{operation_id}/legal-basis": "nobody has said which",
    "GET /community/operations/{operation_id}/points/{prm}/leave-request": "nobody wants to",
    "GET /community/operations/{operation_id}/polls/{poll_id}/possible-holders": "nobody's code",
    "GET /community/gatherings/{gathering_id}/materials/{material_id}/file": "it is a link",
    "GET /ingest/operations/{operation_id}/estimations/{estimation_id}": "October has no gap",
    "GET /ingest/deliveries/by-content/{sha256}": "the feed pushed it, not the organiser",
    "GET /ingest/operations/{operation_id}/dso-perimeter": "the DSO has told none",
    "GET /allocation/operations/{operation_id}/reconciliation": "no result of the DSO",
    "GET /allocation/operations/{operation_id}/reconciliation.csv": "no result of the DSO",
    "GET /allocation/operations/{operation_id}/reconciliation.parquet": "no result of the DSO",
    "GET /allocation/operations/{operation_id}/keys/{key_id}/preview": "no poll was about it",
    "GET /allocation/operations/{operation_id}/coefficients/submissions/{month}/{number}": "none",
    "GET /allocation/operations/{operation_id}/coefficient-deposits/{month}/{number}": "none",
    "GET /allocation/operations/{operation_id}/coefficient-deposits/{month}/{number}/file": "none",
    "GET /billing/issuers/{issuer_id}/payouts/{payout_id}": "nobody has paid yet",
    "GET /billing/issuers/{issuer_id}/payouts/{payout_id}/pain.001.xml": "nobody has paid",
    "GET /billing/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/statement": "none",
    "GET /billing/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/statement.pdf": "no",
    "GET /billing/issuers/{issuer_id}/bank-transactions/{transaction_id}/transfers": "none yet",
    "GET /billing/issuers/{issuer_id}/refunds/{refund_id}": "nobody was paid back",
    "GET /billing/payment-notices/{notice_id}": "a single seller needs none",
    "GET /billing/payment-notices/{notice_id}.pdf": "a single seller needs none",
    "GET /billing/issuers/{issuer_id}/refunds/{refund_id}/pain.001.xml": "nobody was paid back",
    "GET /billing/operations/{operation_id}/gift-statements.pdf": "all is sold",
    "GET /billing/points/{prm}/surplus-contract": "the home is no plant",
}
"""What our co-op does not have, and why."""


def _routes_for(role: Role, *, admitted: bool) -> list[Route]:
    """In an order in which nothing is missing that an earlier one took away."""
    order = ["GET", "POST", "PUT", "DELETE"]
    routes = [
        route
        for route in all_routes()
        if (roles := documented_roles().get(route.name)) is not None and (role in roles) == admitted
    ]
    return sorted(routes, key=lambda route: order.index(route.method))


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.MEMBER, Role.FEED])
async def test_whom_a_route_is_not_for_is_refused_even_with_what_is_theirs(
    platform: Platform, coops: Coops, role: Role
) -> None:
    async with coops.ours.client(platform, role) as client:
        answers = {
            route.name: [
                await ask(client, route, coops.ours.known),
                *[await ask(client, route, coops.ours.known, **body) for body in _MALFORMED],
            ]
            for route in _routes_for(role, admitted=False)
        }

    let_in = {
        name: statuses
        for name, ones in answers.items()
        if set(statuses := [answer.status_code for answer in ones]) != {403}
    }
    assert let_in == {}
    types = {answer.json()["type"] for ones in answers.values() for answer in ones}
    assert types == {"/problems/forbidden"}


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ORGANISER, Role.MEMBER])
async def test_what_a_co_op_has_is_found_by_its_own_people(
    platform: Platform, coops: Coops, role: Role
) -> None:
    """Else a route could be closed to whom it is for, and 404 be taken for nothing there."""
    async with coops.ours.client(platform, role) as client:
        answers = {
            route.name: await ask(client, route, coops.ours.known)
            for route in _routes_for(role, admitted=True)
            if route.method == "GET"
        }

    missing = {name for name, answer in answers.items() if answer.status_code == 404}
    kept = {
        name for name, answer in answers.items() if not PRIVATE.items() <= answer.headers.items()
    }
    assert kept == set()  # M10
    assert missing - _NOTHING_THERE.keys() == set()


@pytest.mark.parametrize("role", Role)
async def test_whom_a_route_is_for_gets_in_with_what_is_theirs(
    platform: Platform, coops: Coops, role: Role
) -> None:
    """As documented: the bodies are the examples. A conflict, or nothing there, is no refusal."""
    async with coops.spent.client(platform, role) as client:
        answers = [
            (route.name, await ask(client, route, coops.spent.known))
            for route in _routes_for(role, admitted=True)
            if role is not Role.ORGANISER or route.name not in _OF_THE_FEED
        ]

    refused = [f"{name}: {answer.text}" for name, answer in answers if not _gets_in(answer)]
    assert refused == [], "\n".join(refused)


def _gets_in(answer: httpx.Response) -> bool:
    if answer.status_code == 403:  # whose curve it is may have said no, as nobody asked them
        return bool(answer.json()["type"] == "/problems/consent-missing")
    return answer.is_success or answer.status_code in {404, 409}
