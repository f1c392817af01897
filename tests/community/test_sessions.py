"""Sessions: what a log-in opens, how it is renewed, and that nothing is left of it once revoked."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from libs.common.auth.revocations import RevocationsUnknown, RevokedSessions
from services.cli.processes import NAMES
from services.cli.running import running
from services.community.commands.privacy.purging import purge_sessions
from tests.community.coop import PASSWORD, given_operation, put_account
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.waiting import until

_PATHS = {
    "community": "/community/organisers",
    "ingest": "/ingest/deliveries",
    "allocation": "/allocation/operations/{}/keys",
    "billing": "/billing/operations/{}/prices",
}


@dataclass
class Person:
    """An account of staff that is logged in, on a device."""

    email: str
    account_id: str
    tokens: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens['access_token']}"}


@pytest.fixture
async def person(anonymous: httpx.AsyncClient, operator: httpx.AsyncClient) -> Person:
    email = f"staff-{secrets.token_hex(4)}@example.org"
    account = await _set(operator, email)
    return Person(email, account["id"], await _log_in(anonymous, email))


async def _set(operator: httpx.AsyncClient, email: str, **changes: object) -> Any:  # noqa: ANN401 - JSON
    body = {"password": PASSWORD, "roles": ["operator"]} | changes
    return await put_account(operator, email, body)


async def _log_in(client: httpx.AsyncClient, email: str) -> dict[str, Any]:
    form = {"username": email, "password": PASSWORD}
    headers = {b"user-agent": f"A browser é\t{'x' * 200}".encode()}
    answer = await client.post("/community/token", data=form, headers=headers)
    assert answer.status_code == 200, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens


async def _refresh(client: httpx.AsyncClient, tokens: dict[str, Any]) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    return await client.post("/community/token", data=form)


async def _sessions(client: httpx.AsyncClient, person: Person) -> list[dict[str, Any]]:
    answer = await client.get("/community/me/sessions", headers=person.headers)
    assert answer.status_code == 200, answer.text
    sessions: list[dict[str, Any]] = answer.json()
    return sessions


async def _is_refused(client: httpx.AsyncClient, person: Person, path: str) -> None:
    """Within seconds, or after ten: a list that was not told is asked for again no sooner."""
    await until(
        "the session is refused",
        lambda: client.get(path, headers=person.headers),
        lambda answer: answer.status_code == 401,
    )


async def test_a_log_in_opens_a_session_that_its_owner_sees(
    anonymous: httpx.AsyncClient, person: Person
) -> None:
    await _log_in(anonymous, person.email)

    second, first = await _sessions(anonymous, person)

    assert (first["current"], second["current"]) == (True, False)
    assert first["device"].startswith("A browser xxx")
    assert len(first["device"]) == 120
    life = datetime.fromisoformat(first["expires_at"]) - datetime.fromisoformat(first["began_at"])
    assert life == timedelta(days=30)


async def test_a_refresh_token_gives_the_next_tokens_with_the_rights_of_the_account(
    anonymous: httpx.AsyncClient, person: Person
) -> None:
    renewed = (await _refresh(anonymous, person.tokens)).json()

    assert renewed["refresh_token"] != person.tokens["refresh_token"]
    person.tokens = renewed
    me = (await anonymous.get("/community/me", headers=person.headers)).json()
    assert (me["subject"], me["roles"]) == (person.account_id, ["operator"])
    assert len(await _sessions(anonymous, person)) == 1
    assert (await _refresh(anonymous, renewed)).status_code == 200


async def test_a_refresh_token_that_comes_twice_ends_the_session(
    anonymous: httpx.AsyncClient, person: Person
) -> None:
    stolen = person.tokens
    renewed = (await _refresh(anonymous, stolen)).json()

    again = await _refresh(anonymous, stolen)

    assert again.status_code == 401
    assert again.json()["type"] == "/problems/refresh-refused"
    assert (await _refresh(anonymous, renewed)).status_code == 401
    person.tokens = renewed
    await _is_refused(anonymous, person, "/community/me")


async def test_of_many_who_refresh_with_one_token_at_once_one_gets_in(
    anonymous: httpx.AsyncClient, person: Person
) -> None:
    answers = await asyncio.gather(*(_refresh(anonymous, person.tokens) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 19


@pytest.mark.parametrize(
    "form",
    [
        {"grant_type": "refresh_token"},
        {"grant_type": "refresh_token", "username": "a@example.org", "password": PASSWORD},
        {"grant_type": "password", "username": "a@example.org"},
        {"grant_type": "magic", "username": "a@example.org", "password": PASSWORD},
        {},
    ],
)
async def test_an_incomplete_form_is_422(
    anonymous: httpx.AsyncClient, form: dict[str, str]
) -> None:
    answer = await anonymous.post("/community/token", data=form)

    assert answer.status_code == 422
    assert PASSWORD not in answer.text


async def test_an_invented_refresh_token_is_refused(anonymous: httpx.AsyncClient) -> None:
    for invented in ("x", secrets.token_urlsafe(32), "\x00", "é" * 5000):
        answer = await _refresh(anonymous, {"refresh_token": invented})
        assert answer.status_code == 401, invented


async def test_after_logging_out_every_service_refuses_the_token(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, person: Person
) -> None:
    operation_id = await given_operation(operator)
    paths = [_PATHS[name].format(operation_id) for name in NAMES]
    for path in paths:
        assert (await anonymous.get(path, headers=person.headers)).status_code != 401
    (session,) = await _sessions(anonymous, person)

    url = f"/community/me/sessions/{session['id']}"
    answer = await anonymous.delete(url, headers=person.headers)

    assert answer.status_code == 204
    for path in paths:
        await _is_refused(anonymous, person, path)
    assert (await _refresh(anonymous, person.tokens)).status_code == 401


async def test_nobody_ends_the_session_of_another(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, person: Person
) -> None:
    (session,) = await _sessions(anonymous, person)

    answer = await operator.delete(f"/community/me/sessions/{session['id']}")

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/session-unknown"
    assert len(await _sessions(anonymous, person)) == 1


async def test_staff_log_an_account_out_everywhere(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, person: Person
) -> None:
    await _log_in(anonymous, person.email)
    path = f"/community/accounts/{person.email}/sessions"
    seen = (await operator.get(path)).json()

    ended = await operator.delete(path)

    assert (len(seen), ended.json()) == (2, {"revoked": 2})
    assert (await operator.get(path)).json() == []
    await _is_refused(anonymous, person, "/community/me")
    nobody = await operator.delete("/community/accounts/nobody@example.org/sessions")
    assert nobody.status_code == 404


@pytest.mark.parametrize(
    "change", [{"disabled": True}, {"roles": ["feed"]}, {"password": "quite another one"}]
)
async def test_what_changes_an_account_ends_its_sessions(
    anonymous: httpx.AsyncClient,
    operator: httpx.AsyncClient,
    person: Person,
    change: dict[str, object],
) -> None:
    await _set(operator, person.email, **change)

    assert (await _refresh(anonymous, person.tokens)).status_code == 401
    await _is_refused(anonymous, person, "/community/me")


async def test_no_session_outlives_a_change_of_the_account_that_it_met(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, person: Person
) -> None:
    """Log-ins and refreshes while the account is disabled; whatever they got is refused after."""
    disabling = asyncio.create_task(_set(operator, person.email, disabled=True))
    form = {"username": person.email, "password": PASSWORD}
    answers = await asyncio.gather(
        *(anonymous.post("/community/token", data=form) for _ in range(8)),
        _refresh(anonymous, person.tokens),
    )
    await disabling

    for answer in answers:
        assert answer.status_code in {200, 401}
        if answer.status_code == 200:
            assert (await _refresh(anonymous, answer.json())).status_code == 401
    assert (await operator.get(f"/community/accounts/{person.email}/sessions")).json() == []


async def test_nothing_kept_of_a_session_is_a_secret_or_an_address(
    platform: Platform, person: Person
) -> None:
    async with platform.database("community") as database, database.transaction() as session:
        rows = await session.scalars(
            text("SELECT s::text FROM session s UNION ALL SELECT t::text FROM refresh_token t")
        )
        everything = str(rows.all())

    assert person.account_id in everything
    assert person.tokens["refresh_token"] not in everything
    assert "127.0.0.1" not in everything


async def test_the_database_lets_no_session_come_back(platform: Platform, person: Person) -> None:
    async with platform.database("community") as database:
        statement = "UPDATE session SET revoked_at = {} WHERE account_id = CAST(:id AS uuid)"
        async with database.transaction() as session:
            await session.execute(text(statement.format("began_at")), {"id": person.account_id})
        with pytest.raises(IntegrityError):
            async with database.transaction() as session:
                await session.execute(text(statement.format("NULL")), {"id": person.account_id})


async def test_sessions_that_ended_days_ago_are_deleted(
    platform: Platform, anonymous: httpx.AsyncClient, person: Person
) -> None:
    async with platform.database("community") as database:
        async with database.transaction() as session:
            await session.execute(
                text("""
                    UPDATE session SET began_at = :began_at,
                        expires_at = :expires_at
                    WHERE account_id = CAST(:id AS uuid)
                """),
                {
                    "id": person.account_id,
                    "began_at": CLOCK.now() - timedelta(days=40),
                    "expires_at": CLOCK.now() - timedelta(days=10),
                },
            )
        assert (await _refresh(anonymous, person.tokens)).status_code == 401
        await purge_sessions(database)
        async with database.transaction() as session:
            left = await session.scalar(
                text("SELECT count(*) FROM session WHERE account_id = CAST(:id AS uuid)"),
                {"id": person.account_id},
            )

    assert left == 0


_NOWHERE = "http://127.0.0.1:9/nobody"


@dataclass
class Clock:
    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
async def revoked_id(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, person: Person
) -> str:
    (session,) = await _sessions(anonymous, person)
    await operator.delete(f"/community/accounts/{person.email}/sessions")
    return str(session["id"])


async def test_the_list_of_revoked_sessions_is_public_and_has_ids_only(
    anonymous: httpx.AsyncClient, revoked_id: str
) -> None:
    body = (await anonymous.get("/community/revoked-sessions")).json()

    assert set(body) == {"session_ids"}
    assert revoked_id in body["session_ids"]


async def test_a_list_that_cannot_be_renewed_stays_in_use(
    platform: Platform, revoked_id: str
) -> None:
    url = f"http://127.0.0.1:{platform.ports['community']}/community/revoked-sessions"
    clock = Clock()
    revoked = RevokedSessions(url, clock=clock)
    assert await revoked.include(UUID(revoked_id))
    revoked._url, clock.now_s = _NOWHERE, 60.0

    assert await revoked.include(UUID(revoked_id))
    assert not await revoked.include(uuid4())


async def test_a_list_of_a_second_is_asked_for_again_and_nobody_waits(
    platform: Platform, revoked_id: str
) -> None:
    bell = asyncio.Event()

    async def tell_late(_request: Request) -> JSONResponse:
        await bell.wait()
        return JSONResponse({"session_ids": [revoked_id]})

    clock = Clock()
    url = f"http://127.0.0.1:{platform.ports['community']}/community/revoked-sessions"
    revoked = RevokedSessions(url, clock=clock)
    another = uuid4()
    assert not await revoked.include(another)
    late = Starlette(routes=[Route("/", tell_late)])
    async with running(late) as port:
        revoked._url, clock.now_s = f"http://127.0.0.1:{port}/", 1.5

        assert await revoked.include(UUID(revoked_id))  # by the former list
        clock.now_s = 2.0
        waiting = asyncio.create_task(revoked.include(another))
        await asyncio.sleep(0)
        assert not waiting.done()  # it is too old now
        bell.set()
        assert not await waiting


@pytest.mark.parametrize("answers", ["nobody", "another"])
async def test_without_any_list_nobody_is_let_in_and_nobody_waits_for_the_next_question(
    platform: Platform, answers: str
) -> None:
    ours = f"http://127.0.0.1:{platform.ports['community']}/community/jwks.json"  # no list
    clock = Clock()
    revoked = RevokedSessions(ours if answers == "another" else _NOWHERE, clock=clock)
    with pytest.raises(RevocationsUnknown):
        await revoked.include(uuid4())
    revoked._url = ours.replace("jwks.json", "revoked-sessions")

    with pytest.raises(RevocationsUnknown):
        await revoked.include(uuid4())
    clock.now_s = 2.0
    assert not await revoked.include(uuid4())
