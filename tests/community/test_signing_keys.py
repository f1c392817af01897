"""The keys that sign tokens: who reads the database has none, and one may follow another."""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from libs.common.auth import tokens
from libs.common.database import Database
from libs.common.encryption.secret_keys import new_secret_key
from libs.common.settings import Settings
from services.cli.processes import NAMES
from services.community.commands.accounts.signing_keys import (
    SHOWN_BEFORE,
    KeysOfAnother,
    forget_ended_keys,
    get_signing_key,
    rotate,
)
from services.community.main import service
from services.community.store.accounts.signing_keys import list_signing_keys
from tests.support.clock import SetClock
from tests.support.commands import elocoop
from tests.support.platform import OPERATOR_PASSWORD, SECRET_KEY, Platform

_OLD, _NEW = new_secret_key(), new_secret_key()
_LIFE = timedelta(minutes=15)
_A_SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def _settings(*keys: str) -> Settings:
    return Settings.model_validate({"secret_keys": ",".join(keys)})


async def _start(database: Database, *keys: str) -> None:
    assert service.on_start is not None
    await service.on_start(database, _settings(*keys))


async def _signs(database: Database, *keys: str) -> str:
    """The name of the key that does."""
    async with database.transaction() as session:
        return str((await get_signing_key(session, _settings(*keys).account_keys))["kid"])


async def _rotate(database: Database, *keys: str) -> str:
    async with database.transaction() as session:
        return str((await rotate(session, _settings(*keys).account_keys))["kid"])


async def _kept(database: Database) -> str:
    """All that the database has of the keys, as a backup would have it."""
    rows = text("SELECT encode(secret, 'escape') || signing_key::text FROM signing_key")
    async with database.transaction() as session:
        return "".join(await session.scalars(rows))


async def _public(database: Database) -> Sequence[str]:
    async with database.transaction() as session:
        return [row.kid for row in await list_signing_keys(session)]


async def test_who_reads_the_database_or_a_backup_cannot_sign(empty: Database) -> None:
    await _start(empty, _OLD)

    async with empty.transaction() as session:
        key = await get_signing_key(session, _settings(_OLD).account_keys)
    kept = await _kept(empty)
    assert str(key["x"]) in kept
    assert str(key["d"]) not in kept
    assert '"d"' not in kept


async def test_without_secret_keys_it_is_kept_as_it_is(empty: Database) -> None:
    await _start(empty)

    async with empty.transaction() as session:
        key = await get_signing_key(session, None)
        (row,) = await list_signing_keys(session)
    assert json.loads(row.secret) == key
    assert row.locked_under is None


async def test_a_key_in_the_clear_is_locked_as_the_service_starts(empty: Database) -> None:
    await _start(empty)
    kid = await _signs(empty)

    await asyncio.gather(*(_start(empty, _NEW) for _ in range(3)))

    assert '"d"' not in await _kept(empty)
    assert await _public(empty) == [kid]
    assert await _signs(empty, _NEW) == kid


async def test_the_former_secret_key_may_go_once_the_service_has_started_with_both(
    empty: Database,
) -> None:
    await _start(empty, _OLD)
    kid = await _signs(empty, _OLD)

    await _start(empty, _NEW, _OLD)

    assert await _signs(empty, _NEW) == kid
    assert await _public(empty) == [kid]


@pytest.mark.parametrize("left", [[], [_NEW]])
async def test_with_a_lost_secret_key_another_signs_and_former_tokens_stay_good(
    empty: Database, left: list[str]
) -> None:
    await _start(empty, _OLD)
    former = await _signs(empty, _OLD)

    await asyncio.gather(*(_start(empty, *left) for _ in range(3)))

    kid = await _signs(empty, *left)
    assert kid != former
    assert await _public(empty) == [kid, former]


async def test_of_processes_with_unlike_secret_keys_each_signs_with_what_it_can_read(
    empty: Database,
) -> None:
    """Nobody is answered 500 while an upgrade goes on."""
    await _start(empty, _OLD)
    former = await _signs(empty, _OLD)
    await _start(empty, _NEW, _OLD)  # the first of two; the other knows the old one only

    by_the_other = await asyncio.gather(*(_signs(empty, _OLD) for _ in range(3)))

    assert len(set(by_the_other)) == 1
    assert former not in by_the_other
    assert await _signs(empty, _NEW) == former


