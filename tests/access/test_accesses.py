"""Each look of staff and organisers at what is kept of a member is told to that member."""

from collections.abc import Mapping
from uuid import uuid4

import httpx
import pytest

from libs.common.auth.principals import Role
from tests.access.conftest import Coops
from tests.access.coops import PASSWORD, Coop
from tests.access.requests import ask
from tests.community.coop import given_operation, put_account
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes

_SERVICES = ("community", "billing")
_LOG = "the log itself"
_OWN = "the caller's own"
_WORK = "what the operation is run by: ids and PRMs, no names"
_BOOKS = "read by whoever keeps the books, which is their duty"
_ALL = "all members may see it"
_RULES = "rules and settings, about nobody"
_NOT_YET = "about people who are no members yet"
_ACCOUNTS = "accounts of who works here"
_SUMS = "sums, of nobody alone"

_NOBODY_THERE = {
    "GET /community/accounts/{email}/sessions": "of an account that is no member's",
    "GET /community/erasure-requests": "nobody asks to be erased",
    "GET /community/gatherings/{gathering_id}/attendance": "it has not begun",
    "GET /community/invitations": "of an organiser",
    "GET /billing/payment-notices": "nobody gets one: a single seller needs none",
    "GET /billing/issuers/{issuer_id}/mandate-requests": "nobody asks to be debited",
    "GET /billing/operations/{operation_id}/gift-statements": "all is sold",
    "GET /billing/operations/{operation_id}/preflight": "all is issued",
    "GET /billing/points/{prm}/surplus-contract": "the home is no plant",
    "GET /billing/runs/{run_id}": "all was issued before it",
}
"""Of whom our co-op has nobody."""
_NOT_NOTED: Mapping[str, str] = {
    "GET /community/audit": _LOG,
    "GET /community/deadlines": _WORK,
    "GET /community/feeds": _ACCOUNTS,
    "GET /community/gatherings": _ALL,
    "GET /community/gatherings/{gathering_id}": _ALL,
    "GET /community/gatherings/{gathering_id}/materials": _ALL,
    "GET /community/gatherings/{gathering_id}/minutes": _ALL,
    "GET /community/log-in-pauses": "to let people in who cannot log in; nothing but an address",
    "GET /community/me": _OWN,
    "GET /community/me/calendar-feeds": _OWN,
    "GET /community/me/notification-channels": _OWN,
    "GET /community/me/notifications": _OWN,
    "GET /community/me/sessions": _OWN,
    "GET /community/members/{member_id}/accesses": _LOG,
    "GET /community/news": _ALL,
    "GET /community/news/{article_id}": _ALL,
    "GET /community/operations": _WORK,
    "GET /community/operations/{operation_id}": _WORK,
    "GET /community/operations/{operation_id}/challenges": _ALL,
    "GET /community/operations/{operation_id}/challenges/{challenge_id}": _ALL,
    "GET /community/operations/{operation_id}/challenges/{challenge_id}/standing": _ALL,
    "GET /community/operations/{operation_id}/convention": _RULES,
    "GET /community/operations/{operation_id}/declarations": _WORK,
    "GET /community/operations/{operation_id}/declarations/next": _WORK,
    "GET /community/operations/{operation_id}/declarations/{declaration_id}": _WORK,
    "GET /community/operations/{operation_id}/feasibility": _WORK,
    "GET /community/operations/{operation_id}/organisers": _ACCOUNTS,
    "GET /community/operations/{operation_id}/polls": _ALL,
    "GET /community/operations/{operation_id}/polls/{poll_id}": _ALL,
    "GET /community/operations/{operation_id}/polls/{poll_id}/ballots": _ALL,
    "GET /community/operations/{operation_id}/polls/{poll_id}/result": _ALL,
    "GET /community/operations/{operation_id}/polls/{poll_id}/seal": _ALL,
    "GET /community/operations/{operation_id}/polls/{poll_id}/verification": _ALL,
    "GET /community/operations/{operation_id}/presentation": _RULES,
    "GET /community/operations/{operation_id}/sign-ups": _NOT_YET,
    "GET /community/organisers": _ALL,
    "GET /community/organisers/{organiser_id}": _ALL,
    "GET /community/parked-events": _WORK,
    "GET /community/request-figures": _NOT_YET,
    "GET /community/request-purges": _SUMS,
    "GET /community/requests": _NOT_YET,
    "GET /community/requests/{request_id}": _NOT_YET,
    "GET /community/requests/{request_id}/study": _NOT_YET,
    "GET /community/today": _WORK,
    "GET /billing/audit": _LOG,
    "GET /billing/issuers/{issuer_id}/balances": _BOOKS,
    "GET /billing/issuers/{issuer_id}/bank-transactions": _BOOKS,
    "GET /billing/issuers/{issuer_id}/books": _BOOKS,
    "GET /billing/issuers/{issuer_id}/books/years/{year}/unbilled": _BOOKS,
    "GET /billing/issuers/{issuer_id}/collections": _WORK,
    "GET /billing/issuers/{issuer_id}/e-reporting": _SUMS,
    "GET /billing/issuers/{issuer_id}/fec": _BOOKS,
    "GET /billing/issuers/{issuer_id}/journal.csv": _BOOKS,
    "GET /billing/issuers/{issuer_id}/mail-policy": _RULES,
    "GET /billing/issuers/{issuer_id}/payout-preview": _WORK,
    "GET /billing/issuers/{issuer_id}/payout-reserve": _RULES,
    "GET /billing/issuers/{issuer_id}/payouts": _WORK,
    "GET /billing/issuers/{issuer_id}/refund-preview": _WORK,
    "GET /billing/issuers/{issuer_id}/refunds": _WORK,
    "GET /billing/issuers/{issuer_id}/reminder-schedule": _RULES,
    "GET /billing/issuers/{issuer_id}/reminders": _WORK,
    "GET /billing/issuers/{issuer_id}/submissions": _WORK,
    "GET /billing/issuers/{issuer_id}/tax-return": _BOOKS,
    "GET /billing/issuers/{issuer_id}/tax-return.csv": _BOOKS,
    "GET /billing/issuers/{issuer_id}/write-offs": _WORK,
    "GET /billing/members/{member_id}/accesses": _LOG,
    "GET /billing/months": _SUMS,
    "GET /billing/parked-events": _WORK,
    "GET /billing/operations/{operation_id}/accise-regime": _RULES,
    "GET /billing/operations/{operation_id}/correction-policy": _RULES,
    "GET /billing/operations/{operation_id}/gifts": _RULES,
    "GET /billing/operations/{operation_id}/months/{month}/corrections": _WORK,
    "GET /billing/operations/{operation_id}/prices": _RULES,
    "GET /billing/operations/{operation_id}/thresholds": _RULES,
    "GET /billing/operations/{operation_id}/yearly-report": _SUMS,
    "GET /billing/operations/{operation_id}/yearly-report.pdf": _SUMS,
    "GET /billing/reference-offers": _RULES,
    "GET /billing/runs": _WORK,
    "GET /billing/today": _WORK,
}
"""Routes by which staff and organisers may look without a line, and why."""


