"""Requests about members' rights, accounts and shares, each of which has to leave a line."""

from collections.abc import Awaitable, Mapping
from typing import Any, Protocol
from uuid import uuid4

import httpx

from tests.community.assembly import member_client
from tests.community.coop import (
    PASSWORD,
    given_member,
    given_operation,
    given_organiser,
    put,
    put_account,
)
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.phone import Phone
from tests.support.platform import Platform

_MOVEMENT = "/organisers/{organiser_id}/capital/movements/{movement_id}"
_SECOND_PROOF = "/me/authenticator"


class Ask(Protocol):
    """A request by staff or by somebody, to the route with these names."""

    def __call__(
        self,
        route: str,
        body: object = None,
        *,
        by: httpx.AsyncClient | None = None,
        names: Mapping[str, str],
        **request: Any,  # noqa: ANN401 - of httpx
    ) -> Awaitable[None]: ...


async def change_rights(platform: Platform, operator: httpx.AsyncClient, ask: Ask) -> None:
    await _change_capital(operator, ask)
    await _invite(platform, operator, ask)
    await _log_in(platform, operator, ask)
    await _change_member(platform, operator, ask)


async def _change_capital(operator: httpx.AsyncClient, ask: Ask) -> None:
    movement = {
        "kind": "subscription",
        "day": "2026-03-02",
        "to_member_id": await given_member(operator),
        "capital_shares": 5,
        "nominal_cents": 2000,
        "document_reference": "Bulletin 14",
    }
    names = {"organiser_id": await given_organiser(operator), "movement_id": str(uuid4())}
    await ask(f"PUT {_MOVEMENT}", movement, names=names)
    await ask(f"POST {_MOVEMENT}/cancellation", {"reason": "entered twice"}, names=names)


async def _invite(platform: Platform, operator: httpx.AsyncClient, ask: Ask) -> None:
    operation_id, email = await given_operation(operator), new_address()
    offer = {"email": email, "role": "organiser", "operation_ids": [operation_id]}
    await ask("POST /invitations", offer, names={})
    acceptance = {"secret": await read_secret(operator, email), "password": PASSWORD}
    async with platform.client() as anybody:
        await ask("POST /invitations/acceptance", acceptance, by=anybody, names={})
    (account,) = (await operator.get(f"/community/operations/{operation_id}/organisers")).json()
    names = {"operation_id": operation_id, "account_id": account["id"]}
    await ask("DELETE /operations/{operation_id}/organisers/{account_id}", names=names)
    sent = await operator.post("/community/invitations", json=offer)
    names = {"invitation_id": sent.json()["id"]}
    await ask("POST /invitations/{invitation_id}/withdrawal", names=names)


async def _log_in(platform: Platform, operator: httpx.AsyncClient, ask: Ask) -> None:
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["operator"]})
    async with platform.client() as anybody:
        await anybody.post("/community/log-in-links", json={"email": email})
        use = {"secret": await read_secret(operator, email)}
        await ask("POST /log-in-links/use", use, by=anybody, names={})
        by_password = {"email": email, "password": PASSWORD}
        await ask("POST /browser-session", by_password, by=anybody, names={})
        await ask("DELETE /browser-session", by=anybody, names={})
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        for ending in ("removal", "reset"):
            await ask(f"POST {_SECOND_PROOF}", by=client, names={})
            started = await client.post(f"/community{_SECOND_PROOF}")
            phone = Phone(started.json()["secret"])
            code = {"code": phone.code()}
            await ask(f"POST {_SECOND_PROOF}/confirmation", code, by=client, names={})
            if ending == "removal":
                code = {"code": phone.code(later=1)}
                await ask(f"POST {_SECOND_PROOF}/removal", code, by=client, names={})
            else:
                await ask("DELETE /accounts/{email}/authenticator", names={"email": email})
        await ask("POST /me/step-up", {"password": PASSWORD}, by=client, names={})
        passwords = {"password": PASSWORD, "new_password": "another password of the tests"}
        await ask("PUT /me/password", passwords, by=client, names={})


async def _change_member(platform: Platform, operator: httpx.AsyncClient, ask: Ask) -> None:
    member_id, email = await given_member(operator), new_address()
    async with member_client(platform, member_id) as member, platform.client() as anybody:
        contact = {"address": "14 rue des Encriers", "language": "fr"}
        await ask("PUT /me/contact", contact, by=member, names={})
        await ask("POST /me/email-changes", {"email": email}, by=member, names={})
        secret = {"secret": await read_secret(operator, email)}
        await ask("POST /email-changes/confirmation", secret, by=anybody, names={})
    names = {"member_id": member_id}
    await ask("PUT /members/{member_id}/erasure", names=names)
    await ask("DELETE /members/{member_id}/erasure", names=names)
    await put(operator, f"/members/{member_id}/erasure", None)
    execution = {"nothing_is_owed": True}
    await ask("POST /members/{member_id}/erasure/execution", execution, names=names)
