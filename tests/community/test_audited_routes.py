"""Routes that change something leave a line in the audit log."""

import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.community.assembly import Assembly, assembly, poll_body
from tests.community.audited_desk import change_desk
from tests.community.audited_life import change_life
from tests.community.audited_rights import change_rights
from tests.community.coop import (
    PASSWORD,
    consent_body,
    given_member,
    given_point,
    logged_in,
    member_body,
    new_operation_id,
    new_prm,
    operation_body,
    participation,
)
from tests.support.auditing import audit_lines, changing_routes
from tests.support.platform import Platform

_SILENT = {
    "POST /community/parked-events/{event_id}/replay": "needs a parked event: it has its line in"
    " tests/common/test_parked_routes.py",
    "DELETE /community/me/email-changes": "an address that is not used is nobody's change",
    "POST /community/token": "test_audit.py asks for its line",
    "POST /community/browser-session/renewal": "a new day is not noted, as for POST /token",
    "POST /community/log-in-links": "a link is good once, for minutes",
    "POST /community/invitations/preview": "changes nothing",
    "POST /community/messages/bounces": "needs a message: test_messages.py asks for its line",
    "POST /community/me/notifications/seen": "what members are told by the service itself",
    "POST /community/operations/{operation_id}/members/preview": "changes nothing",
    "POST /community/operations/{operation_id}/participations/preview": "changes nothing",
    "PUT /community/operations/{operation_id}/polls/{poll_id}/ballots/{member_id}": "see below",
    "POST /community/public/operations/{operation_id}/eligibility": "changes nothing",
    "POST /community/public/places": "changes nothing",
    "POST /community/requests": "itself a record, and of nobody that is known",
    "POST /community/sign-ups": "itself a record, and of nobody that is known",
    "POST /community/sign-ups/confirmation": "itself a record, and of nobody that is known",
}
"""Routes that leave no line here, and why."""
_POLL = "/operations/{operation_id}/polls/{poll_id}"
_PARTICIPATIONS = "/operations/{operation_id}/participations"


@dataclass
class Auditor:
    """Makes requests, and asks for the line of each."""

    operator: httpx.AsyncClient
    audited: set[str] = field(default_factory=set)
    silent: dict[str, str] = field(default_factory=dict)

    async def ask(
        self,
        route: str,
        body: object = None,
        *,
        by: httpx.AsyncClient | None = None,
        names: Mapping[str, str],
        **request: Any,  # noqa: ANN401 - of httpx
    ) -> None:
        method, path = route.split()
        url = f"/community{path.format(**names)}"
        sent = request or {"json": body}
        answer = await (by or self.operator).request(method, url, **sent)
        assert answer.is_success, f"{route}: {answer.text}"
        request_id = answer.headers["x-request-id"]
        lines = await audit_lines(self.operator, "community", request_id=request_id)
        routes = {line["route"] for line in lines}
        if routes == {f"{method} /community{path}"}:
            self.audited |= routes
        else:
            self.silent[route] = f"{routes}: {answer.text}"


@pytest.fixture
async def auditor(operator: httpx.AsyncClient) -> Auditor:
    return Auditor(operator)


@pytest.fixture
async def three(platform: Platform, operator: httpx.AsyncClient) -> AsyncIterator[Assembly]:
    async with assembly(platform, operator, members=3) as group:
        yield group


async def test_whatever_changes_something_leaves_a_line_with_its_route(
    platform: Platform, anonymous: httpx.AsyncClient, auditor: Auditor, three: Assembly
) -> None:
    await _change_registry(auditor)
    await _change_consents(auditor)
    await _change_accounts(platform, auditor)
    await _change_polls(auditor, three)
    await change_rights(platform, auditor.operator, auditor.ask)
    await change_desk(platform, auditor.operator, anonymous, auditor.ask)
    await change_life(platform, auditor.operator, auditor.ask)

    assert auditor.silent == {}
    assert changing_routes("community") - auditor.audited == set(_SILENT)