def _routes(role: Role) -> list[Route]:
    return [
        route
        for route in all_routes()
        if route.method == "GET"
        and route.path.split("/")[1] in _SERVICES
        and role in (route.roles or ())
    ]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ORGANISER])
async def test_each_look_is_told_to_the_member_unless_it_is_named_here(
    platform: Platform, coops: Coops, role: Role
) -> None:
    coop = coops.ours
    before = await _told(platform, coop)
    async with coop.client(platform, role) as client:
        answers = {route.name: await ask(client, route, coop.known) for route in _routes(role)}
    after = await _told(platform, coop)

    seen = {name for name, answer in answers.items() if answer.is_success}
    noted = {f"GET {route}" for key, route in after.items() if key not in before}
    assert len(seen) > 40
    assert seen - noted == (_NOT_NOTED.keys() | _NOBODY_THERE.keys()) & seen
    assert noted <= seen


def test_only_routes_that_there_are_are_named_here() -> None:
    there = {route.name for role in Role for route in _routes(role)}

    assert _NOT_NOTED.keys() - there == set()


async def test_what_members_see_of_themselves_and_of_their_customers_is_not_noted(
    platform: Platform, coops: Coops
) -> None:
    coop = coops.ours
    before = await _told(platform, coop)
    async with coop.client(platform, Role.MEMBER) as seller:
        answers = [await ask(seller, route, coop.known) for route in _routes(Role.MEMBER)]

    assert any(answer.is_success for answer in answers)
    assert await _told(platform, coop) == before


async def test_who_also_organises_another_operation_looks_at_what_is_theirs_unnoted(
    platform: Platform, operator: httpx.AsyncClient, coops: Coops
) -> None:
    """A seller at its customers, and whoever has the point at the point."""
    coop, email = coops.ours, f"both-{uuid4().hex[:8]}@example.org"
    account = {"roles": ["member", "organiser"], "member_id": coop.seller_id}
    rights = {**account, "operations": [await given_operation(operator)]}
    await put_account(operator, email, {"password": PASSWORD, **rights})
    before = await _told(platform, coop)
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        answers = [await ask(client, route, coop.known) for route in _routes(Role.MEMBER)]

    assert sum(answer.is_success for answer in answers) > 40
    assert await _told(platform, coop) == before


async def _told(platform: Platform, coop: Coop) -> dict[tuple[str, int], str]:
    """What both members of the co-op are told: the route, by service and number."""
    lines: dict[tuple[str, int], str] = {}
    async with coop.client(platform, Role.MEMBER) as seller, coop.neighbour(platform) as neighbour:
        for client, member_id in ((seller, coop.seller_id), (neighbour, coop.neighbour_id)):
            for service in _SERVICES:
                lines |= await _lines(client, service, member_id)
    return lines


async def _lines(
    client: httpx.AsyncClient, service: str, member_id: str
) -> dict[tuple[str, int], str]:
    answer = await client.get(f"/{service}/members/{member_id}/accesses", params={"limit": 1000})
    assert answer.status_code == 200, answer.text
    assert all(access["subject"] is None for access in answer.json())
    return {(service, access["number"]): access["route"] for access in answer.json()}
