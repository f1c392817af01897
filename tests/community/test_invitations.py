"""Invitations: who may offer what, a link that works once, and who is let in."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from libs.common.auth.principals import Rights, Role
from services.community.schemas.accounts.invitations import InvitedAs
from services.community.store.accounts.accounts import lock_address
from tests.community.assembly import join
from tests.community.coop import (
    PASSWORD,
    beside,
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    member_body,
    participation,
    put,
    put_account,
)
from tests.community.door import Door
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.support.platform import Platform


async def _invite(client: httpx.AsyncClient, **body: object) -> httpx.Response:
    return await client.post("/community/invitations", json=body)


async def _invited(client: httpx.AsyncClient, **body: object) -> Any:  # noqa: ANN401 - JSON
    answer = await _invite(client, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _accept(platform: Platform, secret: str, password: str = PASSWORD) -> httpx.Response:
    async with platform.client() as anybody:
        body = {"secret": secret, "password": password}
        return await anybody.post("/community/invitations/acceptance", json=body)


async def _me(platform: Platform, email: str, password: str = PASSWORD) -> Any:  # noqa: ANN401 - JSON
    async with platform.client(await platform.token(email, password)) as client:
        return (await client.get("/community/me")).json()


async def test_who_is_invited_chooses_a_password_and_logs_in(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email = await given_member(operator), new_address()

    invitation = await _invited(operator, email=email, role="member", member_id=member_id)
    secret = await read_secret(operator, email)
    accepted = await _accept(platform, secret)
    me = await _me(platform, email)

    assert invitation["state"] == "open"
    assert secret not in str(invitation)
    assert accepted.json() == {
        "email": email,
        "roles": ["member"],
        "operations": [],
        "member_id": member_id,
    }
    assert (me["roles"], me["member_id"]) == (["member"], member_id)


async def _preview(platform: Platform, secret: str) -> httpx.Response:
    async with platform.client() as anybody:
        return await anybody.post("/community/invitations/preview", json={"secret": secret})


async def test_a_link_tells_to_what_one_is_invited_and_by_whom_and_stays_good(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email = await given_member(operator), new_address()
    member = (await operator.get(f"/community/members/{member_id}")).json()
    await _invited(operator, email=email, role="member", member_id=member_id)
    secret = await read_secret(operator, email)

    before = (await _preview(platform, secret)).json()
    accepted = await _accept(platform, secret)
    after = await _preview(platform, secret)

    assert before.pop("expires_at")
    assert before == {
        "email": email,
        "roles": ["member"],
        "operation_names": [],
        "member_name": member["name"],
        "invited_by": platform.settings.operator_email,
        "has_account": False,
    }
    assert accepted.status_code == 200
    assert (after.status_code, after.json()["type"]) == (409, "/problems/invitation-refused")


async def test_who_has_an_account_is_told_so_and_which_operations_they_would_run(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email, operation_id = new_address(), await given_operation(operator)
    await put_account(operator, email, {"password": PASSWORD, "roles": ["operator"]})
    await _invited(operator, email=email, role="organiser", operation_ids=[operation_id])

    preview = (await _preview(platform, await read_secret(operator, email))).json()

    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert preview["has_account"] is True
    assert preview["operation_names"] == [operation["name"]]
    assert preview["member_name"] is None


async def test_a_link_works_once_however_many_use_it_at_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = new_address()
    await _invited(operator, email=email, role="operator")
    secret = await read_secret(operator, email)

    answers = await asyncio.gather(
        *(_accept(platform, secret, f"{number} times too many") for number in range(8))
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
    assert (await _accept(platform, secret)).json()["type"] == "/problems/invitation-refused"


async def test_two_invitations_at_once_make_one_account(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email, operation_id = new_address(), await given_operation(operator)
    await _invited(operator, email=email, role="organiser", operation_ids=[operation_id])
    first = await read_secret(operator, email)
    await _invited(operator, email=email, role="operator")
    second = await read_secret(operator, email, number=2)

    answers = await asyncio.gather(_accept(platform, first), _accept(platform, second))

    assert 200 in {answer.status_code for answer in answers}
    for secret, answer in zip((first, second), answers, strict=True):
        if answer.status_code != 200:
            assert (await _accept(platform, secret)).status_code == 200
    me = await _me(platform, email)
    assert (me["roles"], me["operations"]) == (["operator", "organiser"], [operation_id])


async def test_a_link_that_is_withdrawn_expired_or_invented_is_refused_alike(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    secrets = [uuid4().hex]
    for ending in ("withdrawal", "expiry"):
        email = new_address()
        invitation = await _invited(operator, email=email, role="operator")
        secrets.append(await read_secret(operator, email))
        if ending == "withdrawal":
            path = f"/community/invitations/{invitation['id']}/withdrawal"
            first, again = await operator.post(path), await operator.post(path)
            assert first.json() == again.json()
            assert first.json()["state"] == "withdrawn"
        else:
            await _age(platform, invitation["id"], timedelta(days=14))

    answers = [(await _accept(platform, secret)).json() for secret in secrets]

    assert answers[0]["type"] == "/problems/invitation-refused"
    assert all(answer == answers[0] for answer in answers)


async def _age(platform: Platform, invitation_id: str, by: timedelta) -> None:
    older = text("""
        UPDATE invitation SET
            invited_at = invited_at - CAST(:by AS interval),
            expires_at = expires_at - CAST(:by AS interval)
        WHERE id = :id
    """)
    async with platform.database("community") as database, database.transaction() as session:
        await session.execute(older, {"by": by, "id": UUID(invitation_id)})


async def test_an_organiser_invites_for_their_own_operations_and_never_staff(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_operation, elsewhere = await given_operation(operator), await given_operation(operator)
    member_id, stranger = await join(operator, own_operation), await join(operator, elsewhere)
    with_log_in = await join(operator, own_operation)
    log_in = {"password": PASSWORD, "roles": ["member"], "member_id": with_log_in}
    await put_account(operator, new_address(), log_in)
    offers: list[tuple[int, dict[str, object]]] = [
        (201, {"role": "organiser", "operation_ids": [own_operation]}),
        (201, {"role": "member", "member_id": member_id}),
        (403, {"role": "operator"}),
        (403, {"role": "organiser", "operation_ids": [own_operation, elsewhere]}),
        (403, {"role": "member", "member_id": stranger}),
        (403, {"role": "member", "member_id": with_log_in}),
        (422, {"role": "feed"}),
        (422, {"role": "organiser"}),
        (422, {"role": "member", "operation_ids": [own_operation]}),
    ]

    async with (
        logged_in(platform, operator, "organiser", operations=[own_operation]) as organiser,
        logged_in(platform, operator, "organiser", operations=[elsewhere]) as other,
    ):
        for status, offer in offers:
            answer = await _invite(organiser, email=new_address(), **offer)
            assert answer.status_code == status, (offer, answer.text)
        listed = (await organiser.get("/community/invitations")).json()
        assert (await other.get("/community/invitations")).json() == []
        path = f"/community/invitations/{listed[0]['id']}/withdrawal"
        assert (await other.post(path)).status_code == 403

    assert [invitation["roles"] for invitation in listed] == [["member"], ["organiser"]]


async def test_who_has_an_account_gives_its_password_and_gets_the_rights_besides(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, email = (
        await given_operation(operator),
        await given_member(operator),
        new_address(),
    )
    account = {"password": PASSWORD, "roles": ["member"], "member_id": member_id}
    await put_account(operator, email, account)
    await _invited(operator, email=email, role="organiser", operation_ids=[operation_id])
    secret = await read_secret(operator, email)

    wrong = await _accept(platform, secret, "not the password of it")
    right = await _accept(platform, secret)
    other = await given_member(operator)
    await _invited(operator, email=email, role="member", member_id=other)
    clash = await _accept(platform, await read_secret(operator, email, number=2))

    assert (wrong.status_code, wrong.json()["type"]) == (401, "/problems/credentials-refused")
    assert right.json()["roles"] == ["member", "organiser"]
    assert right.json()["member_id"] == member_id
    assert clash.json()["type"] == "/problems/account-of-another-member"


async def test_staff_wait_to_make_an_account_that_somebody_opens_by_an_invitation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = new_address()
    account = {"password": PASSWORD, "roles": ["operator"]}

    async with platform.database("community") as database, database.transaction() as session:
        assert await lock_address(session, email) is None
        making = asyncio.create_task(put_account(operator, email, account))
        await asyncio.wait([making], timeout=1)
        assert not making.done()

    assert (await making)["email"] == email


async def test_a_disabled_account_is_not_opened_by_an_invitation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = new_address()
    account = {"password": PASSWORD, "roles": ["operator"], "disabled": True}
    await put_account(operator, email, account)
    await _invited(operator, email=email, role="operator")

    answer = await _accept(platform, await read_secret(operator, email))

    assert answer.json()["type"] == "/problems/invitation-refused"


async def test_organisers_remove_each_other_but_not_staff(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_id, kept, email, staff = (
        await given_operation(operator),
        await given_operation(operator),
        new_address(),
        new_address(),
    )
    account = {"password": PASSWORD, "roles": ["organiser"], "operations": [own_id, kept]}
    await put_account(operator, email, account)
    account = {"password": PASSWORD, "roles": ["operator", "organiser"], "operations": [own_id]}
    await put_account(operator, staff, account)
    path = f"/community/operations/{own_id}/organisers"

    async with (
        logged_in(platform, operator, "organiser", operations=[own_id]) as organiser,
        logged_in(platform, operator, "organiser", operations=[kept]) as stranger,
        platform.client(await platform.token(email, PASSWORD)) as removed,
    ):
        back = await _invited(
            removed, email=new_address(), role="organiser", operation_ids=[own_id]
        )
        ids = {row["email"]: row["id"] for row in (await organiser.get(path)).json()}
        assert (await stranger.get(path)).status_code == 403
        assert (await stranger.delete(f"{path}/{ids[email]}")).status_code == 403
        done = await organiser.delete(f"{path}/{ids[email]}")
        again = await organiser.delete(f"{path}/{ids[email]}")
        refused = await organiser.delete(f"{path}/{ids[staff]}")
        left = [row["email"] for row in (await organiser.get(path)).json()]

    assert (done.status_code, again.status_code, refused.status_code) == (204, 404, 403)
    assert email not in left
    assert (await _me(platform, email))["operations"] == [kept]
    body = (await operator.get("/community/invitations", params={"limit": 1000})).json()
    (invitation,) = [row for row in body if row["id"] == back["id"]]
    assert invitation["state"] == "withdrawn"
    assert (await operator.delete(f"{path}/{ids[staff]}")).status_code == 204


async def test_organisers_open_one_log_in_for_a_member_however_many_they_offered(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_operation = await given_operation(operator)
    member_id, emails = await join(operator, own_operation), [new_address() for _ in range(3)]
    async with logged_in(platform, operator, "organiser", operations=[own_operation]) as organiser:
        for email in emails:
            await _invited(organiser, email=email, role="member", member_id=member_id)
    secrets = [await read_secret(operator, email) for email in emails]

    answers = await asyncio.gather(*(_accept(platform, secret) for secret in secrets))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 2}
    refused = {answer.json()["type"] for answer in answers if answer.status_code == 409}
    assert refused == {"/problems/invitation-refused"}


@pytest.mark.parametrize("ending", ["removed", "moved", "disabled"])
async def test_who_no_longer_runs_an_operation_lets_nobody_in(
    platform: Platform, operator: httpx.AsyncClient, ending: str
) -> None:
    own_operation, elsewhere = await given_operation(operator), await given_operation(operator)
    member_id, sender = await join(operator, own_operation), new_address()
    account = {"password": PASSWORD, "roles": ["organiser"], "operations": [own_operation]}
    made = await put_account(operator, sender, account)
    as_organiser, as_member = new_address(), new_address()
    async with platform.client(await platform.token(sender, PASSWORD)) as organiser:
        await _invited(
            organiser, email=as_organiser, role="organiser", operation_ids=[own_operation]
        )
        await _invited(organiser, email=as_member, role="member", member_id=member_id)

    if ending == "removed":
        await operator.delete(f"/community/operations/{own_operation}/organisers/{made['id']}")
    else:
        changed = {"operations": [elsewhere]} if ending == "moved" else {"disabled": True}
        await put_account(operator, sender, account | changed)

    for email in (as_organiser, as_member):
        answer = await _accept(platform, await read_secret(operator, email))
        assert answer.json()["type"] == "/problems/invitation-refused"


async def test_who_loses_the_last_operation_is_no_organiser_any_more(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_operation, email = await given_operation(operator), new_address()
    account = {"password": PASSWORD, "roles": ["organiser"], "operations": [own_operation]}
    made = await put_account(operator, email, account)

    answer = await operator.delete(f"/community/operations/{own_operation}/organisers/{made['id']}")

    assert answer.status_code == 204
    assert (await _me(platform, email))["roles"] == []


async def test_with_an_issuer_of_ones_own_there_is_nothing_to_accept(platform: Platform) -> None:
    async with (
        beside(platform, auth_issuer="https://login.example.org") as elsewhere,
        elsewhere.client() as anybody,
    ):
        body = {"secret": "x", "password": PASSWORD}
        answer = await anybody.post("/community/invitations/acceptance", json=body)

    assert answer.json()["type"] == "/problems/login-elsewhere"


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_body_with_the_link_is_shown_to_nobody(
    operator: httpx.AsyncClient, language: str
) -> None:
    email = new_address()
    await _invited(operator, email=email, role="operator", language=language)
    secret = await read_secret(operator, email)

    listed = await operator.get("/community/messages", params={"limit": 1000})

    assert secret not in listed.text


async def test_a_member_hears_of_each_log_in_that_is_offered(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """H2 of the security review: also where it is their own address that is invited."""
    operation_id, own_email = await given_operation(operator), new_address()
    members = [str(uuid4()) for _ in range(3)]
    for member_id, email in zip(members, (own_email, own_email, None), strict=True):
        await put(operator, f"/members/{member_id}", member_body(email=email))
        row = participation(await given_point(operator), member_id)
        await enrol(operator, operation_id, row)
    first, second, without = members
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        for member_id, email in (
            (first, new_address()),
            (second, own_email),
            (without, new_address()),
        ):
            await _invited(organiser, email=email, role="member", member_id=member_id)
    await _invited(operator, email=new_address(), role="member", member_id=second)

    kinds_by_member = {
        member_id: await _told(operator, member_id, "log_in_offered") for member_id in members
    }
    assert (kinds_by_member[first], kinds_by_member[second]) == (
        [own_email],
        [own_email, own_email],
    )
    assert kinds_by_member[without] == [None]


async def test_whoever_changes_an_address_and_invites_is_told_to_the_address_before(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """H2 of the security review: an organiser becomes a member, and changes the address back."""
    operation_id, member_id, own_email = (
        await given_operation(operator),
        str(uuid4()),
        new_address(),
    )
    await put(operator, f"/members/{member_id}", member_body(email=own_email))
    await enrol(operator, operation_id, participation(await given_point(operator), member_id))
    evil = new_address()
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        await put(organiser, f"/members/{member_id}", member_body(email=evil))
        await _invited(organiser, email=evil, role="member", member_id=member_id)
        await put(organiser, f"/members/{member_id}", member_body(email=own_email))

    assert await _told(operator, member_id, "email_changed") == sorted([own_email, evil])
    assert await _told(operator, member_id, "log_in_offered") == sorted([own_email, evil])


async def test_who_has_a_log_in_and_no_address_hears_of_their_first_one_there(
    operator: httpx.AsyncClient,
) -> None:
    """H2 of the security review; who has neither hears of it by what comes to the address."""
    with_log_in, without = [str(uuid4()) for _ in range(2)]
    for member_id in (with_log_in, without):
        await put(operator, f"/members/{member_id}", member_body())
    account = new_address()
    rights = {"roles": ["member"], "member_id": with_log_in}
    await put_account(operator, account, {"password": PASSWORD, **rights})

    for member_id in (with_log_in, without):
        await put(operator, f"/members/{member_id}", member_body(email=new_address()))

    assert await _told(operator, with_log_in, "email_changed") == [account]
    assert await _told(operator, without, "email_changed") == []


async def test_who_signed_up_is_invited_at_the_address_that_they_confirmed(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    """H2 of the security review."""
    operation_id = await given_operation(operator)
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        door = Door(anonymous, operator, organiser, operation_id)
        accepted = await door.accept(await door.given())
        member_id = accepted.json()["member_id"]
        path = "/community/invitations"
        body = {"role": "member", "member_id": member_id}
        elsewhere = await organiser.post(path, json=body | {"email": new_address()})
        again = await organiser.post(path, json=body | {"email": door.email})

    assert (elsewhere.status_code, again.status_code) == (403, 201)
    assert door.email in await _told(operator, member_id, "log_in_offered")


async def _told(operator: httpx.AsyncClient, member_id: str, kind: str) -> list[str | None]:
    """The addresses to which messages of a kind went, in order."""
    listed = (await operator.get(f"/community/messages?member_id={member_id}")).json()
    recipients = [
        to for message in listed if message["kind"] == kind for to in message["recipients"]
    ]
    return sorted((to["address"] for to in recipients), key=str)


def test_people_are_invited_to_every_role_but_that_of_a_program() -> None:
    programs = {role for role in Role if Rights(frozenset({role})).is_feed}

    assert {Role(role) for role in InvitedAs} == {*Role} - programs
