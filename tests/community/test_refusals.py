"""Refusals by their slug: what is not there, what is another operation's, what is over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, Rights
from libs.common.ids import Direction, OperationId, Prm
from libs.common.ports import free_port
from services.community.claims import Claimant
from services.community.commands.members.participations import change_perimeter
from services.community.domain.members.perimeter import Participation
from tests.community.assembly import assembly, member_client
from tests.community.challenging import challenge_body
from tests.community.coop import (
    beside,
    enrol,
    given_member,
    given_operation,
    given_organiser,
    given_point,
    participation,
    put,
    today,
)
from tests.community.enrolling import ahead, given_signed_prospect
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.papers import PDF, document_body, given_document, send, signature_body
from tests.support.platform import Platform
from tests.support.waiting import until

_REASON = {"reason": "It is not so."}


def _slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


@pytest.mark.parametrize(
    ("request_line", "body", "status", "slug"),
    [
        ("GET /operations/{operation}/challenges/{id}", None, 404, "challenge-unknown"),
        ("GET /operations/{operation}/declarations/{id}", None, 404, "declaration-unknown"),
        ("GET /operations/{operation}/documents/{id}", None, 404, "document-unknown"),
        ("GET /operations/{operation}/enrolments/{id}", None, 404, "enrolment-unknown"),
        ("POST /operations/{operation}/sign-ups/{id}/refusal", _REASON, 404, "sign-up-unknown"),
        ("POST /sign-ups/confirmation", {"secret": "x" * 43}, 409, "sign-up-link-refused"),
        ("POST /invitations/{id}/withdrawal", None, 404, "invitation-unknown"),
        ("GET /news/{id}", None, 404, "article-unknown"),
        ("DELETE /feeds/{id}", None, 404, "feed-unknown"),
        ("DELETE /me/calendar-feeds/{id}", None, 404, "calendar-feed-unknown"),
        ("GET /calendars/nobodys.ics", None, 404, "calendar-unknown"),
        ("DELETE /log-in-pauses/{id}@example.org", None, 404, "no-log-in-pause"),
        (
            "POST /organisers/{organiser}/capital/movements/{id}/cancellation",
            _REASON,
            404,
            "capital-movement-unknown",
        ),
    ],
)
async def test_what_is_not_there(
    operator: httpx.AsyncClient, request_line: str, body: object, status: int, slug: str
) -> None:
    method, path = request_line.split()
    names = {"operation": await given_operation(operator), "id": str(uuid4())}
    if "{organiser}" in path:
        names["organiser"] = await given_organiser(operator)

    answer = await operator.request(method, f"/community{path.format(**names)}", json=body)

    assert _slug(answer) == (status, slug)


@pytest.mark.parametrize(
    "slug",
    ["challenge-elsewhere", "document-elsewhere", "enrolment-elsewhere", "declaration-elsewhere"],
)
async def test_an_id_that_another_operation_has(operator: httpx.AsyncClient, slug: str) -> None:
    what = slug.removesuffix("-elsewhere")
    member_id, prm = await given_member(operator), await given_point(operator)
    theirs, ours = await given_operation(operator), await given_operation(operator)
    if what == "declaration":
        await given_signed_prospect(operator, operation_id=theirs)
    bodies: dict[str, dict[str, Any]] = {
        "challenge": challenge_body(),
        "document": document_body(member_id),
        "enrolment": {
            "prm": prm,
            "direction": "consumption",
            "member_id": member_id,
            "valid_from": str(ahead()),
        },
        "declaration": {"day": str(today())},
    }
    path = f"{what}s/{uuid4()}"
    await put(operator, f"/operations/{theirs}/{path}", bodies[what])

    answer = await operator.put(f"/community/operations/{ours}/{path}", json=bodies[what])

    assert _slug(answer) == (409, slug)
    assert (await operator.get(f"/community/operations/{theirs}/{path}")).status_code == 200


@asynccontextmanager
async def _challenge(
    platform: Platform, operator: httpx.AsyncClient, **changes: object
) -> AsyncIterator[tuple[str, str, httpx.AsyncClient]]:
    """A draft's path, a point that takes part, and its member."""
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    prm = await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id))
    path = f"/operations/{operation_id}/challenges/{uuid4()}"
    await put(operator, path, challenge_body(**changes))
    async with member_client(platform, member_id) as member:
        yield f"/community{path}", prm, member


