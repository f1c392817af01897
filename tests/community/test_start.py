"""What the service makes at its first start, on a database of its own."""

import asyncio

import pytest

from libs.common.database import Database
from libs.common.settings import Settings
from services.community import store
from services.community.credentials import check_password
from services.community.main import OperatorPasswordTooShort, service
from services.community.store.signing_keys import list_signing_keys

_SETTINGS = Settings(operator_email="Chief@Example.org", operator_password="the first password")


async def _start(database: Database, settings: Settings = _SETTINGS) -> None:
    assert service.on_start is not None
    await service.on_start(database, settings)


async def test_processes_that_start_together_agree(empty: Database) -> None:
    await asyncio.gather(*(_start(empty) for _ in range(4)))

    async with empty.transaction() as session:
        keys = await list_signing_keys(session)
        accounts = await store.list_accounts(session, after=None, limit=9)
    assert len(keys) == 1
    assert [(one.email, one.roles) for one in accounts] == [("chief@example.org", ["operator"])]


async def test_a_later_start_changes_no_password(empty: Database) -> None:
    await _start(empty)

    other = {"operator_email": "other@example.org", "operator_password": "another password"}
    await _start(empty, Settings.model_validate(other))

    async with empty.transaction() as session:
        (account,) = await store.list_accounts(session, after=None, limit=9)
    assert account.email == "chief@example.org"
    assert await check_password("the first password", account.password_hash)


async def test_a_short_operator_password_is_refused_in_words(empty: Database) -> None:
    settings = Settings.model_validate({"operator_password": "x" * 11})
    with pytest.raises(OperatorPasswordTooShort, match="choose one of 12 characters or more"):
        await _start(empty, settings)


async def test_without_a_password_there_is_no_operator(empty: Database) -> None:
    await _start(empty, Settings.model_validate({"operator_password": None}))

    async with empty.transaction() as session:
        assert await store.list_accounts(session, after=None, limit=1) == []
        assert len(await list_signing_keys(session)) == 1
