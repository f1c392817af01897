"""Roles that do nothing without an authenticator app (M2)."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from libs.common.settings import Settings
from tests.community.coop import PASSWORD, bearer, beside, given_member, put_account
from tests.community.mailing import new_address
from tests.community.phone import Phone
from tests.support.platform import SECRET_KEY, Platform

_APP = "/community/me/authenticator"


@pytest.fixture(scope="module")
async def strict(platform: Platform) -> AsyncIterator[Platform]:
    async with beside(platform, auth_second_factor_roles="operator, organiser") as here:
        yield here


async def _given(operator: httpx.AsyncClient, **rights: object) -> str:
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, **rights})
    return email


async def _log_in(client: httpx.AsyncClient, email: str, **more: str) -> dict[str, Any]:
    form = {"username": email, "password": PASSWORD, **more}
    answer = await client.post("/community/token", data=form)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_who_needs_an_app_logs_in_only_to_set_one_up(
    strict: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    rights = {"roles": ["operator", "member"], "member_id": member_id}
    email = await _given(operator, **rights)
    async with strict.client() as client:
        tokens = await _log_in(client, email)
        before = bearer(tokens)
        me = (await client.get("/community/me", headers=before)).json()
        refused = [
            await client.get(f"/community{path}", headers=before)
            for path in ("/members", "/audit", f"/members/{member_id}", "/me/member")
        ]
        phone = Phone((await client.post(_APP, headers=before)).json()["secret"])
        code = {"code": phone.code()}
        confirmed = await client.post(f"{_APP}/confirmation", json=code, headers=before)
        still = await client.get("/community/members", headers=before)
        form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        after = bearer((await client.post("/community/token", data=form)).json())
        let_in = await client.get("/community/members", headers=after)
        me_after = (await client.get("/community/me", headers=after)).json()

    assert (me["roles"], me["member_id"], me["needs_authenticator"]) == ([], None, True)
    assert {answer.status_code for answer in refused} == {403}
    assert (confirmed.status_code, still.status_code, let_in.status_code) == (200, 403, 200)
    assert set(me_after["roles"]) == {"operator", "member"}
    assert me_after["needs_authenticator"] is False


async def test_whose_app_is_removed_needs_another_one(
    strict: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given(operator, roles=["operator"])
    async with strict.client() as client:
        first = bearer(await _log_in(client, email))
        phone = Phone((await client.post(_APP, headers=first)).json()["secret"])
        code = {"code": phone.code()}
        confirmed = await client.post(f"{_APP}/confirmation", json=code, headers=first)
        recovery = confirmed.json()["recovery_codes"][0]
        let_in = bearer(await _log_in(client, email, code=recovery))
        assert (await client.get("/community/members", headers=let_in)).status_code == 200
        await operator.delete(f"/community/accounts/{email}/authenticator")
        again = bearer(await _log_in(client, email))

        assert (await client.get("/community/members", headers=again)).status_code == 403


async def test_a_member_needs_none_and_staff_need_one_in_the_page_too(
    strict: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    member = await _given(operator, roles=["member"], member_id=member_id)
    staff = await _given(operator, roles=["operator"])
    async with strict.client() as client:
        states = []
        for email in (member, staff):
            body = {"email": email, "password": PASSWORD}
            answer = await client.post("/community/browser-session", json=body)
            me = (await client.get("/community/me", headers=bearer(answer.json()))).json()
            states.append((me["roles"], me["needs_authenticator"]))

    assert states == [(["member"], False), ([], True)]


@pytest.mark.parametrize(
    ("roles", "keys"), [("king", SECRET_KEY), ("feed", SECRET_KEY), ("operator", "")]
)
def test_what_nobody_could_comply_with_is_no_setting(roles: str, keys: str) -> None:
    with pytest.raises(ValidationError):
        Settings(auth_second_factor_roles=roles, secret_keys=keys)