async def test_a_challenge_that_is_over_for_what_is_asked(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _challenge(platform, operator) as (path, prm, member):
        entry = f"{path}/entries/{prm}"
        assert (await operator.post(f"{path}/announcement")).status_code == 200
        fixed = await operator.put(path, json=challenge_body(title="Another"))
        left = await member.delete(entry)
        assert (await operator.post(f"{path}/cancellation", json=_REASON)).status_code == 200
        entered = await member.put(entry, json={"shown_as": None})
        cancelled = await operator.post(f"{path}/cancellation", json=_REASON)

    assert _slug(fixed) == (409, "challenge-not-a-draft")
    assert _slug(left) == (404, "not-entered")
    assert _slug(entered) == (409, "challenge-not-open")
    assert _slug(cancelled) == (409, "challenge-ended")


async def test_a_challenge_that_nobody_could_take_part_in(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    past = {"first_day": "2026-01-05", "last_day": "2026-01-09"}
    async with _challenge(platform, operator, **past) as (path, _, _):
        late = await operator.post(f"{path}/announcement")
        windows = [{"start": "15:00", "end": "11:00"}]
        inside_out = await operator.put(path, json=challenge_body(windows=windows))

    assert _slug(late) == _slug(inside_out) == (409, "challenge-unfit")


async def test_a_version_that_is_not_there_or_was_signed(operator: httpx.AsyncClient) -> None:
    member_id = await given_member(operator)
    document = await given_document(operator, await given_operation(operator), member_id)
    assert (await send(operator, document)).is_success
    signatures = f"{document}/signatures"

    other = await operator.post(signatures, json=signature_body(version=2))
    missing = await operator.get(f"{document}/versions/2")
    assert (await operator.post(signatures, json=signature_body())).is_success
    again = await operator.post(signatures, json=signature_body(state="declined"))

    assert _slug(other) == _slug(missing) == (404, "version-unknown")
    assert _slug(again) == (409, "signature-unfit")


async def test_a_file_that_the_store_has_lost(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    document = await given_document(operator, await given_operation(operator), member_id)
    content = PDF + uuid4().bytes
    assert (await send(operator, document, content)).is_success
    folder = Path(platform.settings.file_store_url.removeprefix("folder:"))
    (kept,) = folder.rglob(f"*{sha256(content).hexdigest()}*")
    kept.unlink()

    answer = await operator.get(f"{document}/versions/1")

    assert _slug(answer) == (503, "file-gone")


async def test_an_invitation_that_was_accepted_is_not_withdrawn(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = new_address()
    offer = {"role": "organiser", "operation_ids": [await given_operation(operator)]}
    sent = await operator.post("/community/invitations", json={"email": email, **offer})
    acceptance = {"secret": await read_secret(operator, email), "password": "twelve or more"}
    async with platform.client() as anybody:
        done = await anybody.post("/community/invitations/acceptance", json=acceptance)
    assert done.is_success, done.text

    answer = await operator.post(f"/community/invitations/{sent.json()['id']}/withdrawal")

    assert _slug(answer) == (409, "invitation-settled")


async def test_the_result_of_a_poll_that_is_open(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        path = f"/community{group.url}/{await group.given_poll()}"
        answers = [
            await operator.get(f"{path}/{what}") for what in ("result", "seal", "verification")
        ]

    assert {_slug(answer) for answer in answers} == {(409, "poll-not-counted")}


async def test_a_convention_that_ends_before_it_begins(operator: httpx.AsyncClient) -> None:
    path = f"/community/operations/{await given_operation(operator)}/convention"

    answer = await operator.put(path, json={"valid_from": "2026-06-01", "valid_to": "2026-06-01"})

    assert _slug(answer) == (409, "convention-empty")


async def test_more_changes_of_an_address_than_may_wait(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with member_client(platform, await given_member(operator)) as member:
        answers = [
            await member.post("/community/me/email-changes", json={"email": new_address()})
            for _ in range(4)
        ]

    assert [answer.status_code for answer in answers[:3]] == [202] * 3
    assert _slug(answers[3]) == (429, "too-many-email-changes")


async def test_tokens_of_an_issuer_that_does_not_answer(platform: Platform) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"

    async with (
        beside(platform, auth_issuer=nobody, auth_jwks_url=f"{nobody}/keys") as here,
        here.client(await platform.operator_token()) as client,
    ):
        answer = await client.get("/community/me")

    assert _slug(answer) == (503, "issuer-unreachable")


async def test_powers_of_a_point_that_is_being_enrolled(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    prm = await given_point(operator)
    path, powers = f"/points/{prm}", {"label": "École", "subscribed_power_va": 9000}
    joins = Participation(
        prm=Prm(prm),
        direction=Direction.CONSUMPTION,
        member_id=UUID(member_id),
        valid_from=today(),
    )
    staff = Claimant.of(Principal(subject="staff", **vars(Rights.of_staff())))

    async with platform.database("community") as database:
        async with database.transaction() as enrolling:
            await change_perimeter(enrolling, staff, OperationId(operation_id), [joins])
            changing = asyncio.create_task(operator.put(f"/community{path}", json=powers))
            await _until_somebody_waits(enrolling)
        answer = await changing

    assert _slug(answer) == (409, "point-busy")
    assert (await put(operator, path, powers))["subscribed_power_va"] == 9000


async def _until_somebody_waits(session: AsyncSession) -> None:
    """For what this session has locked."""
    waiting = text("""
        SELECT count(*) FROM pg_locks
        WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
    """)
    await until("somebody waits", lambda: session.scalar(waiting))
