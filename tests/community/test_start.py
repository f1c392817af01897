"""What the service makes at its first start, on a database of its own."""

import asyncio
import logging

import pytest

from libs.common.database import Database
from libs.common.logs.logging import configure_logging
from libs.common.settings import Settings
from services.community.credentials import check_password
from services.community.main import OperatorPasswordTooShort, service
from services.community.store.accounts import accounts as account_store
from services.community.store.accounts.signing_keys import list_signing_keys

_SETTINGS = Settings(operator_email="Chief@Example.org", operator_password="the first password")


async def _start(database: Database, settings: Settings = _SETTINGS) -> None:
    assert service.on_start is not None
    await service.on_start(database, settings)


async def test_processes_that_start_together_agree(empty: Database) -> None:
    await asyncio.gather(*(_start(empty) for _ in range(4)))

    async with empty.transaction() as session:
        keys = await list_signing_keys(session)
        accounts = await account_store.list_accounts(session, after=None, limit=9)
    assert len(keys) == 1
    assert [(account.email, account.roles) for account in accounts] == [
        ("chief@example.org", ["operator"])
    ]


async def test_a_later_start_changes_no_password(empty: Database) -> None:
    await _start(empty)

    other = {"operator_email": "other@example.org", "operator_password": "another password"}
    await _start(empty, Settings.model_validate(other))

    async with empty.transaction() as session:
        (account,) = await account_store.list_accounts(session, after=None, limit=9)
    assert account.email == "chief@example.org"
    assert await check_password("the first password", account.password_hash)


async def test_a_short_operator_password_is_refused_in_words(empty: Database) -> None:
    settings = Settings.model_validate({"operator_password": "x" * 11})
    with pytest.raises(OperatorPasswordTooShort, match="choose one of 12 characters or more"):
        await _start(empty, settings)


async def test_without_a_password_there_is_no_operator(empty: Database) -> None:
    await _start(empty, Settings.model_validate({"operator_password": None}))

    async with empty.transaction() as session:
        assert await account_store.list_accounts(session, after=None, limit=1) == []
        assert len(await list_signing_keys(session)) == 1


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({}, ["LEGAL_PUBLISHER", "LEGAL_HOST", "CONTACT_EMAIL"]),
        ({"legal_publisher": "Les Volts", "contact_email": "a@example.org"}, ["LEGAL_HOST"]),
    ],
)
async def test_a_public_platform_is_warned_of_what_its_legal_notice_lacks(
    empty: Database,
    caplog: pytest.LogCaptureFixture,
    settings: dict[str, str],
    missing: list[str],
) -> None:
    await _start_logging(empty, caplog, public_url="https://example.org", **settings)

    (warning,) = _warnings(caplog)
    assert f"'missing': {missing}" in warning


async def test_nobody_is_warned_of_a_whole_notice_or_of_a_platform_that_is_not_public(
    empty: Database, caplog: pytest.LogCaptureFixture
) -> None:
    notice = {"legal_publisher": "Volts", "legal_host": "Prés", "contact_email": "a@example.org"}

    await _start_logging(empty, caplog, public_url="https://example.org", **notice)
    await _start_logging(empty, caplog, public_url="http://127.0.0.1:8000")

    assert _warnings(caplog) == []


async def _start_logging(
    database: Database, caplog: pytest.LogCaptureFixture, **settings: str
) -> None:
    configure_logging(log_format="json", level="WARNING")
    logging.getLogger().addHandler(caplog.handler)
    await _start(database, Settings.model_validate(settings))


def _warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    logged = [str(record.msg) for record in caplog.records]
    return [line for line in logged if "legal notice incomplete" in line]