async def test_a_successor_is_public_before_it_signs_and_the_former_goes_with_its_tokens(
    empty: Database, clock: SetClock
) -> None:
    await _start(empty, _OLD)
    clock.advance(timedelta(days=1))
    former = await _signs(empty, _OLD)

    successor = await _rotate(empty, _OLD)

    assert '"d"' not in await _kept(empty)
    assert await _public(empty) == [successor, former]
    assert await _signs(empty, _OLD) == former
    clock.advance(SHOWN_BEFORE - _A_SECOND)
    assert await _signs(empty, _OLD) == former
    clock.advance(_A_SECOND)
    assert await _signs(empty, _OLD) == successor
    clock.advance(_LIFE + timedelta(seconds=tokens.LEEWAY_S) - _A_SECOND)
    await forget_ended_keys(empty, life=_LIFE)
    assert await _public(empty) == [successor, former]
    clock.advance(2 * _A_SECOND)
    await forget_ended_keys(empty, life=_LIFE)
    assert await _public(empty) == [successor]
    assert await _signs(empty, _OLD) == successor


async def test_two_successors_at_once_follow_one_another(empty: Database, clock: SetClock) -> None:
    await _start(empty, _OLD)
    clock.advance(timedelta(days=1))
    await asyncio.gather(_rotate(empty, _OLD), _rotate(empty, _OLD))
    clock.advance(SHOWN_BEFORE)

    newest, between, first = await _public(empty)

    assert await _signs(empty, _OLD) == newest
    assert len({newest, between, first}) == 3


@pytest.mark.parametrize(
    ("of_service", "of_command"), [([_OLD], [_NEW]), ([_OLD], []), ([], [_NEW])]
)
async def test_no_successor_is_made_that_the_service_could_not_read(
    empty: Database, of_service: list[str], of_command: list[str]
) -> None:
    await _start(empty, *of_service)
    before = await _public(empty)

    with pytest.raises(KeysOfAnother):
        await _rotate(empty, *of_command)

    assert await _public(empty) == before


def test_a_successor_is_public_for_longer_than_a_service_waits_to_ask_again() -> None:
    assert SHOWN_BEFORE.total_seconds() > tokens._PAUSE_S + 1


async def test_nobody_is_logged_out_by_the_command_and_every_service_takes_both_keys(
    platform: Platform, anonymous: httpx.AsyncClient
) -> None:
    former = await platform.operator_token()
    assert await _answers(platform, former) == [200] * len(NAMES)
    # Each asks for the keys just before: it may not ask again within ten seconds.
    assert await _answers(platform, _of_unknown_key(former)) == [401] * len(NAMES)

    servers = {"DATABASE_URL": platform.database_url, "SECRET_KEYS": SECRET_KEY}
    done = await asyncio.to_thread(elocoop, "rotate-signing-key", **servers)

    assert done.returncode == 0, done.stderr
    token = await platform.token(platform.settings.operator_email, OPERATOR_PASSWORD)
    assert f"Key {_kid(token)} signs from now on." in done.stdout
    assert "SECRET_KEYS is empty" not in done.stdout
    shown = (await anonymous.get("/community/jwks.json")).json()["keys"]
    assert [key["kid"] for key in shown] == [_kid(token), _kid(former)]
    assert await _answers(platform, token) == [200] * len(NAMES)
    assert await _answers(platform, former) == [200] * len(NAMES)


async def test_the_command_refuses_other_secret_keys_in_words(platform: Platform) -> None:
    servers = {"DATABASE_URL": platform.database_url, "SECRET_KEYS": _NEW}
    done = await asyncio.to_thread(elocoop, "rotate-signing-key", **servers)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Nothing was changed: community keeps its signing key under")


async def _answers(platform: Platform, token: str) -> list[int]:
    """Of each service."""
    async with platform.client(token) as client:
        answers = [await client.get(f"/{name}/audit") for name in NAMES]
    return [answer.status_code for answer in answers]


def _kid(token: str) -> str:
    header, _, _ = token.partition(".")
    return str(json.loads(urlsafe_b64decode(header + "=="))["kid"])


def _of_unknown_key(token: str) -> str:
    _, _, rest = token.partition(".")
    header = json.dumps({"alg": "ES256", "kid": "unknown"}).encode()
    return f"{urlsafe_b64encode(header).decode().rstrip('=')}.{rest}"
