"""Givens: what members say about their curves, once ingest knows it."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from libs.common.ids import Prm
from services.ingest.store.consents import list_consents
from tests.community.coop import consent_body
from tests.support.platform import Platform


async def given_consent(
    platform: Platform, operator: httpx.AsyncClient, member_id: str, prm: str, **changes: object
) -> str:
    """Recorded by staff; returns its id."""
    consent_id = str(uuid4())
    known = len(await _known(platform, prm))
    path = f"/community/members/{member_id}/consents/{consent_id}"
    answer = await operator.put(path, json=consent_body(prm, **changes))
    assert answer.status_code == 201, answer.text
    async with asyncio.timeout(30):
        while len(await _known(platform, prm)) == known:
            await asyncio.sleep(0.02)
    return consent_id


async def withdraw(
    platform: Platform, client: httpx.AsyncClient, member_id: str, prm: str, consent_id: str
) -> None:
    withdrawn = len([one for one in await _known(platform, prm) if one.withdrawn_on])
    path = f"/community/members/{member_id}/consents/{consent_id}/withdrawal"
    answer = await client.post(path)
    assert answer.status_code == 200, answer.text
    async with asyncio.timeout(30):
        while len([one for one in await _known(platform, prm) if one.withdrawn_on]) == withdrawn:
            await asyncio.sleep(0.02)


async def _known(platform: Platform, prm: str) -> Any:  # noqa: ANN401 - consents
    async with platform.database("ingest") as database, database.transaction() as session:
        return await list_consents(session, Prm(prm))
