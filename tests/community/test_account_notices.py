"""What an account is told of itself, whoever changed it, and a member of accounts: M2, M3."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from services.community.commands.accounts.passwords import give_password
from services.community.domain.problems import AccountUnknown
from tests.community.coop import (
    PASSWORD,
    given_operation,
    list_all,
    member_body,
    put,
    put_account,
)
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.phone import Phone
from tests.support.commands import elocoop
from tests.support.platform import Platform

_NEW = "another password of the tests"


async def _told(operator: httpx.AsyncClient, email: str) -> list[str]:
    """The kinds of what was sent to an address, the newest first."""
    return [
        message["kind"]
        for message in await list_all(operator, "/messages")
        if any(recipient["address"] == email for recipient in message["recipients"])
    ]


async def test_a_member_is_told_of_each_account_that_staff_let_read_for_them(
    operator: httpx.AsyncClient,
) -> None:
    member_id, own_address, before, other = str(uuid4()), *(new_address() for _ in range(3))
    await put(operator, f"/members/{member_id}", member_body(email=before))
    await put(operator, f"/members/{member_id}", member_body(email=own_address))
    rights = {"roles": ["member"], "member_id": member_id}

    await put_account(operator, other, rights)
    await put_account(operator, other, rights)
    invited = {"email": new_address(), "role": "member", "member_id": member_id}
    assert (await operator.post("/community/invitations", json=invited)).status_code == 201

    assert await _told(operator, own_address) == ["log_in_offered"] * 2
    assert await _told(operator, before) == ["log_in_offered"] * 2 + ["email_changed"]
    assert await _told(operator, other) == []


@pytest.mark.parametrize("change", [{"roles": ["operator"]}, {"disabled": True}])
async def test_whose_rights_change_is_told(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    email, rights = new_address(), {"roles": ["feed"]}
    await put_account(operator, email, rights)
    await put_account(operator, email, rights)
    assert await _told(operator, email) == []

    await put_account(operator, email, rights | change)

    assert await _told(operator, email) == ["rights_changed"]


async def test_who_no_longer_runs_an_operation_or_runs_another_one_is_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email, operation_id = new_address(), await given_operation(operator)
    account = await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})
    offered = {"email": email, "role": "organiser", "operation_ids": [operation_id]}
    await operator.post("/community/invitations", json=offered)
    answer = {"secret": await read_secret(operator, email), "password": PASSWORD}
    async with platform.client() as anybody:
        accepted = await anybody.post("/community/invitations/acceptance", json=answer)
    path = f"/community/operations/{operation_id}/organisers/{account['id']}"

    removed = await operator.delete(path)

    assert (accepted.status_code, removed.status_code) == (200, 204)
    assert await _told(operator, email) == ["rights_changed", "rights_changed", "invitation"]


@pytest.mark.parametrize("by_staff", [False, True])
async def test_of_an_authenticator_app_the_account_is_told(
    platform: Platform, operator: httpx.AsyncClient, *, by_staff: bool
) -> None:
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        path = "/community/me/authenticator"
        phone = Phone((await client.post(path)).json()["secret"])
        confirmed = await client.post(f"{path}/confirmation", json={"code": phone.code()})
        added = await _told(operator, email)
        recovery = {"code": confirmed.json()["recovery_codes"][0]}
        removed = (
            await operator.delete(f"/community/accounts/{email}/authenticator")
            if by_staff
            else await client.post(f"{path}/removal", json=recovery)
        )

    assert removed.status_code == 204
    assert added == ["authenticator_added"]
    assert await _told(operator, email) == ["authenticator_removed", "authenticator_added"]


async def test_who_runs_the_machine_gives_a_password_and_the_account_is_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["operator"]})
    async with platform.client(await platform.token(email, PASSWORD)) as before:
        assert (await before.get("/community/me")).status_code == 200
        async with platform.database("community") as database:
            await give_password(database, email, _NEW)
            await give_password(database, email, _NEW)
            with pytest.raises(AccountUnknown):
                await give_password(database, new_address(), _NEW)
        listed = await operator.get(f"/community/accounts/{email}/sessions")

    assert await platform.token(email, _NEW)
    assert listed.json() == []
    assert await _told(operator, email) == ["password_changed"]


async def test_the_command_gives_a_password_to_an_account_that_there_is(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = new_address()
    await put_account(operator, email, {"roles": ["feed"]})
    asked = {"DATABASE_URL": platform.database_url, "typed": f"{_NEW}\n"}

    given = await asyncio.to_thread(elocoop, "give-password", email.upper(), **asked)
    unknown = await asyncio.to_thread(elocoop, "give-password", new_address(), **asked)

    assert given.returncode == 0, given.stderr
    assert await platform.token(email, _NEW)
    assert (unknown.returncode, "There is no such account." in unknown.stderr) == (2, True)
    assert _NEW not in given.stdout + given.stderr
