"""What organisers are written: papers that end, points that the DSO took out."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from libs.common.events.ingest import PointLeft
from services.community.domain.messages.messages import MessageKind
from services.community.main import service
from services.community.workers import remind_of_conventions, remind_of_documents
from tests.billing.issued import until
from tests.community.coop import PASSWORD, given_operation, put, put_account, today, told_by_hand
from tests.community.enrolling import given_active
from tests.community.papers import (
    document_body,
    given_signed,
    remind_of_papers,
    until_in_nobodys_hands,
)
from tests.support.alone import Alone, alone
from tests.support.clock import CLOCK
from tests.support.platform import Platform


@pytest.fixture(scope="module")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    async with told_by_hand(database_url) as platform:
        yield platform


async def _given_organiser(operator: httpx.AsyncClient, operation_id: str) -> str:
    email = f"organiser-{secrets.token_hex(4)}@example.org"
    account = {"password": PASSWORD, "roles": ["organiser"], "operations": [operation_id]}
    await put_account(operator, email, account)
    return email


async def _written(
    operator: httpx.AsyncClient, operation_id: str, kind: MessageKind
) -> list[dict[str, Any]]:
    params = {"operation_id": operation_id, "limit": "1000"}
    answer = await operator.get("/community/messages", params=params)
    return [message for message in answer.json() if message["kind"] == kind]


async def test_an_organiser_is_reminded_once_of_a_document_that_ends(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    email = await _given_organiser(operator, enrolling.operation_id)
    ends_on = today() + timedelta(days=40)
    term = {"kind": "supply_authorisation", "valid_from": "2024-01-01", "valid_to": str(ends_on)}
    document = await given_signed(operator, enrolling.operation_id, enrolling.member_id, **term)
    later = {"kind": "invoicing_mandate", "valid_to": str(today() + timedelta(days=90))}
    await given_signed(operator, enrolling.operation_id, enrolling.member_id, **later)

    async with platform.database("community") as database:
        await asyncio.gather(
            *(remind_of_documents(database, public_url="https://elocoop.example") for _ in "ab"),
            return_exceptions=True,  # of two who meet at one document, one may lose
        )
        await remind_of_papers(database, public_url="https://elocoop.example")

    (letter,) = await _written(operator, enrolling.operation_id, MessageKind.DOCUMENT_ENDS)
    assert [recipient["address"] for recipient in letter["recipients"]] == [email]
    assert f"{ends_on - timedelta(days=1):%d/%m/%Y}" in letter["subject"]
    assert f"{document}\n" in letter["body"]
    assert enrolling.prm not in letter["body"] + letter["subject"]


async def test_a_document_that_gets_another_end_is_reminded_of_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    await _given_organiser(operator, enrolling.operation_id)
    term = {"valid_from": "2024-01-01", "valid_to": str(today() + timedelta(days=20))}
    document = await given_signed(
        operator, enrolling.operation_id, enrolling.member_id, kind="sale_contract", **term
    )

    async with platform.database("community") as database:
        await remind_of_papers(database)
        term["valid_to"] = str(today() + timedelta(days=30))
        body = document_body(enrolling.member_id, kind="sale_contract", **term)
        assert (await operator.put(document, json=body)).status_code == 200
        await remind_of_papers(database)

    written = await _written(operator, enrolling.operation_id, MessageKind.DOCUMENT_ENDS)
    assert len(written) == 2


async def _given_account(service_alone: Alone, operation_id: str) -> None:
    """Of an organiser: with another issuer, accounts are not made over HTTP."""
    async with (
        service_alone.platform.database("community") as database,
        database.transaction() as session,
    ):
        await session.execute(
            text("""
                INSERT INTO account VALUES (
                    gen_random_uuid(), 'organiser@example.org', '', '{organiser}',
                    ARRAY[CAST(:operation_id AS text)], NULL, false
                )
            """),
            {"operation_id": operation_id},
        )


async def test_an_organiser_is_told_once_that_the_dso_took_a_point_out(
    database_url: str,
) -> None:
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        enrolling = await given_active(operator)
        await _given_account(service_alone, enrolling.operation_id)
        event = PointLeft.model_validate(
            {
                "time": CLOCK.now(),
                "operation_id": enrolling.operation_id,
                "prm": enrolling.prm,
                "left_on": today() - timedelta(days=1),
                "reason": "terminated",
            }
        )

        await service_alone.tell(event)
        await service_alone.tell(event.model_copy(update={"reason": "new_occupant"}))

        async def written() -> list[dict[str, Any]] | None:
            letters = await _written(operator, enrolling.operation_id, MessageKind.POINT_LEFT)
            return letters or None

        (letter,) = await until(written)

    assert letter["recipients"][0]["address"] == "organiser@example.org"
    assert "Le périmètre de l’opération dit lequel." in letter["body"]
    assert enrolling.prm not in letter["body"] + letter["subject"]


async def test_without_an_organisers_account_staff_are_reminded(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    term = {"valid_from": "2024-01-01", "valid_to": str(today() + timedelta(days=10))}
    await given_signed(operator, operation_id, None, **term)

    async with platform.database("community") as database:
        await remind_of_papers(database)

    written = await _written(operator, operation_id, MessageKind.DOCUMENT_ENDS)
    addresses = {recipient["address"] for message in written for recipient in message["recipients"]}
    assert platform.settings.operator_email in addresses


async def test_an_organiser_is_reminded_once_of_a_convention_that_ends_and_again_of_another_end(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, later_id = [await given_operation(operator) for _ in "ab"]
    email = await _given_organiser(operator, operation_id)

    async def remind(ends_on: date, *, operation_id: str = operation_id) -> None:
        body = {"valid_to": str(ends_on)}
        await put(operator, f"/operations/{operation_id}/convention", body)
        async with platform.database("community") as database:
            await asyncio.gather(
                *(remind_of_conventions(database, public_url="https://volts.test") for _ in "ab")
            )
            await remind_of_conventions(database, public_url="https://volts.test")
            await until_in_nobodys_hands(database, "convention")

    await remind(today() + timedelta(days=61), operation_id=later_id)
    await remind(today() + timedelta(days=60))
    once = await _written(operator, operation_id, MessageKind.CONVENTION_ENDS)
    await remind(today() + timedelta(days=50))
    twice = await _written(operator, operation_id, MessageKind.CONVENTION_ENDS)

    (letter,) = once
    assert [recipient["address"] for recipient in letter["recipients"]] == [email]
    assert f"{today() + timedelta(days=59):%d/%m/%Y}" in letter["subject"]
    assert f"https://volts.test/community/operations/{operation_id}/convention" in letter["body"]
    assert len(twice) == 2
    assert await _written(operator, later_id, MessageKind.CONVENTION_ENDS) == []
