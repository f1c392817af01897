"""Givens: organisers, members, points and operations with ids of their own, and log-ins."""

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from libs.common.app import Worker
from libs.common.calendar import local_day
from libs.common.clock import Clock
from libs.common.eventlog import Received
from libs.common.eventlog.open import open_event_log
from libs.common.ports import bound_socket, port_of
from libs.common.settings import Settings
from services.cli.running import running
from services.community.main import service
from tests.support import ids
from tests.support.applications import application
from tests.support.clock import CLOCK
from tests.support.databases import migrated_database
from tests.support.platform import PROXIES, Platform, platform_of, settings_for_tests
from tests.support.waiting import patience

PASSWORD = "a password of the tests"
new_operation_id = ids.new_operation_id
new_prm = ids.new_prm


def today() -> date:
    """In Paris; the same for all of a test (``conftest``)."""
    return local_day(CLOCK.now())


def member_body(**changes: object) -> dict[str, object]:
    body = {"kind": "household", "name": "Lucie Brindille", "address": "1 rue\n99110 Aurelle"}
    return body | changes


def operation_body(organiser_id: str, **changes: object) -> dict[str, object]:
    body = {"name": "Pousse-Soleil", "organiser_id": organiser_id, "step_min": 30}
    return body | {"valid_from": "2026-01-01"} | changes


def consent_body(prm: str, **changes: object) -> dict[str, object]:
    body = {"prm": prm, "purpose": "display", "granularity": "load_curve", "answer": "granted"}
    days = {"valid_from": today() - timedelta(days=100), "valid_to": today() + timedelta(days=400)}
    period = {name: day.isoformat() for name, day in days.items()}
    proof = {"proof": {"reference": "Mandat 14, classeur 3", "sha256": "5f" * 32}}
    return body | period | proof | changes


def article_body(operation_id: str | None, **changes: object) -> dict[str, object]:
    body = {"operation_id": operation_id, "audience": "everybody", "title": "Midi"}
    return body | {"text": "<b>Depuis lundi</b>, *36 kWc* de plus."} | changes


async def put(client: httpx.AsyncClient, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
    """PUT that must be accepted; returns the JSON of the answer."""
    answer = await client.put(f"/community{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def put_account(operator: httpx.AsyncClient, email: str, account: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The rights by staff; a password, if there is one, as if its owner had chosen it."""
    rights = {name: value for name, value in account.items() if name != "password"}
    saved = await put(operator, f"/accounts/{email}", rights)
    if "password" in account:
        await platform_of(operator).give_password(email, account["password"])
    return saved


async def list_all(client: httpx.AsyncClient, path: str, *, limit: int = 1000) -> list[Any]:
    """What a list has on all its pages."""
    rows: list[Any] = []
    while True:
        after = f"&after={rows[-1]['id']}" if rows else ""
        query = f"{'&' if '?' in path else '?'}limit={limit}{after}"
        answer = await client.get(f"/community{path}{query}")
        assert answer.status_code == 200, answer.text
        rows += answer.json()
        if len(answer.json()) < limit:
            return rows


async def given_organiser(operator: httpx.AsyncClient) -> str:
    organiser_id = str(uuid4())
    await put(operator, f"/organisers/{organiser_id}", {"name": "Les Volts", "address": "1 place"})
    return organiser_id


async def given_operation(operator: httpx.AsyncClient) -> str:
    operation_id = new_operation_id()
    organiser_id = await given_organiser(operator)
    await put(operator, f"/operations/{operation_id}", operation_body(organiser_id))
    return operation_id


async def given_member(operator: httpx.AsyncClient) -> str:
    member_id = str(uuid4())
    await put(operator, f"/members/{member_id}", member_body())
    return member_id


async def given_point(operator: httpx.AsyncClient) -> str:
    prm = new_prm()
    await put(operator, f"/points/{prm}", {"label": "École, toit sud"})
    return prm


def participation(
    prm: str, member_id: str, valid_from: str = "2026-01-01", valid_to: str | None = None
) -> dict[str, str | None]:
    return {
        "prm": prm,
        "direction": "consumption",
        "member_id": member_id,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }


async def enrol(client: httpx.AsyncClient, operation_id: str, *participations: object) -> Any:  # noqa: ANN401 - JSON
    return await put(client, f"/operations/{operation_id}/participations", participations)


@asynccontextmanager
async def logged_in(
    platform: Platform,
    operator: httpx.AsyncClient,
    role: str,
    *,
    operations: Sequence[str] = (),
    member_id: str | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a new account of this role."""
    email = f"{role}-{secrets.token_hex(4)}@example.org"
    account = {"roles": [role], "operations": operations, "member_id": member_id}
    await put_account(operator, email, {"password": PASSWORD, **account})
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        yield client


@asynccontextmanager
async def beside(
    platform: Platform, clock: Clock | None = None, /, **changes: object
) -> AsyncIterator[Platform]:
    """The service once more, in this process, with some other settings.

    clock: of its own; then it has no rounds, which would act by it for all.
    """
    here = _WITHOUT_ROUNDS if clock else service
    clock = clock or platform.clock
    settings = platform.settings.model_copy(update=changes)
    with application(here, settings=settings, clock=clock) as app:
        async with running(app, forwarded_allow_ips=PROXIES) as port:
            yield Platform(settings, platform.database_url, {"community": port}, clock=clock)


@asynccontextmanager
async def told_by_hand(database_url: str) -> AsyncIterator[Platform]:
    """The service on a database of its own, where only the test tells what comes with a day.

    On the shared platform its rounds tell too, whenever a day or an hour comes: in the middle of
    what a test does, perhaps.
    """
    listener = bound_socket()
    port = port_of(listener)
    async with migrated_database(database_url) as url:
        settings = settings_for_tests(database_url=url, event_log_url="database:").model_copy(
            update={"auth_jwks_url": f"http://127.0.0.1:{port}/community/jwks.json"}
        )
        with application(_WITHOUT_DAYS, settings=settings, clock=CLOCK) as app:
            async with running(app, listener, forwarded_allow_ips=PROXIES):
                yield Platform(settings, url, {"community": port})


def _not_by_day(settings: Settings) -> Mapping[str, Worker]:
    by_day = {
        "tell members",
        "tell of memberships",
        "remind of documents",
        "remind of conventions",
    }
    rounds = service.workers(settings)
    assert by_day <= rounds.keys()
    return {name: work for name, work in rounds.items() if name not in by_day}


_WITHOUT_ROUNDS = replace(service, workers=lambda _settings: {})
_WITHOUT_DAYS = replace(service, workers=_not_by_day)


async def read_topic(
    platform: Platform, topic: str, key: str, *, up_to_revision: int
) -> list[Received]:
    """All records of this key on the event log, once that revision is there."""
    records_of_key: list[Received] = []
    async with (
        patience("that revision is told"),
        open_event_log(platform.settings, database_url=platform.database_url) as log,
        log.subscribe(group=f"test-{secrets.token_hex(4)}", topics=[topic]) as subscription,
    ):
        while not any(
            f'"revision":{up_to_revision},'.encode() in record.value for record in records_of_key
        ):
            records = await subscription.poll(max_records=500, timeout_s=0.2)
            records_of_key += [record for record in records if record.key == key]
    return records_of_key


async def notifications_of(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Return what the caller was told in the app, the oldest first."""
    answer = await client.get("/community/me/notifications?limit=1000")
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["notifications"]))


def bearer(tokens: Mapping[str, Any]) -> dict[str, str]:
    """Return the header that the access token of a log-in is sent in."""
    return {"authorization": f"Bearer {tokens['access_token']}"}