async def _change_registry(auditor: Auditor) -> None:
    organiser_id, member_id, prm = str(uuid4()), str(uuid4()), new_prm()
    operation_id = new_operation_id()
    organiser = {"name": "Les Volts", "address": "1 place"}
    await auditor.ask(
        "PUT /organisers/{organiser_id}", organiser, names={"organiser_id": organiser_id}
    )
    await auditor.ask("PUT /members/{member_id}", member_body(), names={"member_id": member_id})
    await auditor.ask("PUT /points/{prm}", {"label": "Toit"}, names={"prm": prm})
    operation = operation_body(organiser_id)
    await auditor.ask(
        "PUT /operations/{operation_id}", operation, names={"operation_id": operation_id}
    )
    await auditor.ask(
        "PUT /operations/{operation_id}/presentation",
        {"is_public": True},
        names={"operation_id": operation_id},
    )
    row = participation(prm, member_id, "2026-01-01", "2026-02-01")
    names = {"operation_id": operation_id, "prm": prm}
    await auditor.ask(f"PUT {_PARTICIPATIONS}", [row], names=names)
    later = {"direction": "consumption", "member_id": member_id}
    for method, body in (("PUT", later), ("DELETE", None)):
        route = f"{method} {_PARTICIPATIONS}/{{prm}}/{{valid_from}}"
        await auditor.ask(route, body, names={**names, "valid_from": "2026-03-01"})


async def _change_consents(auditor: Auditor) -> None:
    names = {"member_id": await given_member(auditor.operator), "consent_id": str(uuid4())}
    body = consent_body(await given_point(auditor.operator))
    route = "/members/{member_id}/consents/{consent_id}"
    await auditor.ask(f"PUT {route}", body, names=names)
    await auditor.ask(f"POST {route}/withdrawal", names=names)


async def _change_accounts(platform: Platform, auditor: Auditor) -> None:
    email = f"audited-{secrets.token_hex(4)}@example.org"
    await auditor.ask("PUT /accounts/{email}", {"roles": ["feed"]}, names={"email": email})
    await platform.give_password(email, PASSWORD)
    await platform.token(email, PASSWORD)
    await auditor.ask("DELETE /accounts/{email}/sessions", names={"email": email})
    async with logged_in(platform, auditor.operator, "feed") as client:
        (session,) = (await client.get("/community/me/sessions")).json()
        await auditor.ask(
            "DELETE /me/sessions/{session_id}", by=client, names={"session_id": session["id"]}
        )


async def _change_polls(auditor: Auditor, three: Assembly) -> None:
    names = {"operation_id": three.operation_id, "poll_id": str(uuid4())}
    giver, holder, _ = three.members
    await auditor.ask(f"PUT {_POLL}", poll_body(max_proxies=1), names=names)
    await auditor.ask(f"POST {_POLL}/opening", {}, names=names)
    to_holder, by = {"holder_id": holder}, three.clients[giver]
    await auditor.ask(f"PUT {_POLL}/proxy", to_holder, by=by, names=names)
    await auditor.ask(f"DELETE {_POLL}/proxy", by=by, names=names)
    await auditor.ask(f"PUT {_POLL}/proxy", to_holder, by=by, names=names)
    declining = f"DELETE {_POLL}/proxies/{{giver_id}}"
    await auditor.ask(declining, by=three.clients[holder], names={**names, "giver_id": giver})
    await auditor.ask(f"POST {_POLL}/cancellation", {"reason": "A mistake in it."}, names=names)


async def test_a_ballot_leaves_no_line_not_even_that_somebody_voted(
    operator: httpx.AsyncClient, three: Assembly
) -> None:
    poll_id = await three.given_poll(ballot_mode="secret")

    answer = await three.vote(three.members[0], poll_id, options=["for"])

    assert answer.is_success, answer.text
    query = {"request_id": answer.headers["x-request-id"]}
    assert (await operator.get("/community/audit", params=query)).json() == []
