"""Secrets of authenticator apps are kept under a key, which may change, or be lost."""

import asyncio
from base64 import b32decode
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from libs.common.auth.principals import Rights
from libs.common.clock import Clock
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys, new_secret_key
from libs.common.settings import Settings
from services.community.commands import record_account
from services.community.commands.accounts import one_time_codes as commands
from services.community.domain.accounts.one_time_codes import CodeVerdict
from services.community.main import service
from tests.community.coop import PASSWORD, beside, logged_in
from tests.community.phone import Phone, StoppedClock
from tests.support.platform import Platform

_OLD, _NEW = new_secret_key(), new_secret_key()
_CLOCK = StoppedClock()


@pytest.fixture
def clock() -> Clock:
    return _CLOCK


def _settings(*keys: str) -> Settings:
    return Settings.model_validate({"secret_keys": ",".join(keys)})


def _keys(*keys: str) -> SecretKeys | None:
    return _settings(*keys).account_keys


async def _given_app(database: Database, *keys: str) -> tuple[UUID, bytes, str]:
    """An account with an app that was set up under these keys; its secret and a recovery code."""
    async with database.transaction() as session:
        account = await record_account(
            session, "lucie@example.org", Rights.of_staff(), password=PASSWORD
        )
        secret = await commands.start(session, account.id, keys=_keys(*keys))
        codes = await commands.confirm(session, account.id, _code(secret, -1), keys=_keys(*keys))
    return account.id, secret, codes[0]


def _code(secret: bytes, later: int = 0) -> str:
    return Phone(secret, _CLOCK).code(later=later)


async def _spend(database: Database, account_id: UUID, code: str, *keys: str) -> CodeVerdict:
    async with database.transaction() as session:
        return await commands.spend_code(session, account_id, code, keys=_keys(*keys))


async def _start(database: Database, *keys: str) -> None:
    assert service.on_start is not None
    await service.on_start(database, _settings(*keys))


async def _warning(database: Database, *keys: str) -> str | None:
    assert service.warn is not None
    async with database.transaction() as session:
        return (await service.warn(session, _settings(*keys)))["authenticator apps"]


async def _kept(database: Database) -> tuple[bytes, str]:
    async with database.transaction() as session:
        row = (await session.execute(text("SELECT secret, locked_under FROM totp"))).one()
    return row.secret, row.locked_under


async def test_the_secret_that_is_shown_is_not_what_the_database_has(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with logged_in(platform, operator, "operator") as client:
        shown = (await client.post("/community/me/authenticator")).json()["secret"]
        me = (await client.get("/community/me")).json()["subject"]

    query = text("SELECT secret FROM totp WHERE account_id = :id")
    async with platform.database("community") as database, database.transaction() as session:
        kept = await session.scalar(query, {"id": UUID(me)})
    keys = platform.settings.account_keys
    assert keys is not None
    assert b32decode(shown) not in kept
    assert keys.unlock(kept) == b32decode(shown)


async def test_without_a_key_nobody_sets_an_app_up(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    settings = _settings()
    async with (
        logged_in(platform, operator, "operator") as client,
        beside(platform, secret_keys=settings.secret_keys) as keyless,
        keyless.client(client.headers["authorization"].removeprefix("Bearer ")) as other,
    ):
        answer = await other.post("/community/me/authenticator")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/codes-off")


async def test_the_former_key_may_go_once_the_service_has_started_with_both(
    empty: Database,
) -> None:
    account_id, secret, _ = await _given_app(empty, _OLD)
    await asyncio.gather(*(_start(empty, _NEW, _OLD) for _ in range(3)))

    sealed, _ = await _kept(empty)
    assert secret not in sealed
    assert await _spend(empty, account_id, _code(secret), _NEW) is CodeVerdict.FITS
    assert await _warning(empty, _NEW) is None
    assert await _warning(empty, _OLD) is not None


async def test_with_a_lost_key_recovery_codes_still_fit_and_staff_are_warned(
    empty: Database,
) -> None:
    account_id, secret, recovery_code = await _given_app(empty, _OLD)
    before = await _kept(empty)

    await _start(empty, _NEW)

    assert await _kept(empty) == before
    assert await _spend(empty, account_id, _code(secret), _NEW) is CodeVerdict.REFUSED
    assert await _spend(empty, account_id, recovery_code, _NEW) is CodeVerdict.FITS
    warning = await _warning(empty, _NEW)
    assert warning == ("1 are kept under a key that SECRET_KEYS lacks: give it, or reset them.")
    assert (await _warning(empty)) == warning
