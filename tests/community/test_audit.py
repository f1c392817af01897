"""The audit log: every change leaves a line, which nobody alters."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from libs.common.database import Database
from libs.common.logs.audit import purge_audit_log
from tests.community.coop import (
    PASSWORD,
    given_member,
    given_operation,
    given_point,
    logged_in,
    member_body,
    participation,
    put,
    put_account,
)
from tests.support.auditing import audit_lines, unwatched_tables
from tests.support.platform import Platform

_UNWATCHED = {
    "alembic_version": "of the deployment",
    "outbox": "events, which are on the log",
    "inbox": "events, which are on the log",
    "ballot": "who voted what, and when, is nobody's to know",
    "poll_seal": "never changes, and is itself a proof",
    "notification": "what members are told by the service itself",
    "digest": "what members are told by the service itself",
    "log_in_link": "good once, for minutes; the session that it opens is watched",
    "request_count": "counted by itself, and forgotten",
    "request_purge": "is itself a record",
    "message": "never changes; its recipients are watched",
    "message_attachment": "goes with its message",
    "deposit_month": "told by other services",
    "month_progress": "told by other services",
    "declaration_download": "is itself a list of who took which file",
    "gathering_notice": "made by itself, and gone once the message is written",
    "address_key": "made by itself each day, and forgotten",
    "challenge_measure": "told by other services",
    "poll_reminder": "written by itself",
    "document_reminder": "written by itself",
    "convention_reminder": "written by itself",
    "refresh_token": "changes with each use; its session is watched",
    "recovery_code": "used up as it is used; the session that it opens is watched",
    "member_access": "is itself a log",
    "point_holder": "follows from participations, which are watched, and from the DSO",
    "email_change": "used up as it is used; the member that it changes is watched",
}
"""Tables whose changes leave no line, and why."""


async def test_every_table_is_watched_unless_it_is_named_here(platform: Platform) -> None:
    unwatched = await unwatched_tables(platform, "community")

    assert unwatched == set(_UNWATCHED), (
        "a migration that makes a table says SELECT audit.watch('the table')"
    )


async def test_a_change_tells_who_and_what_and_nothing_that_stayed(
    operator: httpx.AsyncClient,
) -> None:
    member_id = await given_member(operator)
    me = (await operator.get("/community/me")).json()["subject"]

    url = f"/community/members/{member_id}"
    answer = await operator.put(url, json=member_body(name="Lucie Ramille"))

    request_id = answer.headers["x-request-id"]
    # A new member is added and then filled: two lines of one request.
    changed, filled, added = await audit_lines(
        operator, "community", entity="member", entity_id=member_id
    )
    assert (changed["subject"], changed["roles"]) == (me, ["operator"])
    assert changed["route"] == "PUT /community/members/{member_id}"
    assert changed["request_id"] == request_id
    assert changed["action"] == "update"
    assert changed["before"] == {"name": "Lucie Brindille", "revision": 1}
    assert changed["after"] == {"name": "Lucie Ramille", "revision": 2}
    assert {
        line["action"] for line in await audit_lines(operator, "community", request_id=request_id)
    } == {"update"}
    assert (added["action"], filled["request_id"]) == ("insert", added["request_id"])


async def test_what_changes_nothing_and_what_is_refused_leaves_no_line(
    operator: httpx.AsyncClient,
) -> None:
    member_id = await given_member(operator)
    url = f"/community/members/{member_id}"

    same = await operator.put(url, json=member_body())
    refused = await operator.put(f"/community/members/{member_id}/consents/{member_id}", json={})

    assert (same.status_code, refused.status_code) == (200, 422)
    for answer in (same, refused):
        request_id = answer.headers["x-request-id"]
        assert await audit_lines(operator, "community", request_id=request_id) == []


@pytest.mark.parametrize(
    "request_id",
    ["a-plain-one-of-theirs", "short", "a" * 65, "with a blank", "point-99110000000101"],
)
async def test_l12_no_caller_chooses_a_request_id(
    operator: httpx.AsyncClient, request_id: str
) -> None:
    url = f"/community/members/{await given_member(operator)}"
    changed = member_body(name="Odette Grandchamp")

    answer = await operator.put(url, json=changed, headers={"x-request-id": request_id})

    ours = answer.headers["x-request-id"]
    assert ours == str(UUID(ours))
    assert await audit_lines(operator, "community", request_id=ours) != []


async def test_no_secret_gets_into_the_log(operator: httpx.AsyncClient) -> None:
    email = f"audited-{secrets.token_hex(4)}@example.org"

    account = await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})

    changed, added = await audit_lines(
        operator, "community", entity="account", entity_id=account["id"]
    )
    assert changed["before"] == changed["after"] == {"password_hash": "(secret)"}
    assert (added["before"], added["after"]["email"]) == (None, email)
    keys = await audit_lines(operator, "community", entity="signing_key")
    assert {line["after"]["secret"] for line in keys} <= {"(secret)"}


async def test_a_log_in_and_a_log_out_are_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with logged_in(platform, operator, "feed") as client:
        (session,) = (await client.get("/community/me/sessions")).json()
        me = (await client.get("/community/me")).json()["subject"]
        await client.delete(f"/community/me/sessions/{session['id']}")

    ended, began = await audit_lines(
        operator, "community", entity="session", entity_id=session["id"]
    )
    assert (ended["subject"], ended["roles"]) == (me, ["feed"])
    assert list(ended["after"]) == ["revoked_at"]
    assert (began["subject"], began["route"]) == (me, "POST /community/token")


async def test_pages_follow_one_another(operator: httpx.AsyncClient) -> None:
    member_id = await given_member(operator)
    for name in ("A", "B", "C"):
        await put(operator, f"/members/{member_id}", member_body(name=name))
    asked = {"entity": "member", "entity_id": member_id}
    whole = await audit_lines(operator, "community", **asked)

    paged: list[dict[str, Any]] = []
    while page := await audit_lines(
        operator,
        "community",
        **asked,
        limit=2,
        **({"before": paged[-1]["position"]} if paged else {}),
    ):
        paged += page

    assert paged == whole
    assert [line["after"].get("name") for line in whole[:3]] == ["C", "B", "A"]


async def test_what_is_rolled_back_leaves_no_line(operator: httpx.AsyncClient) -> None:
    """The refusal comes from a constraint, after the first of the two was saved."""
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    rows = [
        participation(prm, member_id, "2026-01-01", None),
        participation(prm, member_id, "2026-03-01", None),
    ]

    url = f"/community/operations/{operation_id}/participations"
    answer = await operator.put(url, json=rows)

    assert answer.status_code == 409
    assert await audit_lines(operator, "community", request_id=answer.headers["x-request-id"]) == []


async def test_changes_of_many_at_once_are_each_their_own(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """The name of a caller must not stay with the connection."""
    member_ids = [await given_member(operator) for _ in range(10)]
    async with logged_in(platform, operator, "operator") as other:
        subjects = [
            (await client.get("/community/me")).json()["subject"] for client in (operator, other)
        ]
        await asyncio.gather(
            *(
                put((operator, other)[place % 2], f"/members/{member_id}", member_body(name="N"))
                for place, member_id in enumerate(member_ids)
            )
        )

    for place, member_id in enumerate(member_ids):
        (line, *_) = await audit_lines(operator, "community", entity="member", entity_id=member_id)
        assert line["subject"] == subjects[place % 2]


@pytest.fixture
async def database(platform: Platform) -> AsyncIterator[Database]:
    async with platform.database("community") as community_database:
        yield community_database


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.change SET subject = 'somebody'",
        "DELETE FROM audit.change",
        "TRUNCATE audit.change",
        "INSERT INTO audit.change (service, roles) VALUES ('community', '{}')",
        "ALTER TABLE audit.change DISABLE TRIGGER ALL",
        "DROP TRIGGER kept ON audit.change",
        "CREATE OR REPLACE FUNCTION audit.keep() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
    ],
)
async def test_the_service_cannot_alter_the_log(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with database.transaction() as session:
            await session.execute(text(statement))


@pytest.mark.parametrize("role", ["audit", "postgres"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET entity = 'x'", "DELETE FROM {}", "TRUNCATE {}"]
)
async def test_not_even_its_owner_alters_it_by_mistake(
    database: Database, role: str, statement: str
) -> None:
    async with database.engine.connect() as connection:
        await connection.execute(text(f"SET LOCAL ROLE {role}"))
        with pytest.raises(IntegrityError, match="does not change"):
            await connection.execute(text(statement.format("audit.change")))


async def test_a_service_reads_its_own_lines_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    await given_member(operator)

    async with platform.database("billing") as database, database.transaction() as session:
        seen = await session.scalar(
            text("SELECT count(*) FROM audit.change WHERE entity = 'member'")
        )

    assert seen == 0


async def test_lines_go_when_they_are_old_and_not_before(
    database: Database, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    (recent, *_) = await audit_lines(operator, "community", entity="member", entity_id=member_id)
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL ROLE audit"))
        # The audit log has the database's clock: no service may say how old a line is.
        insert = text("""
            INSERT INTO audit.change (at, service, roles, action, entity, entity_id)
            VALUES (now() - interval '500 days', :service, '{}', 'insert', 'of old', :id)
        """)
        for service in ("community", "another"):
            await session.execute(insert, {"service": service, "id": member_id})

    assert not await purge_audit_log(database, kept_months=12)
    with pytest.raises(IntegrityError, match="six months"):
        await purge_audit_log(database, kept_months=1)

    assert await audit_lines(operator, "community", entity_id=member_id) == await audit_lines(
        operator, "community", entity="member", entity_id=member_id
    )
    assert recent in await audit_lines(operator, "community", entity_id=member_id)
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL ROLE audit"))
        left = await session.scalars(
            text("SELECT service FROM audit.change WHERE entity = 'of old'")
        )
    assert left.all() == ["another"]
